using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Limits;

/// <summary>What an organisation may use of a hub; what another one uses is not its concern.</summary>
public sealed class LimitTests
{
    private const string Other = "wanzhou-eeb";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_beyond_the_limit_are_refused_with_who_which_and_when_and_others_are_served()
    {
        await using var hub = await StartAsync(new OrganizationLimits { CallsPerMinute = 3 });
        for (var call = 0; call < 3; call++) await InfoAsync(hub, Rows.Reporter);

        var exception = await Assert.ThrowsAsync<RpcException>(() => InfoAsync(hub, Rows.Reporter));
        var refused = Refused.Read(exception);
        Assert.Equal((ErrorReason.QuotaExceeded, "calls_per_minute", "3"), (refused.Reason, refused.Metadata["limit"], refused.Metadata["limit_value"]));
        var violation = Assert.Single(exception.GetRpcStatus()!.GetDetail<QuotaFailure>()!.Violations);
        Assert.Equal(($"organizations/{Rows.Reporter}", "calls_per_minute = 3"), (violation.Subject, violation.Description));
        Assert.InRange(exception.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan(), TimeSpan.FromTicks(1), TimeSpan.FromSeconds(21));
        await InfoAsync(hub, Other);
    }

    [Fact]
    public async Task Streams_beyond_the_limit_are_refused_until_one_has_ended()
    {
        await using var hub = await StartAsync(new OrganizationLimits { Streams = 2 });
        using var first = ReportTalk.With(hub);
        await first.OpenAsync("first");
        using (var second = ReportTalk.With(hub))
        {
            await second.OpenAsync("second");
            using var third = ReportTalk.With(hub);
            Assert.Equal((ErrorReason.QuotaExceeded, "streams"), await LimitAsync(third));
        }
        // The hub hears of the end of a stream a moment later than its client.
        await AgainAsync(async () =>
        {
            using var again = ReportTalk.With(hub);
            await again.OpenAsync("again");
        });
        await first.AssertNothingElseAsync();
    }

    [Fact]
    public async Task Rows_beyond_the_limit_end_the_stream_and_the_upload_goes_on_at_its_durable_row()
    {
        var rows = Rows.Days(900);
        await using var hub = await StartAsync(new OrganizationLimits { RowsPerMinute = 6_000 });
        using (var talk = ReportTalk.With(hub))
        {
            await talk.OpenAsync("many");
            await talk.ChunkAsync(0, rows);
            Assert.Equal(900, (await talk.HearAckAsync()).DurableOffset);
            // Rows that are refused as repeated have been sent all the same.
            for (var again = 0; again < 7; again++) await talk.ChunkIntoRefusalAsync(0, rows);
            Assert.Equal((ErrorReason.QuotaExceeded, "rows_per_minute"), await LimitAsync(talk));
        }
        await AgainAsync(async () =>
        {
            using var resumed = ReportTalk.With(hub);
            Assert.Equal(900, (await resumed.OpenAsync("many")).DurableOffset);
            await resumed.CommitAsync(rows);
            Assert.Equal(900, (await resumed.HearCommittedAsync()).Counts.Created);
        });
    }

    [Fact]
    public async Task Bytes_and_work_beyond_the_limit_are_refused_after_the_call_that_used_them_up()
    {
        await using var hub = await StartAsync(new OrganizationLimits { BytesPerMinute = 10 });
        await InfoAsync(hub, Rows.Reporter);
        Assert.Equal("bytes_per_minute", (await Refused.ByAsync(() => InfoAsync(hub, Rows.Reporter))).Metadata["limit"]);

        await using var busy = await StartAsync(new OrganizationLimits { QuerySecondsPerMinute = 0.000_001 });
        await AskAsync(busy, Rows.Reporter);
        Assert.Equal("query_seconds_per_minute", (await Refused.ByAsync(() => AskAsync(busy, Rows.Reporter))).Metadata["limit"]);
        await AskAsync(busy, Other);
    }

    [Fact]
    public async Task Questions_of_an_organisation_keep_neither_its_own_reports_nor_anybody_else_waiting()
    {
        await using var hub = await StartAsync(new OrganizationLimits { QuerySecondsPerMinute = 0.01, BytesPerMinute = 1_000, CallsPerMinute = 50 });
        // It asks until everything for questions is used up, and goes on.
        var refused = new HashSet<string>();
        for (var call = 0; call < 200; call++)
        {
            try
            {
                await CompareAsync(hub, Rows.Reporter);
            }
            catch (RpcException e)
            {
                refused.Add(Refused.Read(e).Metadata["limit"]);
            }
        }
        Assert.NotEmpty(refused);

        await InfoAsync(hub, Rows.Reporter);
        var rows = Rows.Days(3);
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync("while-asking");
        await talk.ChunkAsync(0, rows);
        await talk.HearAckAsync();
        await talk.CommitAsync(rows);
        Assert.Equal(3, (await talk.HearCommittedAsync()).Counts.Created);
        await CompareAsync(hub, Other);
    }

