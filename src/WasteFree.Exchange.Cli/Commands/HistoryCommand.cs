using System.CommandLine;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx history</c>: every value that one key has had, and every withdrawal.</summary>
internal static class HistoryCommand
{
    public static Command Build(CommonOptions common)
    {
        var indicator = new Option<string>("--indicator") { Description = "Indicator, by code or name", HelpName = "CODE", Required = true };
        var region = new Option<string>("--region") { Description = "Region, by code or name", HelpName = "CODE", Required = true };
        var period = new Option<string>("--period") { Description = "Period (2024, 2024-Q1, 2024-03)", HelpName = "PERIOD", Required = true };
        var scope = new Option<string?>("--scope") { Description = "WHOLE, URBAN, BUILT_UP or RURAL; default WHOLE", HelpName = "SCOPE" };
        var category = new Option<string?>("--category") { Description = "Category; default _T, the total", HelpName = "CODE" };
        var source = new Option<string?>("--source") { Description = "Only this organisation's values", HelpName = "ORG" };
        var illustrative = new Option<bool>("--include-illustrative") { Description = "Also illustrative values (示例)" };
        var asOf = AsOfText.Option();

        var command = new Command("history", "Every value that one key has had 历次数值") { indicator, region, period, scope, category, source, illustrative, asOf };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            using var connection = common.Connect(parse);
            var revisions = connection.Client.ListRevisionsAsync(
                new ListRevisionsRequest
                {
                    Indicator = parse.GetRequiredValue(indicator),
                    Region = parse.GetRequiredValue(region),
                    Period = parse.GetRequiredValue(period),
                    Scope = parse.GetValue(scope) ?? "",
                    Category = parse.GetValue(category) ?? "",
                    Organization = parse.GetValue(source) ?? "",
                    AsOf = parse.GetValue(asOf),
                    IncludeIllustrative = parse.GetValue(illustrative),
                },
                cancellationToken);
            var entries = parse.GetValue(common.Format) switch
            {
                OutputFormat.Csv => await CsvText.WriteAsync(terminal.Out, RevisionTable.Columns, revisions.Select(RevisionTable.Flat), cancellationToken),
                OutputFormat.Json => await Json.WriteArrayAsync(revisions, terminal.Out),
                _ => await RevisionTable.ShowAsync(revisions, await CatalogNames.ReadAsync(connection.Client, cancellationToken), terminal),
            };
            terminal.Note($"{entries} 条 entries");
            return ExitCode.Done;
        });
        return command;
    }
}
