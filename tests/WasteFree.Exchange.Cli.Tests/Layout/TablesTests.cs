using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Cli.Attainments;
using WasteFree.Exchange.Cli.Auditing;
using WasteFree.Exchange.Cli.Catalogue;
using WasteFree.Exchange.Cli.Demo;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.Layout;

/// <summary>Each table that the program prints, with the longest of everything (示例), on screens of 20 to 200 columns.</summary>
public sealed class TablesTests
{
    private const string Number = "123456789012345678.123456789012";
    private const string Report = "organizations/demo-500101/reports/f-04d59e5aa0534acde135f0b986894054";
    private const string Long = "“无废城市细胞”建设数量：无废公共机构（学校、医院除外），全年回收废弃农膜444吨以上";

    private static readonly CatalogNames Names = CatalogNames.BuiltIn();
    private static readonly Timestamp Time = new() { Seconds = 1_700_000_000 };

    public static TheoryData<string> Tables => [.. All.Keys];

    private static readonly Dictionary<string, Func<Terminal, Task>> All = new()
    {
        ["query"] = Now(terminal => ObservationTable.Show(terminal.Results, Records, Names)),
        ["compare"] = Now(terminal => ComparisonTable.Show(terminal.Results, Comparison(), Names)),
        ["attainment"] = Now(terminal => AttainmentTable.Show(terminal.Results, "万州区", "2024-12-31", [.. Attainments()])),
        ["history"] = terminal => RevisionTable.ShowAsync(Records.Select(Revision).ToAsyncEnumerable(), Names, terminal),
        ["diff"] = terminal => DifferenceTable.ShowAsync(Records.Select(record => new ObservationDifference { Before = record, After = record }).ToAsyncEnumerable(), Names, terminal),
        ["audit"] = terminal => AuditTable.ShowAsync(Enumerable.Range(1, 5).Select(Entry).ToAsyncEnumerable(), terminal),
        ["explain"] = Now(terminal => ExplanationTree.Show(terminal.Results, Explanation(depth: 12))),
        ["findings"] = Now(ShowFaults),
        ["catalog"] = Now(terminal => new ListTable(new Target(), Catalog.CatalogTableKind.Targets, [], ["id", "name_zh", "value", "unit"], [["T07-1.CELL03", Long, Number, "kg/({person}.d)"]]).Show(terminal.Results)),
        ["demo"] = Now(terminal => Section.Show(terminal, $"万州区与伙伴城市比较 Wanzhou beside partner cities, 2024 【{Words.Illustrative}】", $"{Long} {Number}", "")),
        ["note"] = Now(terminal => terminal.Results.Say($"合计 Together: {Number} % = 2513200 / 2650000，3/3 个地区 regions；{Long}")),
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_table_ends_and_shows_all_its_numbers_and_names_whole_at_every_width(string table)
    {
        var wide = await ShownAsync(table, Shown.Wide);
        Assert.Contains("12", wide, StringComparison.Ordinal);
        for (var width = 20; width <= 200; width++)
        {
            var shown = await ShownAsync(table, width);
            Shown.AssertFits(Shown.Lines(shown), width);
            Shown.AssertWhole(wide, shown, $"{table} at {width}");
        }
    }

    [Fact]
    public void What_is_said_beside_the_bar_of_an_upload_leaves_it_room_and_is_whole()
    {
        string[] texts = ["发送 sending 1,234,567/2,345,678 rows, 25,000 rows/s", "发送 sending 1,234,567/2,345,678", "1,234,567/2,345,678"];
        Assert.Equal(texts[0], UploadBar.Fitting(texts, 80));
        Assert.Equal(texts[1], UploadBar.Fitting(texts, 60));
        Assert.Equal(texts[2], UploadBar.Fitting(texts, 40));
        Assert.Equal("…", UploadBar.Fitting(texts, 20));
    }

    private static IEnumerable<ObservationRecord> Records => Enumerable.Range(10, 5).Select(row => new ObservationRecord
    {
        Observation = new Observation
        {
            Region = "500101", Indicator = "HUB-HW-GEN", Scope = "BUILT_UP", Category = "HW08", Period = "2024-Q1", Value = $"1234567890123456{row}.123456789012",
            Unit = "kg/({person}.d)", Status = { "P", "E" },
        },
        Organization = "demo-500101", Illustrative = true, Report = Report, Position = row, CommitTime = Time,
    });

    private static async Task<string> ShownAsync(string table, int width)
    {
        var output = new StringWriter();
        await All[table](new Terminal(output, new StringWriter(), name => name == "COLUMNS" ? $"{width}" : null, false, false));
        return output.ToString();
    }

    private static Func<Terminal, Task> Now(Action<Terminal> show) => terminal =>
    {
        show(terminal);
        return Task.CompletedTask;
    };

    private static V1.Comparison Comparison()
    {
        var comparison = new V1.Comparison
        {
            Indicator = new Indicator { Code = "HUB-HW-GEN", NameZh = Long, NameEn = "Hazardous waste in stock at the end of the period" },
            Period = "2024", Scope = "WHOLE", Category = "HW08", Unit = "kg/({person}.d)", Ranked = 12,
            Aggregate = new ComparisonAggregate { Value = Number, Numerator = "2513200", Denominator = "2650000", Used = 2, Expected = 3, WorstStatus = "P" },
        };
        for (var row = 10; row < 15; row++)
            comparison.Cells.Add(new ComparisonCell
            {
                Region = "500101", Value = $"1234567890123456{row}.123456789012", Rank = row, Verdict = Verdict.ComparableWithCaveat, Illustrative = row == 12,
                Reasons = { VerdictReason.Converted, VerdictReason.OtherSourcesDiffer },
                Growth =
                {
                    new CellGrowth { Basis = GrowthBasis.PreviousPeriod, Percent = $"-{Number}" },
                    new CellGrowth { Basis = GrowthBasis.SamePeriodLastYear, Reasons = { VerdictReason.Missing } },
                },
                Targets = { new CellTarget { Id = "T07-1", Goal = $"≥ {Number} {{unit}}", State = AttainmentState.Attained }, new CellTarget { Id = "T07-2", Goal = $"≥ {Number} {{unit}}", State = AttainmentState.RelatedOnly } },
            });
        return comparison;
    }

    private static Target Target(int number) => new()
    {
        Id = $"T07-{number}.CELL0{number}", PartOf = number > 1 ? $"T07-{number - 1}.CELL0{number - 1}" : "", Region = "500101", NameZh = Long, Scope = "RURAL",
        Goal = $"≥ {Number} {{unit}}", Clause = $"第{number}项", Quote = Long, DepartmentsZh = "区农业农村委、区乡村振兴局、区供销合作社",
        SourceDocument = "万无废组〔2024〕1号",
    };

    /// <summary>Each a part of the one before it.</summary>
    private static IEnumerable<Attainment> Attainments() => Enumerable.Range(1, 9).Select(number => new Attainment
    {
        Target = Target(number), State = AttainmentState.Attained, DaysLeft = -1234, Cell = new ComparisonCell { Value = Number, Illustrative = true },
        Path = new TargetPath { State = TargetPathState.Known, Period = "2024", Share = "54.123456789012", Value = Number, Expected = Number },
    });

    private static Revision Revision(ObservationRecord record) => new() { Observation = record, SupersededPosition = record.Position + 100 };

    private static AuditEntry Entry(int number) => new()
    {
        Position = 1_000_000 + number, RecordTime = Time, Organization = "demo-500101", Credential = "certificate SHA-256 0123456789abcdef0123456789abcdef",
        Operation = "ReportService/UploadReport", Resource = Report, Status = AuditStatus.PermissionDenied, Reason = ErrorReason.IllustrativeRefused, RowCount = 12345678, CallCount = 12,
    };

    private static Explanation Explanation(int depth)
    {
        var explanation = new Explanation
        {
            Step = ExplanationStep.Conversion, Indicator = "HUB-HW-GEN", Region = "500101", Period = "2024", Value = Number, Unit = "10*4.t", Exact = "6310728778/1316776925",
            MessageZh = Long, MessageEn = $"t to 10*4.t: x 0.0001, at depth {depth}", Reasons = { VerdictReason.Converted },
            Observation = new ObservationRecord { Report = Report, Position = depth, Illustrative = true },
        };
        if (depth > 0) explanation.Inputs.Add([Explanation(depth - 1), new Explanation { Step = ExplanationStep.Exclusion, Value = Number }]);
        return explanation;
    }

    private static void ShowFaults(Terminal terminal)
    {
        var faults = FaultReport.Open(null, OutputFormat.Table);
        for (var line = 0; line < 60; line++)
            faults.Add(new Fault { Line = line, Rule = "PERIOD_MALFORMED", Field = "period", Observed = $"2024-13 {Report}", MessageZh = Long, MessageEn = "Write 2024, 2024-Q1 or 2024-03." });
        faults.ShowTable(terminal.Results);
    }
}
