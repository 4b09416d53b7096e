using System.Text;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>
/// What the program writes for people and pipes, whatever is in it: texts of a hub, of a file, of an exception. None of them
/// moves the cursor, ends a line unseen or turns the direction of writing. All that leaves by a stream passes here.
/// </summary>
internal sealed class SteadyWriter(TextWriter inner) : TextWriter
{
    /// <summary>It may be the first half of a line end of Windows.</summary>
    private bool _return;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (Steadied(buffer) is { } text) inner.Write(text);
        else inner.Write(buffer);
    }

    public override Task WriteAsync(char value) => WriteAsync(value.ToString().AsMemory());

    public override Task WriteAsync(char[] buffer, int index, int count) => WriteAsync(buffer.AsMemory(index, count));

    public override Task WriteAsync(string? value) => WriteAsync(value.AsMemory());

    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) =>
        Steadied(buffer.Span) is { } text ? inner.WriteAsync(text.AsMemory(), cancellationToken) : inner.WriteAsync(buffer, cancellationToken);

    public override void WriteLine() => Write(NewLine);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <returns>Null: as it is.</returns>
    private string? Steadied(ReadOnlySpan<char> buffer)
    {
        if (buffer.IsEmpty || (!_return && !VisibleText.SteersAny(buffer))) return null;
        var made = new StringBuilder();
        foreach (var character in buffer)
        {
            if (_return) made.Append(character == '\n' ? "\r" : VisibleText.Steady("\r"));
            _return = character == '\r';
            if (!_return) made.Append(VisibleText.Steady(character.ToString()));
        }
        return made.ToString();
    }
}
