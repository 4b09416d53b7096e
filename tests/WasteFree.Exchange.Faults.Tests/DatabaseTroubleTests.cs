using Dapper;
using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Hubs;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Faults.Network;
using WasteFree.Exchange.Tests.Shared;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>A full disk, a locked database, a clock that jumps.</summary>
public sealed class DatabaseTroubleTests
{
    [Fact]
    public async Task A_full_disk_refuses_with_a_reason_and_the_uploads_go_on_when_there_is_room_again()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 41);
        var hub = await HubHere.StartAsync(stage, maxPages: 200, cancellationToken: TestContext.Current.CancellationToken);
        await using var line = new FaultProxy(() => hub.EndPoint, () => null);
        stage.Follow();
        var random = stage.Fork();
        var small = stage.Book.New(random, 5, "small");
        await new SdkWriter(stage.Checks).RunAsync(line.Address, small, TestContext.Current.CancellationToken);

        // 600 rows of 3 KB are more than the 800 KB that there are.
        var large = stage.Book.New(random, 600, "large", isLong: true);
        using (var through = new HubLine(line.Address))
        await using (var upload = new RawUpload(through, large, stage.Checks, TimeSpan.FromSeconds(30)))
        {
            Assert.True(await upload.OpenAsync());
            Assert.NotNull(await upload.Opened);
            while (!upload.IsAllSent && await upload.NextAsync(20))
            {
            }
            await upload.CommitAsync();
            Assert.Equal(V1.ErrorReason.StoreUnavailable, await upload.ReasonAsync());
            Assert.InRange(upload.Acked, 1, large.Rows.Count - 1);
        }
        var sending = new SdkWriter(stage.Checks).RunAsync(line.Address, large, TestContext.Current.CancellationToken);
        await hub.DisposeAsync();
        hub = await HubHere.StartAsync(stage, cancellationToken: TestContext.Current.CancellationToken);
        await sending;

        await stage.AssertSettledAsync(Property.AckedIsDurable, Property.EveryErrorIsTyped, Property.NothingTwice);
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_locked_database_makes_acknowledgements_wait_and_loses_nothing()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 42);
        await using var hub = await HubHere.StartAsync(stage, cancellationToken: TestContext.Current.CancellationToken);
        stage.Follow();
        var random = stage.Fork();
        var report = stage.Book.New(random, 40, "locked");
        using var line = new HubLine(hub.Address);
        await using var upload = new RawUpload(line, report, stage.Checks, TimeSpan.FromSeconds(30));
        Assert.True(await upload.OpenAsync());
        Assert.NotNull(await upload.Opened);

        using (var other = stage.Database.Open())
        {
            other.Execute("BEGIN IMMEDIATE");
            Assert.True(await upload.NextAsync(20));
            await Task.Delay(1_000, TestContext.Current.CancellationToken); // the lock outlives many attempts of the writer
            Assert.Equal(0, upload.Acked);
            other.Execute("ROLLBACK");
        }
        Assert.True(await upload.NextAsync(20));
        Assert.True(await upload.CommitAsync());
        Assert.NotNull((await upload.Answer)?.Committed);

        await stage.AssertSettledAsync(Property.AckedIsDurable, Property.CommitOnce);
    }

    [Fact]
    public async Task A_clock_that_jumps_leaves_the_ledger_in_order()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 43);
        var time = new WallClock(TimeProvider.System);
        await using var hub = await HubHere.StartAsync(stage, time, cancellationToken: TestContext.Current.CancellationToken);
        stage.Follow();
        stage.Watch("all", () => hub.Address, CellFilter.All);
        var random = stage.Fork();
        foreach (var step in new[] { 0, -86_400, 200, -7_200, 100, -30 * 86_400 })
        {
            time.Step = TimeSpan.FromSeconds(step);
            await new SdkWriter(stage.Checks).RunAsync(hub.Address, stage.Book.New(random, 20, "jump"), TestContext.Current.CancellationToken);
        }
        using (var connection = stage.Database.Open())
        {
            var instants = connection.Query<long>("SELECT committed_at FROM ledger ORDER BY position").ToList();
            Assert.Equal(instants.Distinct().Order(), instants);
        }
        await stage.AssertSettledAsync(Property.CommitOnce, Property.Complete, Property.InstantsHold);
    }

    [Fact]
    public async Task A_clock_that_steps_far_forward_stops_commits_until_it_is_right_and_nothing_bears_its_time()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 44);
        var time = new WallClock(TimeProvider.System);
        await using var hub = await HubHere.StartAsync(stage, time, cancellationToken: TestContext.Current.CancellationToken);
        stage.Follow();
        var random = stage.Fork();
        await new SdkWriter(stage.Checks).RunAsync(hub.Address, stage.Book.New(random, 20, "right"), TestContext.Current.CancellationToken);
        time.Step = TimeSpan.FromDays(30);
        var ahead = stage.Book.New(random, 20, "ahead");
        var sending = new SdkWriter(stage.Checks).RunAsync(hub.Address, ahead, TestContext.Current.CancellationToken);
        await new ScriptedWriter(stage.Checks, random).RunAsync(hub.Address, [stage.Book.New(random, 20, "told")], TestContext.Current.CancellationToken);
        Assert.Null(ahead.Receipt);

        time.Step = TimeSpan.Zero;
        await sending;
        foreach (var report in stage.Book.UnderWay.ToList())
            await new SdkWriter(stage.Checks).RunAsync(hub.Address, report, TestContext.Current.CancellationToken);
        await stage.AssertSettledAsync(Property.CommitOnce, Property.InstantsHold, Property.EveryErrorIsTyped);
    }
}
