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
        var options = new ComparisonOptions();
        var command = new Command("compare", "Compare regions 地区比较");
        foreach (var option in options.All) command.Add(option);
        command.Runs(common, async (parse, cancellationToken) =>
        {
            using var connection = common.Connect(parse);
            var names = await CatalogNames.ReadAsync(connection.Client, cancellationToken);
            var format = parse.GetValue(common.Format);
            var request = options.Read(parse);
            request.IncludeMessages = format != OutputFormat.Table;
            var answer = await connection.Client.CompareMetricsAsync(request, cancellationToken);
            Write(answer, names, common.Terminal, format);
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
                CsvText.Write(terminal.Out, ComparisonCsv.Columns, answer.Comparisons.SelectMany(comparison => ComparisonCsv.Rows(comparison, names)));
                break;
            default:
                foreach (var comparison in answer.Comparisons) ComparisonTable.Show(terminal.Results, comparison, names);
                if (answer.Comparisons.Any(comparison => comparison.Cells.Any(cell => cell.Derived)))
                    terminal.Note("* 推算值 computed, not sent: wfx explain tells how");
                terminal.Note($"账本位置 position {answer.Position}, 目录版本 catalogue {answer.CatalogVersion}");
                break;
        }
    }
}
