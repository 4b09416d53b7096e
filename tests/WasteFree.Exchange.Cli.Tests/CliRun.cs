using WasteFree.Exchange.Cli.Output;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>What a run of <c>wfx</c> left behind.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>Runs the program in this process, with a terminal and an environment of its own.</summary>
    public static async Task<CliRun> OfAsync(IReadOnlyDictionary<string, string> environment, string[] args, CancellationToken cancellationToken)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var terminal = new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error), environment.GetValueOrDefault, false, false);
        var exit = await Wfx.RunAsync(args, terminal, cancellationToken);
        return new CliRun(exit, output.ToString(), error.ToString());
    }

    /// <summary>The lines of the result.</summary>
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
