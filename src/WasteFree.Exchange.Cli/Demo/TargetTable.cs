using WasteFree.Exchange.Cli.Attainments;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Demo;

/// <summary>Wanzhou's targets of 2024, which are real, beside illustrative values.</summary>
internal static class TargetTable
{
    public static async Task ShowAsync(ExchangeClient client, Terminal terminal, CancellationToken cancellationToken)
    {
        var answer = await client.GetAttainmentAsync(
            new GetAttainmentRequest { Region = "500101", Period = "2024", IncludeIllustrative = true }, cancellationToken);
        Attainment[] shown = [.. answer.Attainments.Where(attainment => AttainmentWords.Counts(attainment.State) && attainment.Target.PartOf.Length == 0)];
        Section.Show(terminal, $"万州区2024年目标与示例数值 Wanzhou's {shown.Length} targets of 2024 beside illustrative values",
            $"目标出处 source of the targets: {string.Join(' ', shown.Select(attainment => attainment.Target.SourceDocument).Distinct())}；数值为示例，虚构 the values are made up.");
        terminal.Results.Show(AttainmentTable.Of(shown));
        terminal.Results.Say(AttainmentCount.Of(shown));
    }
}
