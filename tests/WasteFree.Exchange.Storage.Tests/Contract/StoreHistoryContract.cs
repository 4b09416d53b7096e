using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Model;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Whatever happened, in whatever order and at whichever hub: every reading is what the model says.</summary>
public abstract class StoreHistoryContract : StoreContract
{
    private const int Steps = 30;
    private const int FiltersPerPosition = 5;
    private const int Pairs = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task After_any_history_every_reading_at_every_position_is_what_the_model_says(int seed)
    {
        var random = new Random(seed);
        var reports = new RandomReports(random);
        var model = new StoreModel();
        var wide = RandomReports.WideReport;
        model.Commit(RandomReports.Wide, "wide", RowPolicy.RejectReport, wide);
        await new Sender(Store, RandomReports.Wide).CommitAsync("wide", wide);

        await using (var other = await OpenAnotherAsync())
            for (var step = 0; step < Steps; step++)
                await StepAsync(random.Next(2) == 0 ? Store : other, $"r{step}", random, reports, model);

        Assert.Equal(model.Head, (await Store.ReadHeadAsync(Cancelled)).Position);
        for (var position = 0L; position <= model.Head; position++)
            for (var i = 0; i < FiltersPerPosition; i++)
                await CompareAsync(i == 0 ? new ObservationFilter() : reports.Filter(), reports.Visibility(), position, random, model);
        for (var i = 0; i < Pairs; i++) await CompareTwoAsync(i % 3 == 0 ? new ObservationFilter() : reports.Filter(), reports.Visibility(), random, model);
        foreach (var entry in await Store.ReadLedgerAsync(0, 1_000, Cancelled)) await CompareChangesAsync(entry, reports.Filter(), reports.Visibility(), model);
        foreach (var key in model.Keys.Where(key => key.Organization != RandomReports.Wide)) await ReplayAsync(key, reports.Visibility(), random, model);
    }

    /// <summary>Half of the steps are reports; the others undo, disturb or only look.</summary>
    private async Task StepAsync(IExchangeStore store, string id, Random random, RandomReports reports, StoreModel model)
    {
        var organization = reports.Organization();
        var sender = new Sender(store, organization);
        switch (random.Next(11))
        {
            case 0 or 1:
                if (await PickCommittedAsync(organization, random) is not { } report) break;
                var withdrawn = await sender.WithdrawAsync(report);
                Assert.Equal(model.Withdraw(organization, report), withdrawn.Tombstones);
                break;
            case 10:
                if (await PickCommittedAsync(organization, random, ReportState.Withdrawn) is not { } mistaken) break;
                if ((await sender.FindAsync(mistaken)).RetractPosition > 0) break;
                var retracted = await sender.RetractAsync(mistaken);
                Assert.Equal(model.Retract(organization, mistaken), retracted.Withheld);
                break;
            case 2:
                await LoadCatalogAsync();
                model.LoadCatalog();
                break;
            case 3:
                var check = await sender.OpenAsync(id, reports.Policy(), validateOnly: true);
                await check.AppendAsync(reports.Report());
                await check.CommitAsync();
                break;
            case 4:
                await (await sender.OpenAsync($"unfinished-{id}")).AppendAsync(reports.Report());
                break;
            default:
                await SubmitAsync(sender, organization, id, reports, model);
                break;
        }
    }

    private static async Task SubmitAsync(Sender sender, string organization, string id, RandomReports reports, StoreModel model)
    {
        var policy = reports.Policy();
        var rows = reports.Report();
        var outcome = await sender.SubmitAsync(id, policy, rows);
        var (counts, taken) = model.Commit(organization, id, policy, rows);
        if (taken) Assert.Equal(counts, Assert.IsType<CommitOutcome.Committed>(outcome).Counts);
        else Assert.Equal(counts, Assert.IsType<CommitOutcome.Rejected>(outcome).Counts);
    }

    private async Task<string?> PickCommittedAsync(string organization, Random random, ReportState also = ReportState.Committed)
    {
        var committed = (await Store.ListReportsAsync(organization, long.MaxValue, 100, Cancelled))
            .Where(report => report.State == ReportState.Committed || report.State == also).ToArray();
        return committed.Length == 0 ? null : random.GetItems(committed, 1)[0].Name.Id;
    }

    private async Task CompareAsync(ObservationFilter filter, Visibility visibility, long position, Random random, StoreModel model)
    {
        var expected = model.Read(filter, visibility, position);
        var read = await Store.ReadAllAsync(filter, position, expected.Count < 50 ? random.Next(1, 60) : random.Next(100, 600), visibility);

        Assert.Equal(read.Select(row => row.Cursor).Distinct().Order(), read.Select(row => row.Cursor));
        Assert.Equal(read.Select(row => row.Observation.Period).Order(), read.Select(row => row.Observation.Period));
        var values = read.Select(row => Value(row)!).ToList();
        Assert.Empty(expected.Except(values));
        Assert.Empty(values.Except(expected));
        Assert.Equal(model.LatestPeriod(filter, visibility, position), await Store.FindLatestPeriodAsync(filter, visibility, position, Cancelled));
    }

