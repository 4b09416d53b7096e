using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.Collections;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>
/// The running digest of an upload: SHA-256(line(1) || line(2) || …). line(n) is the fields of <see cref="Observation"/> as
/// sent, in field order, joined by TAB and ended by LF, UTF-8; status flags sorted by their UTF-8 bytes and joined by a
/// blank; backslash, TAB and LF written <c>\\</c>, <c>\t</c>, <c>\n</c>. Source: <c>UploadCommit.digest</c> in
/// <c>report_service.proto</c>; vectors in <c>protos/testdata/digest.json</c>.
/// </summary>
public sealed class RowDigest : IDisposable
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create("\\\t\n"u8);

    /// <summary>The order of UTF-8 bytes: that of UTF-16 is another beyond U+FFFF.</summary>
    private static readonly Comparer<string> FlagOrder =
        Comparer<string>.Create((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[1024];
    private int _end;

    /// <summary>Rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>The digest over the rows so far; more may follow.</summary>
    public byte[] Value => _hash.GetCurrentHash();

    /// <summary>Adds one row.</summary>
    public void Add(Observation row)
    {
        _end = 0;
        Field(row.Region);
        Field(row.Indicator);
        Field(row.Version);
        Field(row.Scope);
        Field(row.Category);
        Field(row.Period);
        Field(row.Value);
        Field(row.Numerator);
        Field(row.Denominator);
        Field(row.Unit);
        Flags(row.Status);
        Field(row.Confidentiality);
        Field(row.Note);
        Field(row.CollectionMethod);
        Field(row.Evidence);
        Field(row.NumeratorUnit);
        Field(row.DenominatorUnit);
        _buffer[_end - 1] = (byte)'\n'; // instead of the TAB after the last field
        _hash.AppendData(_buffer, 0, _end);
        Count++;
    }

    /// <summary>Frees the platform's hash.</summary>
    public void Dispose() => _hash.Dispose();

    private void Field(string text)
    {
        Write(text);
        Put((byte)'\t');
    }

    private void Flags(RepeatedField<string> flags)
    {
        switch (flags.Count)
        {
            case 0:
                break;
            case 1:
                Write(flags[0]);
                break;
            default:
                Write(string.Join(' ', flags.Order(FlagOrder)));
                break;
        }
        Put((byte)'\t');
    }

    private void Put(byte value)
    {
        Reserve(1);
        _buffer[_end++] = value;
    }

    private void Write(string text)
    {
        if (text.Length == 0) return;
        // At most three bytes a UTF-16 unit, and every byte may become two.
        Reserve(text.Length * 6);
        var written = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_end));
        var bytes = _buffer.AsSpan(_end, written);
        _end += bytes.ContainsAny(Escaped) ? Escape(bytes) : written;
    }

    /// <summary>Escapes in place, from the back so that nothing is overwritten before it was read.</summary>
    private int Escape(Span<byte> bytes)
    {
        var extra = 0;
        foreach (var b in bytes)
            if (Escaped.Contains(b)) extra++;
        var to = _end + bytes.Length + extra;
        for (var from = _end + bytes.Length - 1; from >= _end; from--)
        {
            var b = _buffer[from];
            _buffer[--to] = b switch { (byte)'\t' => (byte)'t', (byte)'\n' => (byte)'n', _ => b };
            if (Escaped.Contains(b)) _buffer[--to] = (byte)'\\';
        }
        return bytes.Length + extra;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _end < bytes) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _end + bytes));
    }
}
