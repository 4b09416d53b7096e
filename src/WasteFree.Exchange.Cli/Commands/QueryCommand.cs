using System.CommandLine;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx query</c>: reads observations back.</summary>
internal static class QueryCommand
{
    public static Command Build(CommonOptions common)
    {
        var filters = new FilterOptions("--from", "--to");
        var withSource = new Option<bool>("--with-source") { Description = "csv: add the columns organization and illustrative" };
        var asOf = AsOfText.Option();

        var command = new Command("query", "Read observations 查询数据");
        foreach (var option in filters.All) command.Add(option);
        foreach (var option in new Option[] { withSource, asOf }) command.Add(option);
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            using var connection = common.Connect(parse);
            var names = await CatalogNames.ReadAsync(connection.Client, cancellationToken);
            var filter = filters.Read(parse);
            var batches = connection.Client.StreamObservationsAsync(filter, parse.GetValue(asOf), cancellationToken);
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
