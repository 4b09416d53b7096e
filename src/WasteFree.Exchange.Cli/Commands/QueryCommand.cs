using System.CommandLine;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx query</c>: reads observations back.</summary>
internal static class QueryCommand
{
    public static Command Build(CommonOptions common)
    {
        var indicator = Lists.Option("--indicator", "Indicators, by code or name", "CODE,...");
        var regions = Lists.Option("--regions", "Regions, by code or name", "CODE,...");
        var period = Lists.Option("--period", "Periods, matched exactly", "PERIOD,...");
        var from = new Option<string?>("--from") { Description = "Only periods that start on or after the start of this one", HelpName = "PERIOD" };
        var to = new Option<string?>("--to") { Description = "Only periods that end on or before the end of this one", HelpName = "PERIOD" };
        var scope = Lists.Option("--scope", "Scopes", "SCOPE,...");
        var category = Lists.Option("--category", "Categories", "CODE,...");
        var source = Lists.Option("--source", "Organisations", "ORG,...");
        var illustrative = new Option<bool>("--include-illustrative") { Description = "Also illustrative values (示例)" };
        var withSource = new Option<bool>("--with-source") { Description = "csv: add the columns organization and illustrative" };
        var excel = new Option<bool>("--excel") { Description = "csv: begin with a byte order mark, for Excel" };
        var asOf = AsOfText.Option();

        var command = new Command("query", "Read observations 查询数据")
        {
            indicator, regions, period, from, to, scope, category, source, illustrative, withSource, excel, asOf,
        };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            using var connection = common.Connect(parse);
            var names = await CatalogNames.ReadAsync(connection.Client, cancellationToken);
            if (!NameResolution.TryCodes(parse.GetValue(indicator) ?? [], names.Indicator, terminal, out var indicators)
                || !NameResolution.TryCodes(parse.GetValue(regions) ?? [], names.Region, terminal, out var places))
                return ExitCode.Usage;

            var filter = new ObservationFilter
            {
                Indicators = { indicators },
                Regions = { places },
                Periods = { parse.GetValue(period) ?? [] },
                PeriodFrom = parse.GetValue(from) ?? "",
                PeriodTo = parse.GetValue(to) ?? "",
                Scopes = { parse.GetValue(scope) ?? [] },
                Categories = { parse.GetValue(category) ?? [] },
                Organizations = { parse.GetValue(source) ?? [] },
                IncludeIllustrative = parse.GetValue(illustrative),
            };
            var batches = connection.Client.StreamObservationsAsync(filter, parse.GetValue(asOf), cancellationToken);
            if (parse.GetValue(excel)) await terminal.Out.WriteAsync('\uFEFF');
            var rows = parse.GetValue(common.Format) switch
            {
                OutputFormat.Csv => await ObservationOutput.WriteCsvAsync(
                    batches, terminal.Out, parse.GetValue(withSource), filter.IncludeIllustrative, cancellationToken),
                OutputFormat.Json => await ObservationOutput.WriteJsonAsync(batches, terminal.Out),
                _ => await ObservationOutput.WriteTableAsync(batches, names, terminal),
            };
            terminal.Note($"{rows} 行 rows");
            return ExitCode.Done;
        });
        return command;
    }
}
