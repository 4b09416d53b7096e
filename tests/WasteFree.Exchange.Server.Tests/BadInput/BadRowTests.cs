using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.BadInput;

/// <summary>A bad row is a finding with its row, its field and what to do; nothing of its report is stored.</summary>
public sealed class BadRowTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Dictionary<string, BadRow> Cases = new()
    {
        ["an unknown indicator"] = new(row => row.Indicator = "HUB-HW-GEM", "STR-1@1", "indicator", "HUB-HW-GEN"),
        ["no indicator"] = new(row => row.Indicator = "", "STR-1@1", "indicator"),
        ["an unknown region"] = new(row => row.Region = "511880", "STR-1@1", "region", "511800"),
        ["no region"] = new(row => row.Region = "", "STR-1@1", "region"),
        ["a region of another organisation"] = new(row => row.Region = "510100", "MSG-2@1", "region", "511800"),
        ["an unknown category"] = new(row => row.Category = "HW99", "STR-1@1", "category", "HW08"),
        ["a category of another indicator"] = new(row => row.Category = "CELL01", "STR-1@1", "category", "HW08"),
        ["an unknown unit"] = new(row => row.Unit = "tonnes", "UNIT-1@1", "unit", "t"),
        ["a unit that does not convert"] = new(row => row.Unit = "m3", "UNIT-1@1", "unit", "t"),
        ["an unknown scope"] = new(row => row.Scope = "CITY", "STR-1@1", "scope", "WHOLE"),
        ["an unknown version"] = new(row => row.Version = "9.9", "STR-1@1", "version", "1.0"),
        ["an unknown status"] = new(row => row.Status.Add("Z"), "STR-1@1", "status", "M"),
        ["an unknown confidentiality"] = new(row => row.Confidentiality = "X", "STR-1@1", "confidentiality", "F"),
        ["no period"] = new(row => row.Period = "", "STR-1@1", "period"),
        ["week 53 of a year with 52"] = new(row => row.Period = "2021-W53", "STR-5@1", "period", "2024-W05"),
        ["month 13"] = new(row => row.Period = "2024-13", "STR-5@1", "period", "2024-03"),
        ["a period in the future"] = new(row => row.Period = "2998", "MSG-2@1", "period"),
        ["a decimal comma"] = new(row => row.Value = "12,5", "STR-1@1", "value"),
        ["an exponent"] = new(row => row.Value = "1e400", "STR-1@1", "value"),
        ["not a number"] = new(row => row.Value = "NaN", "STR-1@1", "value"),
        ["minus zero"] = new(row => row.Value = "-0", "STR-1@1", "value"),
        ["41 digits"] = new(row => row.Value = new string('7', 41), "STR-1@1", "value"),
        ["no number and no status"] = new(row => row.Value = "", "STR-3@1", "value"),
        ["a number beside a status that denies it"] = new(row => row.Status.Add("O"), "STR-4@1", "status"),
        ["parts of an amount"] = new(row => row.Numerator = "1", "STR-1@1", "numerator"),
        ["a value below the hard minimum"] = new(row => row.Value = "-1", "RNG-1@1", "value", ">= 0"),
        ["a ratio over zero beside a stated value"] = new(
            row => (row.Indicator, row.Value, row.Numerator, row.Denominator) = ("ZW21-19", "100", "0", "0"), "STR-4@1", "denominator", "> 0"),
        ["more villages sorting than there are"] = new(
            row => (row.Indicator, row.Value, row.Numerator, row.Denominator) = ("ZW21-13", "100", "1001", "1000"), "RNG-1@1", "numerator", "<= 100"),
        ["half an enterprise"] = new(row => (row.Indicator, row.Value) = ("WZ24-06-1", "2.5"), "RNG-3@1", "value"),
        ["half a flag"] = new(row => (row.Indicator, row.Value) = ("ZW21-39", "0.5"), "RNG-3@1", "value", "0, 1"),
        ["an event that happened minus once"] = new(row => (row.Indicator, row.Period, row.Value) = ("WZ24-04-1", "2023-04-09", "-1"), "RNG-3@1", "value", "0, 1"),
        ["an event for a year"] = new(row => (row.Indicator, row.Period, row.Value) = ("WZ24-04-1", "2023", "1"), "STR-5@1", "period", "D"),
        ["a month of a rate written as its first day"] = new(row => (row.Indicator, row.Period) = ("ZW21-19", "2023-03-01"), "STR-5@1", "period", "A S Q M"),
        ["a survey of one week"] = new(row => (row.Indicator, row.Period) = ("ZW21-58", "2023-W05"), "STR-5@1", "period", "A S Q M"),
        ["a note of 1,001 characters"] = new(row => row.Note = new string('字', 1_001), "STR-1@1", "note", "<= 1000"),
        ["a control character"] = new(row => row.Note = "a\u0007b", "STR-1@1", "note"),
        ["a code of half the message"] = new(row => row.Region = new string('5', 400_000), "STR-1@1", "region"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_row_is_a_finding_with_its_place_and_nothing_is_stored(string name)
    {
        var hub = shared.Hub;
        var bad = Cases[name];
        var row = Rows.Tonnes("2023-02", "2");
        bad.Spoil(row);
        var id = string.Concat(name.Where(char.IsAsciiLetterOrDigit));
        var before = await StateAsync(hub);

        var rejected = (await SubmitAsync(hub, id, Rows.Tonnes("2023-01", "1"), row, Rows.Tonnes("2023-03", "3"))).Rejected;

        Assert.NotNull(rejected);
        var finding = Assert.Single(rejected.Findings);
        Assert.Equal((bad.Rule, bad.Field, 1L), (finding.Rule, finding.Field, finding.Row!.Value));
        Assert.True(finding.Severity >= FindingSeverity.Error);
        Assert.Contains(bad.Expected, finding.Expected, StringComparison.Ordinal);
        Assert.InRange(finding.Observed.Length, 0, 100);
        Assert.InRange(finding.MessageEn.Length + finding.MessageZh.Length, 1, 2_000);
        Words.AssertBoth(finding.MessageZh, finding.MessageEn);
        Assert.Equal((3, 1, 1), (rejected.Counts.Submitted, rejected.Counts.Rejected, rejected.Counts.Findings));
        Assert.Equal(before, await StateAsync(hub));

        var report = (await hub.Reports.GetReportAsync(new GetReportRequest { Name = Rows.Name(id) }, Headers, cancellationToken: Cancelled)).Report;
        Assert.Equal(ReportState.Rejected, report.State);
        var listed = await hub.Reports.ListFindingsAsync(new ListFindingsRequest { Parent = Rows.Name(id) }, Headers, cancellationToken: Cancelled);
        Assert.Equal(finding, Assert.Single(listed.Findings));

        Assert.NotNull((await SubmitAsync(hub, id, Rows.Tonnes("2023-01", "1"))).Committed);
    }

    [Fact]
    public async Task A_row_with_several_faults_has_a_finding_for_each()
    {
        var rejected = (await SubmitAsync(shared.Hub, "several", new Observation { Region = "x", Indicator = "y", Period = "z", Value = "1,5", Unit = "q" })).Rejected;

        Assert.Equal(["region", "period", "indicator", "value"], rejected.Findings.Select(finding => finding.Field));
        Assert.All(rejected.Findings, finding => Assert.Equal(0, finding.Row));
    }

    [Fact]
    public async Task Contradictory_rows_of_one_key_are_both_refused_and_name_each_other()
    {
        var rejected = (await SubmitAsync(
            shared.Hub, "contradictory", Rows.Tonnes("2022-01", "10"), Rows.Tonnes("2022-02", "5"), Rows.Tonnes("2022-M01", "11"))).Rejected;

        Assert.Equal([(0L, "10", "11"), (2L, "11", "10")], rejected.Findings.Select(f => (f.Row!.Value, f.Observed, f.Expected)));
        Assert.All(rejected.Findings, finding => Assert.Equal(("STR-2@1", FindingSeverity.Blocker), (finding.Rule, finding.Severity)));
        Assert.Equal(2, rejected.Counts.Rejected);
    }

    [Fact]
    public async Task Equal_rows_of_one_key_count_once_and_are_worth_a_remark_only()
    {
        var committed = (await SubmitAsync(shared.Hub, "equal", Rows.Tonnes("2021-01", "10"), Rows.Tonnes("2021-01", "10"))).Committed;

        Assert.Equal((1, 1, 0), (committed.Counts.Created, committed.Counts.Duplicate, committed.Counts.Rejected));
        var remark = Assert.Single(committed.Findings);
        Assert.Equal(("STR-2@1", FindingSeverity.Info, 1L), (remark.Rule, remark.Severity, remark.Row!.Value));
    }

    [Fact]
    public async Task A_number_of_a_period_that_is_not_over_is_taken_with_a_warning()
    {
        var year = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Year;
        var committed = (await SubmitAsync(shared.Hub, "early", Rows.Tonnes($"{year}", "5"))).Committed;

        var warning = Assert.Single(committed.Findings);
        Assert.Equal(("TIM-2@1", FindingSeverity.Warning, "period", 0L), (warning.Rule, warning.Severity, warning.Field, warning.Row!.Value));
        Words.AssertBoth(warning.MessageZh, warning.MessageEn);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Grpc.Core.Metadata Headers => RunningHub.As(Rows.Reporter);

    private static async Task<SubmitReportResponse> SubmitAsync(RunningHub hub, string id, params Observation[] rows) =>
        await hub.Reports.SubmitReportAsync(Rows.Report(id, rows), Headers, cancellationToken: Cancelled);

    /// <summary>All that a reader can see, and where the ledger stands.</summary>
    private static async Task<(long Head, int Rows)> StateAsync(RunningHub hub)
    {
        var info = await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled);
        var page = await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled);
        return (info.HeadPosition, page.Observations.Count);
    }

    private sealed record BadRow(Action<Observation> Spoil, string Rule, string Field, string Expected = "");
}