    /// <summary>Differences are what two whole readings tell apart.</summary>
    private async Task CompareTwoAsync(ObservationFilter filter, Visibility visibility, Random random, StoreModel model)
    {
        var since = random.Next((int)model.Head + 1);
        var position = random.Next(since, (int)model.Head + 1);
        var expected = model.Differences(filter, visibility, since, position);

        var read = await Store.ReadAllDifferencesAsync(filter, since, position, expected.Count < 50 ? random.Next(1, 60) : random.Next(100, 600), visibility);

        var pairs = read.Select(difference => (Value(difference.Before), Value(difference.After))).ToList();
        Assert.All(read, difference => Assert.Equal(
            Value(difference.After) is { Retracted: null } became && became.Respells(Value(difference.Before)), difference.SpellingOnly));
        Assert.Empty(expected.Except(pairs));
        Assert.Empty(pairs.Except(expected));
        Assert.Equal(expected.Count, pairs.Count);
    }

    /// <summary>Who may read less is told what is left of the whole.</summary>
    private async Task CompareChangesAsync(LedgerRecord entry, ObservationFilter filter, Visibility visibility, StoreModel model)
    {
        var all = await Store.ReadChangesAsync(entry, filter, Visibility.Everything, -1, 1_000, Cancelled);
        var some = await Store.ReadChangesAsync(entry, filter, visibility, -1, 1_000, Cancelled);

        Assert.Equal(
            all.Rows.Where(row => visibility.Reads(row.Revision.Organization, row.Revision.Observation.Indicator, row.Revision.Observation.Region)), some.Rows);
        Assert.Null(some.Next);
        Assert.All(all.Rows, row => Assert.Equal(
            !row.Removed && entry.Kind != LedgerEntryKind.ReportRetracted && Value(row.Revision)!.Respells(model.Find(ModelKey.Of(row.Revision.Organization, row.Revision.Observation), entry.Position - 1)),
            row.SpellingOnly));
        // A short page is the last one: one that the filter leaves nothing of would be asked for again and again.
        var pages = new List<ChangeRow>();
        for (long? after = -1; after is { } from;)
        {
            var page = await Store.ReadChangesAsync(entry, filter, visibility, from, 7, Cancelled);
            if (page.Next is not null) Assert.Equal(7, page.Rows.Count);
            pages.AddRange(page.Rows);
            after = page.Next;
        }
        Assert.Equal(some.Rows, pages);
    }

    /// <summary>A history is what happened, and gives the value at each position back.</summary>
    private async Task ReplayAsync(ModelKey key, Visibility visibility, Random random, StoreModel model)
    {
        var query = new HistoryQuery
        {
            Indicator = key.Indicator,
            Region = key.Region,
            Scope = key.Scope,
            Category = key.Category,
            Period = key.Period,
            Organization = key.Organization,
        };
        var until = random.Next((int)model.Head + 1);
        foreach (var position in new[] { model.Head, until })
        {
            var history = await Store.ReadWholeHistoryAsync(query, position, random.Next(1, 5), visibility);
            if (!visibility.Reads(key.Organization, key.Indicator, key.Region))
            {
                Assert.Empty(history);
                continue;
            }
            var told = history.Select(entry => (entry.Revision.Position, entry.Withdrawn ? null : Value(entry.Revision), entry.Revision.Report));
            Assert.Equal(model.History(key, position), told);
            var next = history.Skip(1).Select(entry => new Supersession(entry.Revision.Position, entry.Revision.CommittedAt)).Append(null);
            Assert.Equal(next.Take(history.Count), history.Select(entry => entry.Superseded));
            Assert.All(history, entry => Assert.Equal(
                !entry.Withdrawn && Value(entry.Revision)!.Respells(model.Find(key, entry.Revision.Position - 1)), entry.SpellingOnly));

            for (var at = 0L; at <= position; at++)
            {
                var visible = history.SingleOrDefault(entry =>
                    entry.Revision.Position <= at && (entry.Superseded is not { } by || by.Position > at) && !entry.Withdrawn);
                // Until now somebody may have repeated what nobody had by then.
                Assert.Equal(model.Find(key, at)?.Position, visible?.Revision.Position);
            }
        }
    }

    private static ModelValue? Value(ObservationRevision? row) =>
        row is null ? null : new ModelValue(row.Observation, row.Organization, row.Report, row.Position, row.Affirmed) { Retracted = row.Retracted?.Position };
}
