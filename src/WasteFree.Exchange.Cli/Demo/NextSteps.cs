using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Demo;

/// <summary>How to go on with the running hub.</summary>
internal static class NextSteps
{
    public static void Show(Terminal terminal, Uri address)
    {
        // The default address needs no option.
        var hub = address == new Uri(CommonOptions.DefaultHub) ? "" : $" --hub {address.GetLeftPart(UriPartial.Authority)}";
        Section.Show(terminal, $"服务仍在运行 the hub is up on {address}，Ctrl-C 结束 ends it。在另一个终端试试 try in another shell:",
            $"  wfx compare --indicator ZW21-19 --regions 万州区,成都市 --period 2024 --include-illustrative{hub}",
            $"  wfx query --indicator HUB-HW-GEN --regions 雅安市 --format csv{hub}",
            $"  wfx catalog targets{hub}",
            $"  wfx sample --rows 1000 -o sample.csv   &&   wfx submit sample.csv --org demo-500101{hub}");
    }
}
