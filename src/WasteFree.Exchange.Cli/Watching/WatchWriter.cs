using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Watching;

/// <summary>Writes the lines of a watch, one each.</summary>
internal abstract class WatchWriter : IAsyncDisposable
{
    /// <param name="format">How.</param>
    /// <param name="terminal">Where to.</param>
    /// <param name="names">Names for the eye.</param>
    /// <param name="withHeader">False: the output goes on where an earlier run ended.</param>
    public static WatchWriter Create(OutputFormat format, Terminal terminal, CatalogNames names, bool withHeader) => format switch
    {
        OutputFormat.Json => new WatchJson(terminal.Out),
        OutputFormat.Csv => new WatchCsv(terminal.Out, withHeader),
        _ => new WatchWords(terminal, names),
    };

    public abstract void Write(WatchLine line);

    /// <summary>Everything written so far has left the program.</summary>
    public abstract Task FlushAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
