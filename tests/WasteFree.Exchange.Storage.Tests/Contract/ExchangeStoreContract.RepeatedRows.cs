using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Rows of one report with the same key.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task Rows_that_repeat_an_equal_row_are_remarked_and_count_once()
    {
        var outcome = await Wanzhou.SubmitAsync(
            "r1", RowPolicy.RejectReport, Row("2023", "10"), Row("2024", "5"), Row("2023", "10"), Row("2023", "10"));

        var committed = Assert.IsType<CommitOutcome.Committed>(outcome);
        Assert.Equal(new RowCounts { Submitted = 4, Created = 2, Duplicate = 2, Findings = 2 }, committed.Counts);
        Assert.Equal([(2L, Severity.Info), (3L, Severity.Info)], committed.Findings.Select(finding => (finding.Row!.Value, finding.Severity)));
        Assert.All(committed.Findings, finding => Assert.Equal(("10", "10"), (finding.Observed, finding.Expected)));
        Assert.Equal(["2023 10", "2024 5"], await ShownAsync());
    }

    [Fact]
    public async Task Rows_that_contradict_each_other_refuse_the_report_and_each_is_told_which_other_one()
    {
        var outcome = await Wanzhou.SubmitAsync("r1", RowPolicy.RejectReport, Row("2023", "10"), Row("2024", "5"), Row("2023", "11"));

        var rejected = Assert.IsType<CommitOutcome.Rejected>(outcome);
        Assert.Equal(new RowCounts { Submitted = 3, Rejected = 2, Findings = 2 }, rejected.Counts);
        Assert.Equal(
            [(0L, "10", "11"), (2L, "11", "10")],
            rejected.Findings.Select(finding => (finding.Row!.Value, finding.Observed, finding.Expected)));
        Assert.All(rejected.Findings, finding => Assert.Equal(("STR-2@1", Severity.Blocker), (finding.Rule, finding.Severity)));
        Assert.Empty(await ShownAsync());
    }

    [Fact]
    public async Task Under_quarantine_none_of_the_rows_that_contradict_each_other_is_taken()
    {
        var outcome = await Wanzhou.SubmitAsync(
            "r1", RowPolicy.Quarantine, Row("2023", "10"), Row("2024", "5"), null, Row("2023", "11"), Row("2024", "5"));

        var committed = Assert.IsType<CommitOutcome.Committed>(outcome);
        Assert.Equal(new RowCounts { Submitted = 5, Rejected = 3, Created = 1, Duplicate = 1, Findings = 4 }, committed.Counts);
        Assert.Equal([0L, 2L, 3L, 4L], committed.Findings.Select(finding => finding.Row!.Value));
        Assert.Equal(["2024 5"], await ShownAsync());
    }

    [Theory]
    [InlineData("10", "10", "11")]
    [InlineData("10", "11", "10")]
    [InlineData("10", "11", "11")]
    public async Task Where_a_key_contradicts_itself_every_row_of_it_is_told_so(string first, string second, string third)
    {
        string[] values = [first, second, third];
        var outcome = await Wanzhou.SubmitAsync(
            "r1", RowPolicy.Quarantine, [.. values.Select(value => Row("2023", value)), Row("2024", "1")]);

        var committed = Assert.IsType<CommitOutcome.Committed>(outcome);
        Assert.Equal(new RowCounts { Submitted = 4, Rejected = 3, Created = 1, Findings = 3 }, committed.Counts);
        Assert.Equal([0L, 1L, 2L], committed.Findings.Select(finding => finding.Row!.Value));
        Assert.All(committed.Findings, finding => Assert.True(finding.Refuses, $"Row {finding.Row} is refused without a finding that says so."));
        Assert.All(committed.Findings, finding => Assert.NotEqual(finding.Observed, finding.Expected));
        Assert.Equal(["2024 1"], await ShownAsync());
    }

    [Fact]
    public async Task Rows_that_differ_in_trailing_zeros_in_the_point_or_in_a_note_only_contradict_each_other()
    {
        var row = Row("2023", "90");
        Observation[] others = [Row("2023", "90.0"), Row("2023", "9.0"), row with { Note = "核实" }];

        foreach (var other in others)
            Assert.IsType<CommitOutcome.Rejected>(await Wanzhou.SubmitAsync("r1", RowPolicy.RejectReport, row, other));
    }

    [Fact]
    public async Task Rows_that_differ_in_any_part_of_the_key_do_not_repeat_each_other()
    {
        var row = Row("2023", "1");
        var receipt = await Wanzhou.CommitAsync(
            "r1",
            row,
            row with { Period = PeriodOf("2023-Q1") },
            row with { Region = "511800" },
            row with { Indicator = "HUB-HW-DISP" },
            row with { Scope = Scope.Rural },
            row with { Category = "HW08" });

        Assert.Equal(new RowCounts { Submitted = 6, Created = 6 }, receipt.Counts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Findings_are_listed_in_row_order_page_by_page_whenever_they_were_made(int pageSize)
    {
        var upload = await Wanzhou.OpenAsync("r1", RowPolicy.Quarantine);
        await upload.AppendAsync(Row("2023", "10"), null, Row("2024", "1"));
        var chunk = upload.Next(Row("2023", "11"), null, Row("2024", "1"));
        await Store.AppendAsync(chunk with { Findings = [chunk.Findings[0], Refusal(4, "STR-5@1"), Refusal(4, "STR-4@1")] }, Cancelled);
        var committed = Assert.IsType<CommitOutcome.Committed>(await upload.CommitAsync());

        var findings = await Store.ListAllFindingsAsync(Wanzhou.Name("r1"), pageSize);

        Assert.Equal(
            [(0L, "STR-2@1"), (1, "STR-1@1"), (3, "STR-2@1"), (4, "STR-1@1"), (4, "STR-5@1"), (4, "STR-4@1"), (5, "STR-2@1")],
            findings.Select(finding => (finding.Row!.Value, finding.Rule)));
        Assert.Equal(7, committed.Counts.Findings);
        Assert.Equal(Refusal(4, "STR-5@1"), findings[4]);
    }

    [Fact]
    public async Task An_answer_carries_the_first_findings_and_all_can_be_listed()
    {
        var outcome = await Wanzhou.SubmitAsync("r1", RowPolicy.RejectReport, [.. Enumerable.Repeat<Observation?>(null, 300)]);

        var rejected = Assert.IsType<CommitOutcome.Rejected>(outcome);
        Assert.InRange(rejected.Findings.Count, 1, 299);
        Assert.Equal(300, rejected.Counts.Findings);
        var listed = await Store.ListAllFindingsAsync(Wanzhou.Name("r1"), 50);
        Assert.Equal(Enumerable.Range(0, 300).Select(row => (long?)row), listed.Select(finding => finding.Row));
        Assert.Equal(listed.Take(rejected.Findings.Count), rejected.Findings);
    }

    [Fact]
    public async Task An_unknown_report_has_no_findings()
    {
        var page = await Store.ListFindingsAsync(Wanzhou.Name("nothing"), -1, 10, Cancelled);

        Assert.Empty(page.Findings);
        Assert.Equal((0, null), (page.Total, page.NextSequence));
    }
}
