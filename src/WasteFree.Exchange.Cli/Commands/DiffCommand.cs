using System.CommandLine;
using System.Runtime.CompilerServices;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx diff</c>: what two instants show differently.</summary>
internal static class DiffCommand
{
    public static Command Build(CommonOptions common)
    {
        var since = AsOfText.Option("--since", "The earlier instant: a ledger position or time, or a date, whose changes are told (+08:00)", wholeDay: false);
        since.Required = true;
        var asOf = AsOfText.Option();
        var filters = new FilterOptions("--from", "--to");

        var command = new Command("diff", "What two instants show differently 两个时点之间的差异") { since, asOf };
        foreach (var option in filters.All) command.Add(option);
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            using var connection = common.Connect(parse);
            var names = await CatalogNames.ReadAsync(connection.Client, cancellationToken);
            var request = new DiffObservationsRequest { Filter = filters.Read(parse), Since = parse.GetRequiredValue(since), AsOf = parse.GetValue(asOf) };
            var respelled = 0L;
            var differences = OfPages(connection.Client.DiffObservationsAsync(request, cancellationToken), terminal, cancellationToken).Select(difference =>
            {
                if (difference.SpellingOnly) respelled++;
                return difference;
            });
            var count = parse.GetValue(common.Format) switch
            {
                OutputFormat.Csv => await CsvText.WriteAsync(terminal.Out, DifferenceCsv.Columns, differences.Select(DifferenceCsv.Cells), cancellationToken),
                OutputFormat.Json => await Json.WriteArrayAsync(differences, terminal.Out),
                _ => await DifferenceTable.ShowAsync(differences, names, terminal),
            };
            terminal.Note($"{count} 处差异 differences{(respelled > 0 ? $"，其中 {respelled} 处数量未变，{Words.SpellingOnly}" : "")}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The first page says which positions are compared.</summary>
    private static async IAsyncEnumerable<ObservationDifference> OfPages(
        IAsyncEnumerable<DiffObservationsResponse> pages, Terminal terminal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = false;
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            if (!told) terminal.Note($"账本位置 positions {page.SincePosition} → {page.Position}, 目录版本 catalogue {page.SinceCatalogVersion} → {page.CatalogVersion}");
            told = true;
            foreach (var difference in page.Differences) yield return difference;
        }
    }
}
