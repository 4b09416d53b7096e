using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>
/// Where words go: results to <see cref="Out"/> alone, so that they can be piped; progress, notes and errors to
/// <see cref="Error"/>. Without a terminal there are no colours, no moving bars, and a fixed width.
/// </summary>
internal sealed class Terminal
{
    /// <summary>Wide enough for a comparison table, narrow enough for a log.</summary>
    private const int WidthWithoutTerminal = 118;

    private const nint StandardOutputHandle = 1;

    private readonly Func<string, string?> _environment;

    public Terminal(TextWriter output, TextWriter error, Func<string, string?> environment, bool outputIsTerminal, bool errorIsTerminal)
    {
        Out = output;
        Error = error;
        _environment = environment;
        ErrorIsTerminal = errorIsTerminal;
        Results = Console(output, outputIsTerminal);
        Notes = Console(error, errorIsTerminal);
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    public bool ErrorIsTerminal { get; }

    /// <summary>Tables of results, on <see cref="Out"/>.</summary>
    public IAnsiConsole Results { get; }

    /// <summary>Progress, on <see cref="Error"/>.</summary>
    public IAnsiConsole Notes { get; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        // Windows consoles start in a code page that has no Chinese.
        if (!System.Console.IsOutputRedirected) System.Console.OutputEncoding = new UTF8Encoding(false);
        return new Terminal(
            Writer(StandardOutput()),
            Writer(System.Console.OpenStandardError()),
            Environment.GetEnvironmentVariable,
            !System.Console.IsOutputRedirected,
            !System.Console.IsErrorRedirected);
    }

    /// <summary>The same terminal without notes and progress.</summary>
    public Terminal Quiet() => new(Out, TextWriter.Null, _environment, false, false);

    public string? Variable(string name) => _environment(name) is { Length: > 0 } value ? value : null;

    public void Note(string text) => Error.WriteLine(text);

    /// <summary>Says what is wrong with the command line.</summary>
    public int Usage(string text)
    {
        Error.WriteLine(text);
        return Running.ExitCode.Usage;
    }

    /// <summary>
    /// A console stream says nothing when nobody reads its pipe any more, and a program that keeps its place by what it
    /// has written would go on for ever: a plain stream fails then. For a file the console's is kept, since it appends
    /// where another stream of the process has written.
    /// </summary>
    private static Stream StandardOutput()
    {
        var console = System.Console.OpenStandardOutput();
        if (OperatingSystem.IsWindows() || !System.Console.IsOutputRedirected) return console;
        var pipe = new FileStream(new SafeFileHandle(StandardOutputHandle, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? console : pipe;
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Capabilities.Unicode = true;
        console.Profile.Width = isTerminal && System.Console.WindowWidth > 0 ? System.Console.WindowWidth : WidthWithoutTerminal;
        return console;
    }
}
