using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;
using WasteFree.Exchange.Cli.Layout;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>
/// Where words go: results to <see cref="Out"/> alone, so that they can be piped; progress, notes and errors to
/// <see cref="Error"/>. No text of a hub or a file steers the terminal: both are <see cref="SteadyWriter"/>s. Without a terminal there are no moving bars and no broken lines, and tables have a fixed width;
/// the variable <c>COLUMNS</c> gives another.
/// </summary>
internal sealed class Terminal
{
    /// <summary>More is a mistake.</summary>
    private const int MostColumns = 1000;

    private const nint StandardOutputHandle = 1;

    private readonly Func<string, string?> _environment;
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private Action? _goOn;

    public Terminal(TextWriter output, TextWriter error, Func<string, string?> environment, bool outputIsTerminal, bool errorIsTerminal)
    {
        (Out, Error) = (new SteadyWriter(output), new SteadyWriter(error));
        (_output, _error, _environment) = (output, error, environment);
        ErrorIsTerminal = errorIsTerminal;
        Results = new Screen(Out, Columns(outputIsTerminal));
        Notes = new Screen(Error, Columns(errorIsTerminal));
    }

    public TextWriter Out { get; private set; }

    public TextWriter Error { get; }

    public bool ErrorIsTerminal { get; }

    /// <summary>Results for the eye, on <see cref="Out"/>.</summary>
    public Screen Results { get; }

    /// <summary>Notes, on <see cref="Error"/>.</summary>
    public Screen Notes { get; }

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
    public Terminal Quiet() => new(_output, TextWriter.Null, _environment, false, false);

    public string? Variable(string name) => _environment(name) is { Length: > 0 } value ? value : null;

    /// <summary>What is written to <see cref="Out"/> from now on begins with a byte order mark.</summary>
    public void MarkOutput()
    {
        if (_goOn is not null) return;
        var marked = new MarkedWriter(_output);
        (Out, _goOn) = (new SteadyWriter(marked), marked.GoOn);
    }

    /// <summary>What is written to <see cref="Out"/> goes on where an earlier run ended, and takes no mark.</summary>
    public void GoOn() => _goOn?.Invoke();

    public void Note(string text) => Notes.Say(text);

    /// <summary>A console for what moves, on <see cref="Error"/>, which is a terminal.</summary>
    public IAnsiConsole Moving()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_error) });
        console.Profile.Capabilities.Unicode = true;
        console.Profile.Width = Notes.Width;
        return console;
    }

    /// <summary>Says what is wrong with the command line.</summary>
    public int Usage(string text)
    {
        Note(text);
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

    private int? Columns(bool isTerminal) =>
        int.TryParse(Variable("COLUMNS"), out var columns) && columns is > 0 and <= MostColumns ? columns
        : isTerminal && System.Console.WindowWidth > 0 ? System.Console.WindowWidth
        : null;
}
