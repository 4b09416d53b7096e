using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Tests.Shared;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>A damaged database and a clock that is ahead are no passing outages: callers, health and the log say which it is.</summary>
public sealed class StoreTroubleTests
{
    private const int Page = 4_096;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clock_that_steps_forward_refuses_reports_with_a_reason_until_it_is_right()
    {
        var wall = new WallClock(TimeProvider.System);
        await using var hub = await RunningHub.StartAsync(time: wall);
        await hub.Reports.SubmitReportAsync(Rows.Report("r1", Rows.Tonnes("2020", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        var head = await HeadAsync(hub);

        wall.Step = TimeSpan.FromHours(1);
        var refused = await Refused.ByAsync(hub.Reports.SubmitReportAsync(Rows.Report("r2", Rows.Tonnes("2021", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled));
        Assert.Equal(ErrorReason.ClockAhead, refused.Reason);
        using (var talk = ReportTalk.With(hub))
        {
            await talk.AskOpenAsync("r3");
            await talk.HearRefusalAsync(ErrorReason.ClockAhead);
        }
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await HealthAsync(hub));
        Assert.Equal(head, await HeadAsync(hub));
        await Eventually.IsAsync(() => hub.Errors.Count > 0);
        Assert.Contains("has stepped forward", Assert.Single(hub.Errors), StringComparison.Ordinal);

        wall.Step = TimeSpan.Zero;
        await hub.Reports.SubmitReportAsync(Rows.Report("r2", Rows.Tonnes("2021", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, await HealthAsync(hub));
        Assert.InRange((await HeadAsync(hub)).CommittedAt, head.CommittedAt, TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_database_that_is_damaged_under_the_hub_is_data_loss_and_no_outage_and_is_logged_once()
    {
        HubFolder.RequireSqlite();
        await using var hub = await RunningHub.StartAsync();
        await hub.Reports.SubmitReportAsync(Rows.Report("r1", Rows.Days(200)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        Overwrite(hub.Data, fromPage: 2);

        var refused = await Refused.ByAsync(hub.Reports.SubmitReportAsync(Rows.Report("r2", Rows.Tonnes("2021", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled));
        Assert.Equal(ErrorReason.StoreDamaged, refused.Reason);
        Assert.DoesNotContain("malformed", refused.MessageEn, StringComparison.Ordinal);
        for (var i = 0; i < 3; i++)
            Assert.Equal(
                ErrorReason.StoreDamaged,
                (await Refused.ByAsync(hub.Reports.SubmitReportAsync(Rows.Report("r3", Rows.Tonnes("2021", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled))).Reason);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await HealthAsync(hub));
        await Eventually.IsAsync(() => hub.Errors.Count > 0);
        Assert.Contains("put the last backup in its place", Assert.Single(hub.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_whose_pages_are_whole_again_is_served_once_a_check_has_passed()
    {
        HubFolder.RequireSqlite();
        await using var hub = await RunningHub.StartAsync();
        await hub.Reports.SubmitReportAsync(Rows.Report("r1", Rows.Days(200)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        var whole = Overwrite(hub.Data, fromPage: 2);
        await Refused.ByAsync(hub.Reports.SubmitReportAsync(Rows.Report("r2", Rows.Tonnes("2021", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled));
        var store = hub.Services.GetRequiredService<IExchangeStore>();
        Assert.NotEmpty((await store.CheckPagesAsync(Cancelled))!);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await HealthAsync(hub));

        Write(hub.Data, whole, fromPage: 1);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await HealthAsync(hub));
        Assert.Empty((await store.CheckPagesAsync(Cancelled))!);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, await HealthAsync(hub));
        await hub.Reports.SubmitReportAsync(Rows.Report("r2", Rows.Tonnes("2021", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_hub_does_not_start_on_a_damaged_database_or_says_so_when_it_is_asked(int fromPage)
    {
        HubFolder.RequireSqlite();
        await using var folder = await HubFolder.CreateAsync();
        await using (var app = Hub.Build(folder.Options(allowIllustrative: false, time: null))) await app.StartAsync(Cancelled);
        Overwrite(folder, fromPage);

        await using var again = Hub.Build(folder.Options(allowIllustrative: false, time: null));
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => again.StartAsync(Cancelled));
        Assert.Equal(StoreTrouble.Damaged, refused.Trouble);
    }

    /// <summary>Everything is moved into the file itself, which is then overwritten; answers what it was.</summary>
    private static byte[] Overwrite(HubFolder folder, int fromPage)
    {
        using (var connection = folder.Connect())
        using (var command = connection.CreateCommand())
        {
            // A change by somebody else makes connections forget the pages that they have in memory.
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA user_version = 7";
            command.ExecuteNonQuery();
        }
        var whole = File.ReadAllBytes(Path.Combine(folder.FullName, HubOptions.DatabaseFile));
        var garbage = new byte[whole.Length - ((fromPage - 1) * Page)];
        new Random(5).NextBytes(garbage);
        Write(folder, garbage, fromPage);
        return whole;
    }

    private static void Write(HubFolder folder, byte[] bytes, int fromPage)
    {
        using var file = new FileStream(Path.Combine(folder.FullName, HubOptions.DatabaseFile), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Seek((fromPage - 1) * Page, SeekOrigin.Begin);
        file.Write(bytes);
    }

    private static async Task<LedgerHead> HeadAsync(RunningHub hub) => await hub.Services.GetRequiredService<IExchangeStore>().ReadHeadAsync(Cancelled);

    private static async Task<HealthCheckResponse.Types.ServingStatus> HealthAsync(RunningHub hub) =>
        (await new Health.HealthClient(hub.Channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancelled)).Status;
}
