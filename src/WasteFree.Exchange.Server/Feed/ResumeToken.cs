using System.Buffers.Binary;
using System.Security.Cryptography;
using WasteFree.Exchange.Feed;

namespace WasteFree.Exchange.Server.Feed;

/// <summary>
/// A place in the ledger for one filter, sealed: position, first 8 bytes of the entry's hash, first 8 bytes of the
/// filter's SHA-256, and the first 16 bytes of an HMAC-SHA-256 over them with the store's key, so that every hub of the
/// store takes it and nobody else can make one.
/// </summary>
internal static class ResumeToken
{
    public const int HashSize = 8;

    /// <summary>The name of the store's key.</summary>
    public const string KeyName = "resume-token";

    private const int BodySize = sizeof(long) + 2 * HashSize;
    private const int SealSize = 16;
    private const int Size = BodySize + SealSize;

    public static string Write(LedgerPoint point, ReadOnlySpan<byte> filterHash, byte[] key)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, point.Position);
        point.Hash.AsSpan(0, HashSize).CopyTo(bytes[sizeof(long)..]);
        filterHash[..HashSize].CopyTo(bytes[(sizeof(long) + HashSize)..]);
        Seal(bytes[..BodySize], key).CopyTo(bytes[BodySize..]);
        return Convert.ToBase64String(bytes);
    }

    /// <returns>The position and the hash it had; null: not a token of this store for this filter.</returns>
    public static (long Position, byte[] Hash)? Read(string text, ReadOnlySpan<byte> filterHash, byte[] key)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length > 2 * Size || !Convert.TryFromBase64String(text, bytes, out var length) || length != Size) return null;
        if (!CryptographicOperations.FixedTimeEquals(Seal(bytes[..BodySize], key), bytes[BodySize..])) return null;
        if (!bytes.Slice(sizeof(long) + HashSize, HashSize).SequenceEqual(filterHash[..HashSize])) return null;
        return (BinaryPrimitives.ReadInt64BigEndian(bytes), bytes.Slice(sizeof(long), HashSize).ToArray());
    }

    private static ReadOnlySpan<byte> Seal(ReadOnlySpan<byte> body, byte[] key) => HMACSHA256.HashData(key, body).AsSpan(0, SealSize);
}
