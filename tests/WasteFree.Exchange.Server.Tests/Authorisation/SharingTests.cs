using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;
using static WasteFree.Exchange.Server.Tests.Authorisation.SharingHub;

namespace WasteFree.Exchange.Server.Tests.Authorisation;

/// <summary>What organisations of other provinces are told of each other, call by call.</summary>
public sealed class SharingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cell_of_another_province_says_the_same_whether_or_not_there_is_a_value()
    {
        await using var hub = await SharingHub.StartAsync();
        await hub.SubmitAsync("east", Row("east", Conditional, "2024", "7"));
        var before = await hub.CompareAsync("east", Conditional, "2024", "500103", "510300");
        await hub.SubmitAsync("west", Row("west", Conditional, "2024", "3"), Row("west", Conditional, "2024-Q1", "1"));
        var after = await hub.CompareAsync("east", Conditional, "2024", "500103", "510300");

        Assert.Equal(before, after);
        Assert.Equal((Verdict.NotComparable, [VerdictReason.NotShared]), (after.Cells[1].Verdict, after.Cells[1].Reasons.ToArray()), Same);
        Assert.Equal(("7", 1, 1), (after.Aggregate.Value, after.Aggregate.Used, after.Coverage.NotShared));
        Assert.Equal(1, after.Cells[0].Rank);
        // Whoever is held to nothing sees both.
        Assert.Equal("10", (await hub.CompareAsync(null, Conditional, "2024", "500103", "510300")).Aggregate.Value);
        Assert.Equal("3", (await hub.CompareAsync("far", Conditional, "2024", "510300")).Cells[0].Value);

        var explained = await hub.Hub.Metrics.ExplainValueAsync(
            new ExplainValueRequest
            {
                Region = "510300",
                Comparison = new CompareMetricsRequest { Indicators = { Conditional }, Periods = { "2024" }, Regions = { "500103", "510300" } },
            },
            RunningHub.As("east"), cancellationToken: Cancelled);
        Assert.Equal([VerdictReason.NotShared], explained.Explanation.Reasons);
        Assert.DoesNotContain("organizations/west", explained.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_latest_period_is_looked_for_among_what_the_caller_may_read()
    {
        await using var hub = await SharingHub.StartAsync();
        await hub.SubmitAsync("east", Row("east", Conditional, "2023", "7"));
        await hub.SubmitAsync("west", Row("west", Conditional, "2024", "3"));

        Assert.Equal("2023", (await hub.CompareAsync("east", Conditional, "latest", "500103", "510300")).Period);
        Assert.Equal("2024", (await hub.CompareAsync("west", Conditional, "latest", "500103", "510300")).Period);
    }

    [Fact]
    public async Task A_target_is_held_against_what_the_caller_may_read()
    {
        await using var hub = await SharingHub.StartAsync();
        await hub.LoadAsync(
            CatalogTableKind.Targets, "target_id,region,period,indicator,relation,name_zh,comparator,value,unit\nS1,510300,2024,S-COND,same,示例,<=,5,t\n");
        await hub.SubmitAsync("west", Row("west", Conditional, "2024", "3"));

        async Task<Attainment> AttainAsync(string caller) => Assert.Single((await hub.Hub.Metrics.GetAttainmentAsync(
            new GetAttainmentRequest { Region = "510300", IncludeMessages = true }, RunningHub.As(caller), cancellationToken: Cancelled)).Attainments);
        Assert.Equal(AttainmentState.Attained, (await AttainAsync("west")).State);
        var hidden = await AttainAsync("east");
        Assert.Equal(AttainmentState.Unknown, hidden.State);
        Assert.Equal([VerdictReason.NotShared], hidden.Cell.Reasons);
        Assert.Contains("未共享", hidden.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grant_opens_from_its_first_day_to_the_end_of_its_last_and_its_end_closes_the_past_too()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 6, 29, 15, 59, 0, TimeSpan.Zero));
        await using var hub = await SharingHub.StartAsync(clock);
        await hub.SubmitAsync("west", Row("west", Conditional, "2024", "3"));
        await hub.GrantAsync("east,west,S-*,*,示例用途,2026-06-30,2026-06-30");
        var asOf = new AsOf { Position = (await hub.Hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).HeadPosition };

        async Task<int> CountAsync(AsOf? at) => (await hub.Hub.Metrics.QueryObservationsAsync(
            new QueryObservationsRequest { AsOf = at }, RunningHub.As("east"), cancellationToken: Cancelled)).Observations.Count;
        Assert.Equal(0, await CountAsync(null));
        clock.Advance(TimeSpan.FromMinutes(2)); // 00:01 in China
        Assert.Equal((1, 1), (await CountAsync(null), await CountAsync(asOf)));
        Assert.Equal("3", (await hub.CompareAsync("east", Conditional, "2024", "510300")).Cells[0].Value);
        clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal((0, 0), (await CountAsync(null), await CountAsync(asOf)));
        Assert.Equal([VerdictReason.NotShared], (await hub.CompareAsync("east", Conditional, "2024", "510300")).Cells[0].Reasons);
    }

    [Fact]
    public async Task A_report_of_another_organisation_is_refused_the_same_whether_or_not_it_exists()
    {
        await using var hub = await SharingHub.StartAsync();
        var there = Rows.Name(await hub.SubmitAsync("west", Row("west", Free, "2024", "3")), "west");
        var never = Rows.Name("never", "west");
        var reports = hub.Hub.Reports;
        var east = RunningHub.As("east");

        Func<string, Task>[] calls =
        [
            name => reports.GetReportAsync(new GetReportRequest { Name = name }, east).ResponseAsync,
            name => reports.ListFindingsAsync(new ListFindingsRequest { Parent = name }, east).ResponseAsync,
            name => reports.AbortReportAsync(new AbortReportRequest { Name = name }, east).ResponseAsync,
            name => reports.WithdrawReportAsync(new WithdrawReportRequest { Name = name, Reason = "示例" }, east).ResponseAsync,
            name => reports.SubmitReportAsync(new SubmitReportRequest { Report = name, Rows = { Row("west", Free, "2024", "3") } }, east).ResponseAsync,
        ];
        foreach (var call in calls)
        {
            var refused = await Refused.ByAsync(() => call(there));
            Assert.Equal(ErrorReason.AuthorityMissing, refused.Reason);
            Assert.Equal(refused with { Metadata = refused.Metadata }, await Refused.ByAsync(() => call(never)) with { Metadata = refused.Metadata });
        }
    }

    [Fact]
    public async Task Grants_are_listed_to_those_whom_they_concern_and_to_administrators()
    {
        await using var hub = await SharingHub.StartAsync();
        await hub.GrantAsync("east,west,S-COND,*,示例用途,,2026-12-31", "near,*,*,510300,示例用途二,2026-01-01,2026-12-31");

        async Task<string> GranteesAsync(Metadata headers) => string.Join(' ', (await hub.Hub.Catalog.ListGrantsAsync(
            new ListGrantsRequest(), headers, cancellationToken: Cancelled)).Grants.Select(grant => grant.Grantee));
        Assert.Equal("east near", await GranteesAsync(RunningHub.As("west")));
        Assert.Equal("east near", await GranteesAsync(RunningHub.As("far", "reader,admin")));
        Assert.Equal("near", await GranteesAsync(RunningHub.As("far")));
        Assert.Equal("east near", await GranteesAsync([]));
    }

    private static bool Same((Verdict Verdict, VerdictReason[] Reasons) one, (Verdict Verdict, VerdictReason[] Reasons) other) =>
        one.Verdict == other.Verdict && one.Reasons.SequenceEqual(other.Reasons);
}
