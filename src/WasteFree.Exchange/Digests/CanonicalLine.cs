using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace WasteFree.Exchange.Digests;

/// <summary>
/// Fields joined by TAB, the last one ended by LF, in UTF-8; in a text a backslash is <c>\\</c>, a TAB <c>\t</c>, an LF
/// <c>\n</c>. The bytes are used anew for each line.
/// </summary>
internal sealed class CanonicalLine
{
    private const int LongestNumber = 20;
    private const int LongestUtf8 = 3; // more than what an escape takes

    private byte[] _buffer = new byte[512];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public void Begin() => _length = 0;

    public void Write(string text, char end)
    {
        MakeRoom(text.Length * LongestUtf8 + 1);
        _length += Encoding.UTF8.GetBytes(text.AsSpan().IndexOfAny(Escaped) < 0 ? text : Escape(text), _buffer.AsSpan(_length));
        _buffer[_length++] = (byte)end;
    }

    public void Write(long number, char end)
    {
        MakeRoom(LongestNumber + 1);
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out var written);
        _length += written;
        _buffer[_length++] = (byte)end;
    }

    public void WriteNothing(char end) => WriteAscii([], end);

    /// <summary>A text that is there and empty, where that is not the same as none.</summary>
    public void WriteEmpty(char end) => WriteAscii("\\e"u8, end);

    private void WriteAscii(ReadOnlySpan<byte> bytes, char end)
    {
        MakeRoom(bytes.Length + 1);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
        _buffer[_length++] = (byte)end;
    }

    private void MakeRoom(int more)
    {
        if (_length + more > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_length + more, _buffer.Length * 2));
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static readonly SearchValues<char> Escaped = SearchValues.Create('\\', '\t', '\n');
}
