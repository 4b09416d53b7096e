using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Demo;

/// <summary>How to go on with the running hub.</summary>
internal static class NextSteps
{
    public static void Show(Terminal terminal, Uri address)
    {
        var root = address.GetLeftPart(UriPartial.Authority);
        // The default address needs no option.
        var hub = root == CommonOptions.DefaultHub ? "" : $" --hub {root}";
        Section.Show(terminal, $"服务仍在运行 the hub is up on {root}",
            "按 Ctrl-C 结束；在另一个终端试试： Ctrl-C ends it. Try in another shell:");
        // Not through the console that wraps lines: a command is copied whole.
        terminal.Out.WriteLine($"  wfx compare --indicator 秸秆综合利用率 --regions 万州区,成都市 --period 2024 --include-illustrative{hub}");
        terminal.Out.WriteLine($"  wfx query --indicator HUB-HW-GEN --regions 雅安市 --format csv{hub}");
        terminal.Out.WriteLine($"  wfx catalog targets{hub}");
        terminal.Out.WriteLine($"  wfx sample --rows 1000 -o sample.csv && wfx submit sample.csv --org demo-500101{hub}");
    }
}
