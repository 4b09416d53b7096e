using System.CommandLine;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx explain</c>: what a number of a comparison was made of, down to what was sent.</summary>
internal static class ExplainCommand
{
    public static Command Build(CommonOptions common)
    {
        var options = new ComparisonOptions();
        var region = new Option<string?>("--region") { Description = "Region of the cell, by code or name; left out: all regions as one", HelpName = "CODE" };
        var command = new Command("explain", "Explain a number of a comparison 数据溯源") { region };
        foreach (var option in options.All) command.Add(option);
        command.Runs(common, async (parse, cancellationToken) =>
        {
            using var connection = common.Connect(parse);
            var comparison = options.Read(parse);
            var cell = parse.GetValue(region) ?? "";
            // A cell is explained in a table of its own, unless the neighbours are named too.
            if (cell.Length > 0 && comparison is { Regions.Count: 0, Scheme: "", ChildrenOf: "", DescendantsOf: "" }) comparison.Regions.Add(cell);
            var answer = await connection.Client.ExplainValueAsync(
                new ExplainValueRequest { Comparison = comparison, Region = cell }, cancellationToken);
            Write(answer, common.Terminal, parse.GetValue(common.Format));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(ExplainValueResponse answer, Terminal terminal, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(Json.Of(answer));
                break;
            case OutputFormat.Csv:
                CsvText.Write(terminal.Out, ExplanationTree.Columns, ExplanationTree.Flat(answer.Explanation));
                break;
            default:
                ExplanationTree.Show(terminal.Results, answer.Explanation);
                terminal.Note($"账本位置 position {answer.Position}, 目录版本 catalogue {answer.CatalogVersion}");
                break;
        }
    }
}
