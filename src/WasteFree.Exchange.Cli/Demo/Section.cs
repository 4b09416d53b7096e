using Spectre.Console;
using WasteFree.Exchange.Cli.Output;

namespace WasteFree.Exchange.Cli.Demo;

/// <summary>A heading of the demonstration.</summary>
internal static class Section
{
    public static void Show(Terminal terminal, string title, params string[] lines)
    {
        terminal.Results.WriteLine();
        terminal.Results.Write(new Rule(Markup.Escape(title)) { Justification = Justify.Left });
        foreach (var line in lines) terminal.Results.Write(new Text(line + "\n"));
    }
}