    [Fact]
    public async Task Reports_of_an_organisation_keep_none_of_its_questions_waiting()
    {
        await using var hub = await StartAsync(new OrganizationLimits { CallsPerMinute = 3, RowsPerMinute = 3 });
        await hub.Reports.SubmitReportAsync(Rows.Report("full", Rows.Days(6)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        Assert.Equal(
            "rows_per_minute",
            (await Refused.ByAsync(hub.Reports.SubmitReportAsync(Rows.Report("more", Rows.Days(6)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled))).Metadata["limit"]);
        await AskAsync(hub, Rows.Reporter);
    }

    [Fact]
    public async Task A_question_that_costs_more_than_is_left_is_refused_before_it_is_computed()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 4, 10, 0, 0, 0, TimeSpan.Zero));
        await using var hub = await RunningHub.StartAsync(time: time, limits: new HubLimits { Default = new OrganizationLimits { QuerySecondsPerMinute = 0.5 } });
        // Of 10,000 cells; the clock of the hub stands still, so that nothing but the estimate is ever taken.
        var large = new CompareMetricsRequest
        {
            Indicators = { "HUB-HW-GEN" },
            Regions = { "511800", "500101" },
            Periods = { Enumerable.Range(0, 5_000).Select(day => new DateOnly(2000, 1, 1).AddDays(day).ToString("yyyy-MM-dd")) },
        };
        var quota = ((Quotas)hub.Services.GetService(typeof(Quotas))!).Of(Rows.Reporter, QuotaClass.Questions);
        quota.Work(TimeSpan.FromSeconds(0.1));
        var refused = await Refused.ByAsync(hub.Metrics.CompareMetricsAsync(large, RunningHub.As(Rows.Reporter), cancellationToken: Cancelled));
        Assert.Equal("query_seconds_per_minute", refused.Metadata["limit"]);
        await CompareAsync(hub, Rows.Reporter);

        time.Advance(TimeSpan.FromMinutes(1));
        await hub.Metrics.CompareMetricsAsync(large, RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
    }

    [Fact]
    public async Task Rows_beyond_what_may_be_stored_are_refused_with_how_many_there_are_and_a_commit_is_not()
    {
        await using var hub = await StartAsync(new OrganizationLimits { StoredRows = 10 });
        await hub.Reports.SubmitReportAsync(Rows.Report("first", Rows.Days(4)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        var refused = await Refused.ByAsync(hub.Reports.SubmitReportAsync(Rows.Report("large", Rows.Days(7, from: 10)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled));
        Assert.Equal((ErrorReason.QuotaExceeded, "stored_rows", "10", "11"), (refused.Reason, refused.Metadata["limit"], refused.Metadata["limit_value"], refused.Metadata["asked"]));

        var rows = Rows.Days(6, from: 20);
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync("fits");
        await talk.ChunkAsync(0, rows);
        await talk.HearAckAsync();
        await talk.CommitAsync(rows);
        await talk.HearCommittedAsync();

        await talk.OpenAsync("too-much");
        await talk.ChunkAsync(0, Rows.Days(1, from: 30));
        await talk.HearRefusalAsync(ErrorReason.QuotaExceeded);
        // A check stores nothing, a report that is committed is told again, and others have room of their own.
        await talk.OpenAsync("check", open => open.ValidateOnly = true);
        await talk.ChunkAsync(0, Rows.Days(1, from: 30));
        await talk.HearAckAsync();
        var again = await hub.Reports.SubmitReportAsync(Rows.Report("first", Rows.Days(4)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        Assert.Equal(4, again.Committed.Counts.Created);
        await hub.Reports.SubmitReportAsync(
            new SubmitReportRequest { Report = Rows.Name("r", "wanzhou"), Rows = { Rows.Rate("2023", "50") } }, RunningHub.As("wanzhou"), cancellationToken: Cancelled);
    }

    [Fact]
    public void A_caller_that_makes_up_names_gets_no_more_than_one_quota_for_all_of_them()
    {
        var quotas = new Quotas(new HubLimits { Default = new OrganizationLimits { CallsPerMinute = 5 } }, TimeProvider.System);
        for (var name = 0; name < 20_000; name++) quotas.Of($"o{name}", QuotaClass.Reports).Enter();
        for (var name = 0; name < 5; name++) quotas.Of($"late{name}", QuotaClass.Reports).Enter();
        Assert.Throws<RpcException>(() => quotas.Of("late-too", QuotaClass.Reports).Enter());
    }

    /// <summary>As a client does that is told to come back.</summary>
    private static async Task AgainAsync(Func<Task> attempt)
    {
        for (var left = 100; ; left--)
        {
            try
            {
                await attempt();
                return;
            }
            catch (RpcException e) when (left > 0 && e.StatusCode is StatusCode.ResourceExhausted or StatusCode.Cancelled)
            {
                await Task.Delay(100, Cancelled);
            }
        }
    }

    private static Task<RunningHub> StartAsync(OrganizationLimits standard, params (string Id, OrganizationLimits Limits)[] others) =>
        RunningHub.StartAsync(limits: new HubLimits { Default = standard, Organizations = others.ToDictionary(other => other.Id, other => other.Limits) });

    private static async Task InfoAsync(RunningHub hub, string organization) =>
        await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), RunningHub.As(organization), cancellationToken: Cancelled);

    private static async Task AskAsync(RunningHub hub, string organization) =>
        await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), RunningHub.As(organization), cancellationToken: Cancelled);

    private static async Task CompareAsync(RunningHub hub, string organization) =>
        await hub.Metrics.CompareMetricsAsync(
            new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800", "500101" }, Periods = { "2023" } },
            RunningHub.As(organization), cancellationToken: Cancelled);

    /// <summary>Whatever the stream still says, it ends with the limit.</summary>
    private static async Task<(ErrorReason Reason, string Limit)> LimitAsync(ReportTalk talk)
    {
        var refused = await talk.HearLastRefusalAsync();
        return (refused.Reason, refused.Metadata["limit"]);
    }
}
