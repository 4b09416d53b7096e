using System.Text;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>Begins with a byte order mark, by which Excel knows Chinese text; where nothing is written there is none.</summary>
internal sealed class MarkedWriter(TextWriter inner) : TextWriter
{
    private bool _begun;

    public override Encoding Encoding => inner.Encoding;

    /// <summary>What is written goes on where an earlier run ended: it takes no mark.</summary>
    public void GoOn() => _begun = true;

    public override void Write(char value)
    {
        if (!_begun) inner.Write('\uFEFF');
        _begun = true;
        inner.Write(value);
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (buffer.IsEmpty) return;
        Write(buffer[0]);
        inner.Write(buffer[1..]);
    }

    public override void Write(string? value) => Write(value.AsSpan());

    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(char[] buffer, int index, int count) => WriteAsync(buffer.AsMemory(index, count));

    public override Task WriteAsync(string? value) => WriteAsync(value.AsMemory());

    public override async Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return;
        Write(buffer.Span[0]);
        await inner.WriteAsync(buffer[1..], cancellationToken);
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}
