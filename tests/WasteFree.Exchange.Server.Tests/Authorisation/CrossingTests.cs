using System.Diagnostics;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;
using static WasteFree.Exchange.Server.Tests.Authorisation.SharingHub;

namespace WasteFree.Exchange.Server.Tests.Authorisation;

/// <summary>
/// Random questions of random callers: whatever is asked, with whoever's tokens, what comes back is what a plain filter
/// leaves of everything.
/// </summary>
public sealed class CrossingTests
{
    private const int Reports = 30;
    private const int Questions = 80;

    private static readonly string?[] Callers = [.. Organizations.Select(organization => organization.Id), null];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whoever_asks_whatever_gets_what_the_policy_leaves_of_everything(int seed)
    {
        var random = new Random(seed);
        await using var hub = await SharingHub.StartAsync();
        var policy = new PlainPolicy(await FillAsync(hub, random));
        var watch = Stopwatch.StartNew();
        var (rows, hidden, crossed) = (0, 0, 0);
        for (var i = 0; i < Questions; i++)
        {
            var (caller, filter) = (Pick(random, Callers), Filter(random));
            var all = await QueryAsync(hub, null, filter, 1_000);
            var expected = all.Where(record => policy.Reads(caller, record)).ToList();
            rows += expected.Count;
            hidden += all.Count - expected.Count;

            Same(expected, await QueryAsync(hub, caller, filter, random.Next(1, 7)));
            switch (random.Next(5))
            {
                case 0:
                    Same(expected, await StreamAsync(hub, caller, filter));
                    break;
                case 1:
                    await CompareDifferencesAsync(hub, policy, caller, filter, random);
                    break;
                case 2:
                    await CompareHistoryAsync(hub, policy, caller, random);
                    break;
                case 3:
                    await CompareCellsAsync(hub, policy, caller, random);
                    break;
                case 4:
                    crossed += await CrossTokensAsync(hub, caller, filter);
                    break;
            }
        }
        foreach (var caller in Callers) await CompareWatchAsync(hub, policy, caller);
        Assert.True(rows > 0 && hidden > 0 && crossed > 0, "The questions were too tame.");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"seed {seed}: {Questions} questions, {rows} rows told, {hidden} kept back, {crossed} tokens of others refused, {watch.Elapsed.TotalSeconds:F1} s");
    }

    private static async Task<IReadOnlyList<PlainGrant>> FillAsync(SharingHub hub, Random random)
    {
        for (var i = 0; i < Reports; i++)
        {
            var (organization, _) = Pick(random, Organizations);
            var rows = Enumerable.Range(0, random.Next(1, 8))
                .Select(_ => Row(organization, Pick(random, Indicators), $"{random.Next(2018, 2026)}", $"{random.Next(1, 1_000)}"))
                .DistinctBy(row => (row.Indicator, row.Period)).ToArray();
            var id = await hub.SubmitAsync(organization, rows);
            if (random.Next(6) == 0)
            {
                await hub.Hub.Reports.WithdrawReportAsync(
                    new WithdrawReportRequest { Name = Rows.Name(id, organization), Reason = "示例" }, RunningHub.As(organization), cancellationToken: Cancelled);
            }
        }
        var grants = Enumerable.Range(0, 4).Select(_ => new PlainGrant(
            Pick(random, Organizations).Id,
            random.Next(3) == 0 ? "*" : Pick(random, Organizations).Id,
            random.Next(4) == 0 ? Shut : Conditional,
            random.Next(2) == 0 ? "*" : Pick(random, Organizations).Region,
            random.Next(4) > 0)).DistinctBy(grant => (grant.Grantee, grant.Owner, grant.Indicator, grant.Region)).ToList();
        await hub.GrantAsync([.. grants.Select(grant => grant.Row)]);
        return grants;
    }

    private static ObservationFilter Filter(Random random)
    {
        var filter = new ObservationFilter();
        if (random.Next(2) == 0) filter.Indicators.Add(Pick(random, Indicators));
        if (random.Next(3) == 0) filter.Regions.Add(Pick(random, Organizations).Region);
        if (random.Next(3) == 0) filter.Organizations.Add(Pick(random, Organizations).Id);
        if (random.Next(3) == 0) filter.Periods.Add(random.GetItems(["2018", "2020", "2021", "2024", "2025"], 2).Distinct());
        return filter;
    }

    private static async Task<List<ObservationRecord>> QueryAsync(SharingHub hub, string? caller, ObservationFilter filter, int size)
    {
        var rows = new List<ObservationRecord>();
        var request = new QueryObservationsRequest { Filter = filter, PageSize = size };
        do
        {
            var page = await hub.Hub.Metrics.QueryObservationsAsync(request, Headers(caller), cancellationToken: Cancelled);
            // A page that is short before the end, or a token to nothing, would count what is kept back.
            Assert.True(page.NextPageToken.Length == 0 || page.Observations.Count == size);
            rows.AddRange(page.Observations);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return rows;
    }

    private static async Task<List<ObservationRecord>> StreamAsync(SharingHub hub, string? caller, ObservationFilter filter)
    {
        using var call = hub.Hub.Metrics.StreamObservations(new StreamObservationsRequest { Filter = filter }, Headers(caller), cancellationToken: Cancelled);
        var parts = await call.ResponseStream.ReadAllAsync(Cancelled).ToListAsync(Cancelled);
        var rows = parts.Where(part => part.Batch is not null).SelectMany(part => part.Batch.Observations).ToList();
        Assert.Equal(rows.Count, parts[^1].End.Count);
        return rows;
    }

    private static async Task CompareDifferencesAsync(SharingHub hub, PlainPolicy policy, string? caller, ObservationFilter filter, Random random)
    {
        var request = new DiffObservationsRequest { Filter = filter, Since = new AsOf { Position = random.Next(1, Reports) }, PageSize = 1_000 };
        async Task<List<string>> AskAsync(string? who) =>
        [
            .. (await hub.Hub.Metrics.DiffObservationsAsync(request, Headers(who), cancellationToken: Cancelled)).Differences
                .Where(difference => policy.Reads(caller, difference.After ?? difference.Before)).Select(difference => difference.ToString()),
        ];
        Assert.Equal(await AskAsync(null), await AskAsync(caller));
        var told = await hub.Hub.Metrics.DiffObservationsAsync(request, Headers(caller), cancellationToken: Cancelled);
        Assert.All(told.Differences, difference => Assert.True(policy.Reads(caller, difference.After ?? difference.Before)));
    }

    private static async Task CompareHistoryAsync(SharingHub hub, PlainPolicy policy, string? caller, Random random)
    {
        var request = new ListRevisionsRequest { Indicator = Pick(random, Indicators), Region = Pick(random, Organizations).Region, Period = $"{random.Next(2018, 2026)}" };
        var all = await hub.Hub.Metrics.ListRevisionsAsync(request, Headers(null), cancellationToken: Cancelled);
        var told = await hub.Hub.Metrics.ListRevisionsAsync(request, Headers(caller), cancellationToken: Cancelled);
        Assert.Equal(all.Revisions.Where(revision => policy.Reads(caller, revision.Observation)), told.Revisions);
    }

    private static async Task CompareCellsAsync(SharingHub hub, PlainPolicy policy, string? caller, Random random)
    {
        var (indicator, period) = (Pick(random, Indicators), $"{random.Next(2018, 2026)}");
        string[] regions = [.. Organizations.Select(organization => organization.Region)];
        var all = await hub.CompareAsync(null, indicator, period, regions);
        var told = await hub.CompareAsync(caller, indicator, period, regions);
        foreach (var ((owner, region), whole, cell) in Organizations.Zip(all.Cells, told.Cells))
        {
            if (policy.Reads(caller, owner, indicator, region)) Assert.Equal((whole.Value, whole.Report), (cell.Value, cell.Report));
            else Assert.Equal([VerdictReason.NotShared], cell.Reasons);
        }
        var sum = told.Cells.Where(cell => cell.Value.Length > 0).Sum(cell => decimal.Parse(cell.Value));
        if (told.Aggregate.Value.Length > 0) Assert.Equal(sum, decimal.Parse(told.Aggregate.Value));
    }

    /// <summary>A place in another caller's answer is no place in this one's.</summary>
    private static async Task<int> CrossTokensAsync(SharingHub hub, string? caller, ObservationFilter filter)
    {
        var refused = 0;
        foreach (var other in Callers.Where(other => other != caller))
        {
            var page = await hub.Hub.Metrics.QueryObservationsAsync(
                new QueryObservationsRequest { Filter = filter, PageSize = 1 }, Headers(other), cancellationToken: Cancelled);
            if (page.NextPageToken.Length == 0) continue;
            var request = new QueryObservationsRequest { Filter = filter, PageToken = page.NextPageToken };
            Assert.Equal(ErrorReason.PageTokenInvalid, (await Refused.ByAsync(hub.Hub.Metrics.QueryObservationsAsync(request, Headers(caller), cancellationToken: Cancelled))).Reason);
            var resumed = new StreamObservationsRequest { Filter = filter, ResumeToken = page.NextPageToken };
            Assert.Equal(ErrorReason.PageTokenInvalid, (await Refused.ByAsync(async () =>
            {
                using var call = hub.Hub.Metrics.StreamObservations(resumed, Headers(caller), cancellationToken: Cancelled);
                await call.ResponseStream.MoveNext(Cancelled);
            })).Reason);
            refused += 2;
        }
        return refused;
    }

    private static async Task CompareWatchAsync(SharingHub hub, PlainPolicy policy, string? caller)
    {
        var all = await TellAsync(null);
        Assert.Equal(
            all.Select(told => (told.Position, Rows: told.Rows.Where(record => policy.Reads(caller, record)).ToList())).Where(told => told.Rows.Count > 0).Select(Text),
            (await TellAsync(caller)).Select(Text));

        async Task<List<(long Position, List<ObservationRecord> Rows)>> TellAsync(string? who)
        {
            using var call = hub.Hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Earliest }, Headers(who), cancellationToken: Cancelled);
            var told = new List<(long, List<ObservationRecord>)>();
            while (await call.ResponseStream.MoveNext(Cancelled) && call.ResponseStream.Current.CaughtUp is null)
            {
                if (call.ResponseStream.Current.Change is { Observations.Count: > 0 } change) told.Add((change.Position, [.. change.Observations.Select(row => row.Record)]));
            }
            return told;
        }

        static string Text((long Position, List<ObservationRecord> Rows) told) => $"{told.Position}: {string.Join(' ', told.Rows)}";
    }

    private static void Same(IReadOnlyList<ObservationRecord> expected, IReadOnlyList<ObservationRecord> found) =>
        Assert.Equal(expected.Select(record => record.ToString()), found.Select(record => record.ToString()));

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];
}
