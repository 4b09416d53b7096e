using System.Buffers.Binary;

namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>
/// Counts transactions in the write-ahead log (https://www.sqlite.org/fileformat2.html#walformat): a frame that ends
/// one holds the size of the database at its byte 4; a frame counts only with the salt of the header.
/// </summary>
internal static class WalCommits
{
    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;

    public static int Count(string path)
    {
        using var file = new FileStream(path + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> header = stackalloc byte[HeaderSize];
        file.ReadExactly(header);
        var frameSize = FrameHeaderSize + BinaryPrimitives.ReadInt32BigEndian(header[8..]);

        var commits = 0;
        Span<byte> frame = stackalloc byte[FrameHeaderSize];
        for (long at = HeaderSize; at + frameSize <= file.Length; at += frameSize)
        {
            file.Position = at;
            file.ReadExactly(frame);
            if (!frame[8..16].SequenceEqual(header[16..24])) break;
            if (BinaryPrimitives.ReadInt32BigEndian(frame[4..]) != 0) commits++;
        }
        return commits;
    }
}
