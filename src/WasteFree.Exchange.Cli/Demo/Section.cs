using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Cli.Output;

namespace WasteFree.Exchange.Cli.Demo;

/// <summary>A heading of the demonstration.</summary>
internal static class Section
{
    public static void Show(Terminal terminal, string title, params string[] lines)
    {
        var heading = $"── {title} ";
        terminal.Results.Say();
        terminal.Results.Say(heading + new string('─', Math.Max(0, terminal.Results.Width - Cells.Width(heading))));
        foreach (var line in lines) terminal.Results.Say(line);
    }
}
