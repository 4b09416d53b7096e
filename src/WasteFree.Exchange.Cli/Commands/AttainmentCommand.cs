using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using WasteFree.Exchange.Cli.Attainments;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx attainment</c>: targets, and how far they are attained.</summary>
internal static class AttainmentCommand
{
    public static Command Build(CommonOptions common)
    {
        var region = new Option<string?>("--region") { Description = "Region, by code or name; default all", HelpName = "CODE" };
        var year = new Option<int?>("--year") { Description = "Targets of this year: set for it or for a quarter, month, week or day of it; events due in it", HelpName = "YEAR", CustomParser = ParseYear };
        var period = new Option<string?>("--period") { Description = "Period that the targets are set for, exactly (2024, 2024-Q1, 2024-03); default any", HelpName = "PERIOD" };
        var source = new Option<string?>("--source") { Description = "Only this organisation's values", HelpName = "ORG" };
        var illustrative = new Option<bool>("--include-illustrative") { Description = "Also illustrative values (示例)" };
        var asOf = AsOfText.Option();

        var command = new Command("attainment", "Hold values against targets 目标达成") { region, year, period, source, illustrative, asOf };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            if (parse.GetValue(year) is not null && parse.GetValue(period) is not null)
                return terminal.Usage("--year 与 --period 只能写一个。 Write --year or --period, not both.");
            using var connection = common.Connect(parse);
            var names = await CatalogNames.ReadAsync(connection.Client, cancellationToken);
            var answer = await connection.Client.GetAttainmentAsync(
                new GetAttainmentRequest
                {
                    Region = parse.GetValue(region) ?? "",
                    Period = parse.GetValue(period) ?? "",
                    Within = parse.GetValue(year)?.ToString() ?? "",
                    Source = parse.GetValue(source) ?? "",
                    AsOf = parse.GetValue(asOf),
                    IncludeIllustrative = parse.GetValue(illustrative),
                    IncludeMessages = parse.GetValue(common.Format) != OutputFormat.Table,
                },
                cancellationToken);
            Write(answer, names, terminal, parse.GetValue(common.Format));
            return ExitCode.Done;
        });
        return command;
    }

    private static int? ParseYear(ArgumentResult result)
    {
        var word = result.Tokens[0].Value;
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var year)) return year;
        result.AddError($"--year '{word}': 请填年份，例如 2024；季度、月份请用 --period。 Write a year such as 2024; a quarter or a month goes with --period.");
        return null;
    }

    private static void Write(GetAttainmentResponse answer, CatalogNames names, Terminal terminal, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(Json.Of(answer));
                break;
            case OutputFormat.Csv:
                CsvText.Write(terminal.Out, AttainmentCsv.Columns, answer.Attainments.Select(attainment => AttainmentCsv.Row(attainment, answer.Date, names)));
                break;
            default:
                foreach (var region in answer.Attainments.GroupBy(attainment => attainment.Target.Region))
                    AttainmentTable.Show(terminal.Results, names.RegionName(region.Key), answer.Date, [.. region]);
                terminal.Results.Say(AttainmentCount.Of(answer.Attainments));
                terminal.Note($"账本位置 position {answer.Position}, 目录版本 catalogue {answer.CatalogVersion}");
                break;
        }
    }
}
