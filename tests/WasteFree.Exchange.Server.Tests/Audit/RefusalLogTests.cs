using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Audit;

/// <summary>Who was refused what: each kind once, then counted, whatever is thrown at the hub.</summary>
public sealed class RefusalLogTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_call_is_logged_with_who_tried_what()
    {
        await using var hub = await RunningHub.StartAsync();
        await RefuseAsync(hub, RunningHub.As("wanzhou-eeb"), "organizations/yaan/reports/r1");
        await RefuseAsync(hub, RunningHub.As("yaan", "reader"), "organizations/yaan/reports/r1");
        await RefuseAsync(hub, RunningHub.As("NOT AN ID"), "organizations/yaan/reports/r1", StatusCode.Unauthenticated);
        using (var watch = hub.Feed.Watch(new WatchRequest(), RunningHub.As("yaan", "reporter"), cancellationToken: Cancelled))
            await Refused.ByAsync(() => watch.ResponseStream.MoveNext(Cancelled));
        using (var talk = ReportTalk.With(hub, "wanzhou-eeb"))
        {
            await talk.AskOpenAsync("", open => open.Report = "organizations/yaan/reports/r9");
            await talk.HearRefusalAsync(ErrorReason.AuthorityMissing);
            await talk.AskOpenAsync("", open => open.Report = "not a name");
            await talk.HearRefusalAsync(ErrorReason.FieldInvalid);
        }

        Assert.Equal(
            [
                "wanzhou-eeb|ReportService/WithdrawReport|organizations/yaan/reports/r1|PERMISSION_DENIED|AUTHORITY_MISSING||1",
                "yaan|ReportService/WithdrawReport|organizations/yaan/reports/r1|PERMISSION_DENIED|AUTHORITY_MISSING||1",
                // Of whoever is nobody no message is read.
                "|ReportService/WithdrawReport||UNAUTHENTICATED|IDENTITY_MISSING||1",
                "yaan|FeedService/Watch||PERMISSION_DENIED|AUTHORITY_MISSING||1",
                "wanzhou-eeb|ReportService/UploadReport|organizations/yaan/reports/r9|PERMISSION_DENIED|AUTHORITY_MISSING||1",
            ],
            (await AuditLog.ReadAsync(hub)).Select(AuditLog.Text));
    }

    [Fact]
    public async Task A_flood_of_refused_calls_is_one_entry_and_its_count()
    {
        const int Calls = 2_000;
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 4, 10, 0, 0, 0, TimeSpan.Zero));
        await using var hub = await RunningHub.StartAsync(time: time);
        for (var i = 0; i < Calls; i += 100)
            await Task.WhenAll(Enumerable.Range(i, 100).Select(n => RefuseAsync(hub, RunningHub.As("wanzhou-eeb"), $"organizations/yaan/reports/r{n}")));
        Assert.Single(await AuditLog.ReadAsync(hub));

        var entries = await AfterAMinuteAsync(hub, time, 2);

        Assert.Equal([1, Calls - 1L], entries.Select(entry => entry.CallCount));
        Assert.Equal("wanzhou-eeb|ReportService/WithdrawReport||PERMISSION_DENIED|AUTHORITY_MISSING||1999", AuditLog.Text(entries[1]));
    }

    [Fact]
    public async Task Made_up_names_do_not_make_more_entries_than_a_minute_has_room_for_and_none_is_lost()
    {
        const int Callers = 3 * RefusalLog.MostKinds;
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 4, 10, 0, 0, 0, TimeSpan.Zero));
        await using var hub = await RunningHub.StartAsync(time: time);
        for (var round = 0; round < 2; round++)
            for (var i = 0; i < Callers; i++) await RefuseAsync(hub, RunningHub.As($"made-up-{i}"), "organizations/yaan/reports/r1");
        Assert.Equal(RefusalLog.MostKinds + 1, (await AuditLog.ReadAsync(hub)).Count);

        // Each kind once more, and the others as one.
        var entries = await AfterAMinuteAsync(hub, time, 2 * RefusalLog.MostKinds + 2, hubToo: true);

        Assert.Equal(2 * Callers, entries.Sum(entry => entry.CallCount));
        var others = Assert.Single(entries, entry => entry.Operation == "hub/RefuseOthers");
        Assert.Equal(2 * (Callers - RefusalLog.MostKinds) - 1, others.CallCount);
    }

    [Fact]
    public async Task Where_the_log_cannot_be_written_a_refusal_stays_one_and_is_logged_when_it_can_be_again()
    {
        HubFolder.RequireSqlite();
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 4, 10, 0, 0, 0, TimeSpan.Zero));
        await using var hub = await RunningHub.StartAsync(time: time);
        var kept = Database.Count(hub, "SELECT position FROM audit_head");
        Database.Execute(hub, "CREATE TABLE kept AS SELECT * FROM audit_head");
        AuditLog.Break(hub);
        for (var i = 0; i < 3; i++) await RefuseAsync(hub, RunningHub.As("wanzhou-eeb"), "organizations/yaan/reports/r1");
        Assert.Equal(kept, Database.Count(hub, "SELECT MAX(position) FROM audit"));

        Database.Execute(hub, "INSERT INTO audit_head SELECT * FROM kept; DROP TABLE kept");
        var entry = Assert.Single(await AfterAMinuteAsync(hub, time, 1));

        Assert.Equal(3, entry.CallCount);
    }

    [Fact]
    public async Task The_counts_of_the_last_minute_are_written_when_the_hub_stops()
    {
        var hub = await RunningHub.StartAsync();
        for (var i = 0; i < 5; i++) await RefuseAsync(hub, RunningHub.As("wanzhou-eeb"), "organizations/yaan/reports/r1");

        await hub.StopAsync();
        await using var again = await hub.RestartAsync();

        Assert.Equal([1, 4L], (await AuditLog.ReadAsync(again)).Select(entry => entry.CallCount));
    }

    [Fact]
    public async Task A_caller_cannot_write_lines_into_the_log()
    {
        await using var hub = await RunningHub.StartAsync();
        var name = "organizations/yaan/reports/r1\n2024-04-10 admin OK\u202e\u001b[2J" + new string('x', 5_000);

        await RefuseAsync(hub, RunningHub.As("yaan", "reader"), name);

        var entry = Assert.Single(await AuditLog.ReadAsync(hub));
        Assert.StartsWith("organizations/yaan/reports/r1\\u000a2024-04-10 admin OK\\u202e\\u001b[2Jxxx", entry.Resource, StringComparison.Ordinal);
        Assert.InRange(entry.Resource.Length, 400, 500);
        Assert.Equal(0, (await AuditLog.VerifyAsync(hub)).TotalSize);
    }

    private static async Task RefuseAsync(RunningHub hub, Metadata caller, string name, StatusCode code = StatusCode.PermissionDenied)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => hub.Reports.WithdrawReportAsync(new WithdrawReportRequest { Name = name, Reason = "示例" }, caller, cancellationToken: Cancelled).ResponseAsync);
        Assert.Equal(code, refused.StatusCode);
    }

    /// <summary>Waits for the entries that the end of a minute brings.</summary>
    private static async Task<IReadOnlyList<AuditEntry>> AfterAMinuteAsync(RunningHub hub, FakeTimeProvider time, int count, bool hubToo = false)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        IReadOnlyList<AuditEntry> entries;
        do
        {
            entries = [.. (await AuditLog.ReadAsync(hub, hubToo)).Where(entry => entry.Status == AuditStatus.PermissionDenied)];
        }
        while (entries.Count < count && !Cancelled.IsCancellationRequested);
        Assert.Equal(count, entries.Count);
        return entries;
    }
}
