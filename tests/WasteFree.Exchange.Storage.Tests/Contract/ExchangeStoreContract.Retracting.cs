using Dapper;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using WasteFree.Exchange.Verification;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>A retracted report is marked wherever its rows are read, at whatever position, and its rows stay as they are.</summary>
public abstract partial class ExchangeStoreContract
{
    private static readonly ObservationFilter All = new();

    [Fact]
    public async Task A_retracted_value_is_marked_at_every_position_at_which_it_was_visible()
    {
        var receipt = await Wanzhou.CommitAsync("r1", Row("2023", "1"), Row("2024", "2"));
        await Wanzhou.CommitAsync("r2", Row("2024", "3"));

        var retracted = await Wanzhou.RetractAsync("r1", "误报");

        Assert.Equal((2, 3, 4, "误报"), (retracted.Withheld, retracted.Report.WithdrawPosition, retracted.Report.RetractPosition, retracted.Report.RetractReason));
        Assert.Equal(ReportState.Withdrawn, retracted.Report.State);
        Assert.Equal(["2024 3"], await MarksAsync(4));
        Assert.Equal(["2023 1 retracted 4", "2024 3"], await MarksAsync(2));
        Assert.Equal(["2023 1 retracted 4", "2024 2 retracted 4"], await MarksAsync(receipt.Position));
    }

    [Fact]
    public async Task A_report_that_was_withdrawn_can_be_retracted_and_is_not_withdrawn_again()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Wanzhou.WithdrawAsync("r1", "甲");

        var retracted = await Wanzhou.RetractAsync("r1", "乙");

