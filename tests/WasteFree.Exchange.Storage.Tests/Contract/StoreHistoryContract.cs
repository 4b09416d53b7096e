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
                await CompareAsync(i == 0 ? new ObservationFilter() : reports.Filter(), position, random, model);
    }

    /// <summary>Half of the steps are reports; the others undo, disturb or only look.</summary>
    private async Task StepAsync(IExchangeStore store, string id, Random random, RandomReports reports, StoreModel model)
    {
        var organization = reports.Organization();
        var sender = new Sender(store, organization);
        switch (random.Next(10))
        {
            case 0 or 1:
                if (await PickCommittedAsync(organization, random) is not { } report) break;
                var withdrawn = await sender.WithdrawAsync(report);
                Assert.Equal(model.Withdraw(organization, report), withdrawn.Tombstones);
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

    private async Task<string?> PickCommittedAsync(string organization, Random random)
    {
        var committed = (await Store.ListReportsAsync(organization, long.MaxValue, 100, Cancelled))
            .Where(report => report.State == ReportState.Committed).ToArray();
        return committed.Length == 0 ? null : random.GetItems(committed, 1)[0].Name.Id;
    }

    private async Task CompareAsync(ObservationFilter filter, long position, Random random, StoreModel model)
    {
        var expected = model.Read(filter, position);
        var read = await Store.ReadAllAsync(filter, position, expected.Count < 50 ? random.Next(1, 60) : random.Next(100, 600));

        Assert.Equal(read.Select(row => row.Cursor).Distinct().Order(), read.Select(row => row.Cursor));
        Assert.Equal(read.Select(row => row.Observation.Period).Order(), read.Select(row => row.Observation.Period));
        var values = read.Select(row => new ModelValue(row.Observation, row.Organization, row.Report, row.Position)).ToList();
        Assert.Empty(expected.Except(values));
        Assert.Empty(values.Except(expected));
        Assert.Equal(model.LatestPeriod(filter, position), await Store.FindLatestPeriodAsync(filter, position, Cancelled));
    }
}
