using System.CommandLine;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx compare</c>: regions side by side, each cell with its verdict.</summary>
internal static class CompareCommand
{
    public static Command Build(CommonOptions common)
    {
        var indicator = Lists.Option("--indicator", "Indicators, by code or name", "CODE,...");
        var regions = Lists.Option("--regions", "Regions, by code or name", "CODE,...");
        var period = Lists.Option("--period", "Periods (2024, 2024-Q1, 2024-03) or latest", "PERIOD,...|latest");
        indicator.Required = regions.Required = period.Required = true;
        var scope = new Option<string?>("--scope") { Description = "WHOLE, URBAN, BUILT_UP or RURAL; default WHOLE", HelpName = "SCOPE" };
        var category = new Option<string?>("--category") { Description = "Category; default _T, the total", HelpName = "CODE" };
        var source = new Option<string?>("--source") { Description = "Only this organisation's values", HelpName = "ORG" };
        var illustrative = new Option<bool>("--include-illustrative") { Description = "Also illustrative values (示例)" };
        var asOf = AsOfText.Option();

        var command = new Command("compare", "Compare regions 地区比较") { indicator, regions, period, scope, category, source, illustrative, asOf };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            using var connection = common.Connect(parse);
            var names = await CatalogNames.ReadAsync(connection.Client, cancellationToken);
            var answer = await connection.Client.CompareMetricsAsync(
                new CompareMetricsRequest
                {
                    Indicators = { parse.GetRequiredValue(indicator) },
                    Regions = { parse.GetRequiredValue(regions) },
                    Periods = { parse.GetRequiredValue(period) },
                    Scope = parse.GetValue(scope) ?? "",
                    Category = parse.GetValue(category) ?? "",
                    Source = parse.GetValue(source) ?? "",
                    AsOf = parse.GetValue(asOf),
                    IncludeIllustrative = parse.GetValue(illustrative),
                },
                cancellationToken);
            Write(answer, names, common.Terminal, parse.GetValue(common.Format));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(CompareMetricsResponse answer, CatalogNames names, Terminal terminal, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(Json.Of(answer));
                break;
            case OutputFormat.Csv:
                CsvText.Write(terminal.Out, ComparisonTable.Columns, answer.Comparisons.SelectMany(comparison => ComparisonTable.Flat(comparison, names)));
                break;
            default:
                foreach (var comparison in answer.Comparisons) ComparisonTable.Show(terminal.Results, comparison, names);
                if (answer.Comparisons.Any(comparison => comparison.Cells.Any(cell => cell.Derived)))
                    terminal.Note("* 由分子、分母推算 computed from numerator and denominator");
                terminal.Note($"账本位置 position {answer.Position}, 目录版本 catalogue {answer.CatalogVersion}");
                break;
        }
    }
}