        Assert.Equal((2, "甲", 3, "乙"), (retracted.Report.WithdrawPosition, retracted.Report.WithdrawReason, retracted.Report.RetractPosition, retracted.Report.RetractReason));
        Assert.Equal(3, (await Store.ReadHeadAsync(Cancelled)).Position);
        Assert.Equal(["2024 1 retracted 3"], await MarksAsync(1));
    }

    [Fact]
    public async Task Retracting_again_gives_the_same_answer_and_moves_nothing()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        var first = await Wanzhou.RetractAsync("r1", "甲");
        await Wanzhou.CommitAsync("r2", Row("2024", "2"));
        await RestartAsync();

        var second = await Wanzhou.RetractAsync("r1", "乙");

        Assert.Equivalent(first, second, strict: true);
        Assert.Equal(4, (await Store.ReadHeadAsync(Cancelled)).Position);
        Assert.Equal(["2024 1 retracted 3"], await MarksAsync(1));
    }

    [Fact]
    public async Task Only_what_was_committed_can_be_retracted()
    {
        await Wanzhou.OpenAsync("open");
        await Wanzhou.SubmitAsync("refused", RowPolicy.RejectReport, Row("2024", "1"), null);
        var by = Callers.Of("wanzhou", "ReportService/RetractReport");

        Assert.Equal(new RetractOutcome.WrongState(ReportState.Open), await Store.RetractAsync(Wanzhou.Name("open"), "x", by, Cancelled));
        Assert.Equal(new RetractOutcome.WrongState(ReportState.Rejected), await Store.RetractAsync(Wanzhou.Name("refused"), "x", by, Cancelled));
        Assert.IsType<RetractOutcome.Unknown>(await Store.RetractAsync(Wanzhou.Name("nothing"), "x", by, Cancelled));
        Assert.Equal(0, (await Store.ReadHeadAsync(Cancelled)).Position);
    }

    [Fact]
    public async Task A_value_that_a_later_report_repeated_stays_marked_until_it_is_sent_anew()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Wanzhou.CommitAsync("r2", Row("2024", "1"));
        await Wanzhou.RetractAsync("r1");
        Assert.Equal(["2024 1 retracted 4"], await MarksAsync(4));

        var anew = await Wanzhou.CommitAsync("r3", Row("2024", "1"));

        Assert.Equal(new RowCounts { Submitted = 1, Revised = 1 }, anew.Counts);
        Assert.Equal(["2024 1"], await MarksAsync(5));
        Assert.Equal(["2024 1 retracted 4"], await MarksAsync(2));
    }

    [Fact]
    public async Task Another_hub_marks_what_it_had_read_before()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await using var other = await OpenAnotherAsync();
        Assert.Null(Assert.Single(await other.ReadAllAsync(All, 1, 10)).Retracted);

        await Wanzhou.RetractAsync("r1");

        Assert.Equal(3, Assert.Single(await other.ReadAllAsync(All, 1, 10)).Retracted?.Position);
    }

    [Fact]
    public async Task Histories_differences_and_changes_mark_a_retracted_value_and_never_say_that_another_one_equals_it()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "90"));
        await Wanzhou.CommitAsync("r2", Row("2024", "90.0"));
        await Wanzhou.RetractAsync("r1");
        await Wanzhou.RetractAsync("r2");
        await Wanzhou.CommitAsync("r3", Row("2024", "90"));

        var history = await Store.ReadWholeHistoryAsync(
            new HistoryQuery { Indicator = Row("2024", "1").Indicator, Region = Row("2024", "1").Region, Period = PeriodOf("2024") }, 7, 10, Visibility.Everything);
        Assert.Equal([(1L, 4L, false), (2L, 6L, false), (5L, (long?)null, false), (7L, null, false)], history.Select(entry => (entry.Revision.Position, entry.Revision.Retracted?.Position, entry.SpellingOnly)));
        var difference = Assert.Single(await Store.ReadAllDifferencesAsync(All, 1, 7, 10, Visibility.Everything));
        Assert.Equal((4L, (long?)null, false), (difference.Before!.Retracted?.Position, difference.After!.Retracted?.Position, difference.SpellingOnly));
        Assert.Single(await Store.ReadAllDifferencesAsync(All, 1, 2, 10, Visibility.Everything), between => !between.SpellingOnly);
        foreach (var entry in (await Store.ReadLedgerAsync(0, 2, Cancelled)))
            Assert.NotNull(Assert.Single((await Store.ReadChangesAsync(entry, All, Visibility.Everything, -1, 10, Cancelled)).Rows, row => !row.SpellingOnly).Revision.Retracted);
    }

    [Fact]
    public async Task A_retraction_tells_each_value_of_its_report_that_the_watcher_may_read()
    {
        await Wanzhou.CommitAsync("r1", Row("2023", "1"), Row("2024", "2"), Row("2025", "3"));
        await Wanzhou.CommitAsync("r2", Row("2024", "4"));
        await Wanzhou.RetractAsync("r1");
        var entry = Assert.Single(await Store.ReadLedgerAsync(3, 10, Cancelled));

        var (filter, everything) = (new ObservationFilter { Periods = [PeriodOf("2023"), PeriodOf("2024")] }, Visibility.Everything);
        var first = await Store.ReadChangesAsync(entry, filter, everything, -1, 1, Cancelled);
        var second = await Store.ReadChangesAsync(entry, filter, everything, first.Next!.Value, 10, Cancelled);

        Assert.Equal(LedgerEntryKind.ReportRetracted, entry.Kind);
        Assert.Equal(["2023", "2024"], first.Rows.Concat(second.Rows).Select(row => row.Revision.Observation.Period.ToString()));
        Assert.All(first.Rows.Concat(second.Rows), row => Assert.Equal(("r1", 1, false), (row.Revision.Report, row.Revision.Position, row.Removed)));
        Assert.Empty((await Store.ReadChangesAsync(entry, All, Visibility.Nothing, -1, 10, Cancelled)).Rows);
    }

    [Fact]
    public async Task A_retracted_value_is_confidential_at_every_position_until_something_else_stands_there()
    {
        await Yaan.CommitAsync("before", Row("2022", "5"));
        await Wanzhou.CommitAsync("r1", Row("2024", "1"), Row("2023", "2"));
        await Wanzhou.RetractAsync("r1");
        await Wanzhou.CommitAsync("r2", Row("2024", "7"));

        Assert.Equal(["2023 2", "2024 1"], await ConfidentialAsync(2023, 2024, position: 1));
        Assert.Equal(["2023 2", "2024 1"], await ConfidentialAsync(2023, 2024, position: 2));
        Assert.Equal(["2023 2", "2024 1"], await ConfidentialAsync(2023, 2024, position: 4));
        Assert.Equal(["2023 2"], await ConfidentialAsync(2023, 2024, position: 5));
        var replaced = Assert.Single((await Store.ReadConfidentialAsync(["HUB-HW-GEN"], 2023, 2024, 5, Cancelled)).Replaced);
        Assert.Equal(("2024", 2, 5), (replaced.Row.Observation.Period.ToString(), replaced.Row.Position, replaced.Position));
        Assert.Empty(await ConfidentialAsync(2022, 2022, position: 5));
    }

    [Fact]
    public async Task A_retraction_alters_no_stored_row_and_is_found_when_its_marks_are_removed()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Wanzhou.CommitAsync("r2", Row("2023", "1"));
        var before = (await StoredRows.ReadAsync(Database, Cancelled)).Revisions;

        await Wanzhou.RetractAsync("r1");

        var after = (await StoredRows.ReadAsync(Database, Cancelled)).Revisions;
        Assert.All(before, row => Assert.Equivalent(row.Value, after[row.Key], strict: true));
        Assert.Empty(await VerifyAsync());
        await using var connection = await Database.ConnectAsync(Cancelled);
        var marks = (await connection.QueryAsync<(long, long)>("SELECT [key], revision_id FROM retracted")).Single();
        await connection.ExecuteAsync("DELETE FROM retracted");
        Assert.Contains(await VerifyAsync(), fault => fault.MessageEn.Contains("not marked as withheld", StringComparison.Ordinal));
        await connection.ExecuteAsync("INSERT INTO retracted ([key], revision_id) VALUES (@Item1, @Item2)", new { marks.Item1, marks.Item2 });
        await connection.ExecuteAsync("UPDATE report SET retract_reason = 'x' WHERE name = 'r1'");
        Assert.Contains(await VerifyAsync(), fault => fault.Kind == LedgerFaultKind.ContentChanged);
        await connection.ExecuteAsync("UPDATE report SET retract_reason = '误报' WHERE name = 'r1'");
        Assert.Empty(await VerifyAsync());
    }

    private async Task<List<LedgerFault>> VerifyAsync() =>
        [.. (await Store.VerifyAsync(Cancelled).ToListAsync(Cancelled)).OfType<VerifyStep.Found>().Select(step => step.Fault)];

    private async Task<IEnumerable<string>> MarksAsync(long position) =>
        (await Store.ReadAllAsync(All, position, 10)).Select(row => $"{row.Observation.Period} {row.Observation.Value}" + (row.Retracted is { } retracted ? $" retracted {retracted.Position}" : ""));
}
