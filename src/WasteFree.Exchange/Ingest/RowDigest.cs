using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WasteFree.Exchange.Ingest;

/// <summary>
/// The running digest of a report: d(0) = 32 zero bytes, d(n) = SHA-256(d(n-1) || line(n)). A line is the fields as
/// sent in the order of the contract, joined by TAB, ended by LF, UTF-8; status flags sorted, joined by a blank;
/// backslash, TAB and LF escaped.
/// </summary>
public sealed class RowDigest
{
    public const int Size = 32;

    private const int LongestEscape = 2;
    private const int LongestUtf8 = 3;

    private byte[] _buffer = new byte[1024]; // d(n-1), then the line
    private int _length = Size;

    public RowDigest(ReadOnlySpan<byte> value) => value.CopyTo(_buffer);

    public byte[] Value => _buffer[..Size];

    public void Append(in SubmittedRow row)
    {
        _length = Size;
        Write(row.Region, '\t');
        Write(row.Indicator, '\t');
        Write(row.Version, '\t');
        Write(row.Scope, '\t');
        Write(row.Category, '\t');
        Write(row.Period, '\t');
        Write(row.Value, '\t');
        Write(row.Numerator, '\t');
        Write(row.Denominator, '\t');
        Write(row.Unit, '\t');
        WriteStatus(row.Status);
        Write(row.Confidentiality, '\t');
        Write(row.Note, '\t');
        Write(row.Method, '\t');
        Write(row.Evidence, '\n');
        SHA256.HashData(_buffer.AsSpan(0, _length), _buffer);
    }

    private void WriteStatus(IReadOnlyList<string> status)
    {
        var text = status.Count switch
        {
            0 => "",
            1 => status[0],
            _ => string.Join(' ', status.Order(StringComparer.Ordinal)),
        };
        Write(text, '\t');
    }

    private void Write(string text, char end)
    {
        var most = _length + text.Length * Math.Max(LongestEscape, LongestUtf8) + 1;
        if (most > _buffer.Length) Array.Resize(ref _buffer, Math.Max(most, _buffer.Length * 2));
        if (text.AsSpan().IndexOfAny(Escaped) < 0)
            _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        else
            _length += Encoding.UTF8.GetBytes(Escape(text), _buffer.AsSpan(_length));
        _buffer[_length++] = (byte)end;
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static readonly SearchValues<char> Escaped = SearchValues.Create('\\', '\t', '\n');
}
