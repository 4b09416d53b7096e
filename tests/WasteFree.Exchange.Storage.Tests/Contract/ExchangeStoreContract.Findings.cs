using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>A file of bad rows fills no disk: the first findings are kept, all are counted.</summary>
public abstract partial class ExchangeStoreContract
{
    private const long SmallStore = 8 << 20;

    [Fact]
    public async Task Of_a_hundred_thousand_bad_rows_the_first_thousand_findings_are_kept_and_all_are_counted()
    {
        var before = await Store.MeasureAsync(Cancelled);
        var upload = await Wanzhou.OpenAsync("r1");
        for (var i = 0; i < 5; i++) await upload.AppendAsync([.. Enumerable.Repeat<Values.Observation?>(null, 20_000)]);
        var rejected = Assert.IsType<CommitOutcome.Rejected>(await upload.CommitAsync());

        Assert.Equal((100_000, 100_000), (rejected.Counts.Rejected, rejected.Counts.Findings));
        Assert.Equal([new RuleCount("STR-1@1", 100_000, 1_000)], rejected.Rules);
        var listed = await Store.ListAllFindingsAsync(Wanzhou.Name("r1"), 300);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => (long)i), listed.Select(finding => finding.Row!.Value));
        Assert.InRange(await Store.MeasureAsync(Cancelled) - before, 0, SmallStore);
    }

    [Fact]
    public async Task Findings_that_come_at_commit_have_their_place_among_the_first_thousand_and_are_counted_by_their_rules()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync([.. Enumerable.Repeat<Values.Observation?>(null, 990), .. Enumerable.Range(0, 2_000).Select(i => Row("2024", $"{i % 2}", category: $"C{i / 2}"))]);
        var rejected = Assert.IsType<CommitOutcome.Rejected>(await upload.CommitAsync());

        Assert.Equal(990 + 2_000, rejected.Counts.Findings);
        Assert.Equal(rejected.Counts.Findings, rejected.Rules.Sum(rule => rule.Found));
        Assert.Equal(1_000, rejected.Rules.Sum(rule => rule.Kept));
        Assert.Equal(2, rejected.Rules.Count);
        Assert.Equal(1_000, (await Store.ListAllFindingsAsync(Wanzhou.Name("r1"), 5_000)).Count);
    }

    [Fact]
    public async Task Of_an_organisation_the_findings_of_its_newest_attempts_are_kept()
    {
        await Yaan.SubmitAsync("other", RowPolicy.RejectReport, null, null);
        for (var i = 1; i <= 22; i++)
            Assert.IsType<CommitOutcome.Rejected>(await Wanzhou.SubmitAsync($"r{i}", RowPolicy.RejectReport, [.. Enumerable.Repeat<Values.Observation?>(null, 1_000)]));

        for (var i = 1; i <= 22; i++) Assert.Equal(i <= 2 ? 0 : 1_000, (await Store.ListAllFindingsAsync(Wanzhou.Name($"r{i}"), 5_000)).Count);
        var oldest = await Store.ListFindingsAsync(Wanzhou.Name("r1"), -1, 10, Cancelled);
        Assert.Equal(1_000, oldest.Total);
        Assert.Equal([new RuleCount("STR-1@1", 1_000, 0)], oldest.Rules);
        Assert.Equal(2, (await Store.ListAllFindingsAsync(Yaan.Name("other"), 10)).Count);
    }

    [Fact]
    public async Task Findings_of_refused_attempts_expire_their_counts_stay_and_those_of_taken_reports_stay()
    {
        await Wanzhou.SubmitAsync("old", RowPolicy.RejectReport, null, null, null);
        await Wanzhou.SubmitAsync("taken", RowPolicy.Quarantine, null, Row("2024", "1"));
        Clock.Advance(TimeSpan.FromDays(31));
        await Wanzhou.SubmitAsync("new", RowPolicy.RejectReport, null, null);

        var before = Clock.GetUtcNow() - TimeSpan.FromDays(30);
        Assert.Equal(1, await Store.ExpireFindingsAsync(before, Cancelled));
        Assert.Equal(0, await Store.ExpireFindingsAsync(before, Cancelled));

        var old = await Store.ListFindingsAsync(Wanzhou.Name("old"), -1, 10, Cancelled);
        Assert.Equal((0, 3), (old.Findings.Count, old.Total));
        Assert.Equal([new RuleCount("STR-1@1", 3, 0)], old.Rules);
        Assert.Equal(3, (await Wanzhou.FindAsync("old")).Counts.Findings);
        Assert.Single(await Store.ListAllFindingsAsync(Wanzhou.Name("taken"), 10));
        Assert.Equal(2, (await Store.ListAllFindingsAsync(Wanzhou.Name("new"), 10)).Count);
    }

    [Fact]
    public async Task A_check_counts_by_rule_and_leaves_nothing()
    {
        var upload = await Wanzhou.OpenAsync("r1", validateOnly: true);
        await upload.AppendAsync(null, Row("2024", "1"), Row("2024", "2"), null);
        var rejected = Assert.IsType<CommitOutcome.Rejected>(await upload.CommitAsync());

        Assert.Equal(rejected.Counts.Findings, rejected.Rules.Sum(rule => rule.Found));
        Assert.Equal(2, rejected.Rules.Single(rule => rule.Rule == "STR-1@1").Found);
        await SweptAsync();
        Assert.Empty((await StoredRows.ReadAsync(Database, Cancelled)).FindingCounts);
    }
}
