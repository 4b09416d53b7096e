using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>The feed over the wire.</summary>
public sealed class WatchingTheFeed
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_watch_from_the_earliest_tells_every_change_in_order_and_resumes_after_each_token()
    {
        await using var hub = await RunningHub.StartAsync();
        await SubmitAsync(hub, "r1", SubmittingReports.Row("2022", "1"));
        await SubmitAsync(hub, "r2", SubmittingReports.Row("2022", "2"), SubmittingReports.Row("2023", "3"));
        await hub.Reports.WithdrawReportAsync(
            new WithdrawReportRequest { Name = "organizations/yaan/reports/r2", Reason = "wrong" }, RunningHub.As("yaan"), cancellationToken: Cancelled);

        var all = await ReadAsync(hub, new WatchRequest { StartAt = WatchStart.Earliest });
        Assert.Equal([1, 2, 3, 4], all.Select(change => change.Change.Position));
        Assert.Equal([0, 1, 2, 2], all.Select(change => change.Change.Observations.Count));
        Assert.All(all[3].Change.Observations, row => Assert.Equal(ObservationAction.Removed, row.Action));

        for (var i = 0; i < all.Count; i++)
        {
            var rest = await ReadAsync(hub, new WatchRequest { ResumeToken = all[i].ResumeToken });
            Assert.Equal(all.Skip(i + 1).Select(WithoutToken), rest.Select(WithoutToken));
        }
    }

    /// <summary>A token is sealed anew each time; what it stands for is looked at by going on from it.</summary>
    private static WatchResponse WithoutToken(WatchResponse message) => new(message) { ResumeToken = "" };

    [Fact]
    public async Task A_snapshot_is_what_a_replay_ends_with()
    {
        await using var hub = await RunningHub.StartAsync();
        await SubmitAsync(hub, "r1", SubmittingReports.Row("2022", "1"), SubmittingReports.Row("2021", "7"));
        await SubmitAsync(hub, "r2", SubmittingReports.Row("2022", "2"));

        using var watch = hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Snapshot }, cancellationToken: Cancelled);
        var rows = new List<ObservationRecord>();
        while (await watch.ResponseStream.MoveNext(Cancelled) && watch.ResponseStream.Current.MessageCase == WatchResponse.MessageOneofCase.SnapshotPart)
            rows.AddRange(watch.ResponseStream.Current.SnapshotPart.Observations);
        Assert.Equal(3, watch.ResponseStream.Current.SnapshotEnd.Position);
        Assert.Equal(["7", "2"], rows.Select(row => row.Observation.Value));
    }

    [Fact]
    public async Task A_snapshot_goes_on_after_the_token_of_each_part_whatever_came_since()
    {
        await using var hub = await RunningHub.StartAsync();
        await SubmitAsync(hub, "r1", Rows.Days(950));
        var whole = await SnapshotAsync(hub, new WatchRequest { StartAt = WatchStart.Snapshot });
        Assert.True(whole.Count > 4, "The snapshot has too few parts.");

        await SubmitAsync(hub, "r2", [.. Rows.Days(950).Select(row => new Observation(row) { Value = "7" })]);

        for (var i = 0; i < whole.Count; i++)
        {
            var rest = await SnapshotAsync(hub, new WatchRequest { ResumeToken = whole[i].ResumeToken });
            Assert.Equal(whole.Skip(i + 1).Select(WithoutToken), rest.Select(WithoutToken));
        }
        // What came since is told behind the snapshot, as to a watch that never broke.
        var changes = await ReadAsync(hub, new WatchRequest { ResumeToken = whole[2].ResumeToken });
        Assert.Equal(950, changes.Where(message => message.Change is not null).Sum(message => message.Change.Observations.Count));
    }

    /// <summary>The parts of a snapshot and its end.</summary>
    private static async Task<List<WatchResponse>> SnapshotAsync(RunningHub hub, WatchRequest request)
    {
        using var watch = hub.Feed.Watch(request, cancellationToken: Cancelled);
        var parts = new List<WatchResponse>();
        while (await watch.ResponseStream.MoveNext(Cancelled))
        {
            if (watch.ResponseStream.Current is not { SnapshotPart: not null } and not { SnapshotEnd: not null }) break;
            parts.Add(watch.ResponseStream.Current);
            if (watch.ResponseStream.Current.SnapshotEnd is not null) break;
        }
        return parts;
    }

    private static async Task SubmitAsync(RunningHub hub, string id, params Observation[] rows)
    {
        var response = await hub.Reports.SubmitReportAsync(SubmittingReports.Yaan(id, rows), RunningHub.As("yaan"), cancellationToken: Cancelled);
        Assert.NotNull(response.Committed);
    }

    /// <summary>Every change up to the head.</summary>
    private static async Task<List<WatchResponse>> ReadAsync(RunningHub hub, WatchRequest request)
    {
        using var watch = hub.Feed.Watch(request, cancellationToken: Cancelled);
        var changes = new List<WatchResponse>();
        while (await watch.ResponseStream.MoveNext(Cancelled) && watch.ResponseStream.Current.MessageCase != WatchResponse.MessageOneofCase.CaughtUp)
            changes.Add(watch.ResponseStream.Current);
        return changes;
    }
}
