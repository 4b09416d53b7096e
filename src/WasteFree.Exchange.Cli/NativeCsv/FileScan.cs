using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>What one pass over the bytes of a file tells: its identity and its encoding.</summary>
internal sealed record FileScan
{
    /// <summary>SHA-256 of its bytes.</summary>
    public required byte[] Hash { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Null: the bytes are neither what was asked for nor anything that can be read.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>It begins with a byte order mark.</summary>
    public bool HasMark { get; init; }

    /// <summary>What else it is than text, in words; null: nothing that is known.</summary>
    public string? OtherKind { get; init; }

    /// <summary>How it was read, for whoever sent it: <c>UTF-8 (BOM)</c>, <c>GB18030</c>.</summary>
    public string EncodingName => $"{Encoding?.WebName.ToUpperInvariant()}{(HasMark ? " (BOM)" : "")}";

    /// <summary>First line with bytes that are no UTF-8; 0: none.</summary>
    public long FirstLineNotUtf8 { get; init; }

    /// <summary>How files begin that are mostly given in place of a CSV file.</summary>
    private static readonly (byte[] Start, string Kind)[] OtherKinds =
    [
        ([(byte)'P', (byte)'K', 3, 4], "Excel 工作簿或压缩文件 an Excel workbook or a zip file (.xlsx, .zip)"),
        ([0xD0, 0xCF, 0x11, 0xE0], "旧版 Excel 工作簿 an old Excel workbook (.xls)"),
        ([0xFF, 0xFE], "UTF-16 文本 UTF-16 text"),
        ([0xFE, 0xFF], "UTF-16 文本 UTF-16 text"),
        ([(byte)'%', (byte)'P', (byte)'D', (byte)'F'], "PDF"),
        ([0x1F, 0x8B], "压缩文件 a compressed file (.gz)"),
        ([(byte)'{', (byte)'\\', (byte)'r', (byte)'t', (byte)'f'], "RTF"),
        ("<!doctype html"u8.ToArray(), "网页 a web page (HTML)"),
        ("<html"u8.ToArray(), "网页 a web page (HTML)"),
        ("<?xml"u8.ToArray(), "XML"),
    ];

    /// <summary>No text in UTF-8 or GB18030 begins with a zero byte among its first; UTF-16 writes one for each comma and digit.</summary>
    private const string WithoutMark = "UTF-16 文本或二进制文件 UTF-16 text or a binary file";

    private const int StartBytes = 64;

    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Gb18030 = FindGb18030();

    /// <param name="path">The file.</param>
    /// <param name="asked">Encoding asked for; null: UTF-8 if every byte is, otherwise GB18030.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    public static async Task<FileScan> ReadAsync(string path, string? asked, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var utf8 = new StrictDecoder(Utf8);
        var gb18030 = new StrictDecoder(Gb18030);
        var buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        var start = new List<byte>(StartBytes);
        long bytes = 0;
        try
        {
            int read;
            do
            {
                read = await file.ReadAsync(buffer, cancellationToken);
                hash.AppendData(buffer, 0, read);
                bytes += read;
                if (start.Count < StartBytes) start.AddRange(buffer.AsSpan(0, Math.Min(read, StartBytes - start.Count)));
                utf8.Add(buffer.AsSpan(0, read), atEnd: read == 0);
                gb18030.Add(buffer.AsSpan(0, read), atEnd: read == 0);
            }
            while (read > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var found = asked switch
        {
            "utf-8" => utf8.Failed ? null : Utf8,
            "gb18030" => gb18030.Failed ? null : Gb18030,
            _ => !utf8.Failed ? Utf8 : !gb18030.Failed ? Gb18030 : null,
        };
        return new FileScan
        {
            Hash = hash.GetHashAndReset(),
            Bytes = bytes,
            FirstLineNotUtf8 = utf8.FailedAtLine,
            Encoding = found,
            HasMark = found is not null && StartsWith(start, found.GetBytes("\uFEFF")),
            OtherKind = OtherKinds.FirstOrDefault(other => StartsWith(start, other.Start)).Kind ?? (start.Contains(0) ? WithoutMark : null),
        };
    }

    private static bool StartsWith(List<byte> text, byte[] start) =>
        text.Count >= start.Length && start.Zip(text).All(pair => pair.First == (char.IsAsciiLetterUpper((char)pair.Second) && char.IsAsciiLetterLower((char)pair.First) ? pair.Second | 0x20 : pair.Second));

    private static Encoding FindGb18030()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    /// <summary>Decodes block by block, characters across blocks included, and forgets the text.</summary>
    private sealed class StrictDecoder(Encoding encoding)
    {
        private readonly Decoder _decoder = encoding.GetDecoder();
        private char[] _text = [];
        private long _line = 1;

        public bool Failed { get; private set; }

        /// <summary>Line within which the first undecodable block begins to fail; 0: none.</summary>
        public long FailedAtLine { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes, bool atEnd)
        {
            if (Failed) return;
            if (_text.Length < bytes.Length + 8) _text = new char[bytes.Length + 8];
            try
            {
                _decoder.GetChars(bytes, _text, atEnd);
                _line += bytes.Count((byte)'\n');
            }
            catch (DecoderFallbackException exception)
            {
                Failed = true;
                FailedAtLine = _line + bytes[..Math.Clamp(exception.Index, 0, bytes.Length)].Count((byte)'\n');
            }
        }
    }
}
