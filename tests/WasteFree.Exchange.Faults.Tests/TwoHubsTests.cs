using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Hubs;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Faults.Network;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>Two hubs on one database.</summary>
public sealed class TwoHubsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Eight_uploads_in_parallel_survive_kills_of_both_hubs_and_every_watcher_sees_each_change_once()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 31);
        await Task.WhenAll(stage.Slots.Select(slot => slot.StartAsync(TestContext.Current.CancellationToken)));
        await using var line = new FaultProxy(stage.Balance, () => null);
        stage.Follow();
        stage.Watch("all", () => line.Address, CellFilter.All);
        stage.Watch("snapshot", () => line.Address, CellFilter.All, WatchStart.Snapshot);
        stage.Watch("stretch", () => line.Address, CellFilter.Random(stage.Fork()));
        stage.Watch("reports", () => line.Address, CellFilter.All with { Organizations = [1] }, detail: WatchDetail.Report);
        stage.Watch("nothing", () => line.Address, CellFilter.Nothing);
        stage.Watch("province", () => line.Address, CellFilter.All with { Caller = 0 });
        stage.Watch("province-snapshot", () => line.Address, CellFilter.All with { Caller = 3 }, WatchStart.Snapshot);

        var uploads = Task.WhenAll([.. Enumerable.Range(0, 4).Select(_ => SdkAsync(stage, line)), .. Enumerable.Range(0, 4).Select(_ => ScriptedAsync(stage, line))]);
        for (var kill = 0; kill < 4; kill++)
        {
            var slot = stage.Slots[kill % 2];
            await slot.EndAsync(TimeSpan.FromMilliseconds(stage.Next(1_500)), TestContext.Current.CancellationToken);
            await slot.StartAsync(TestContext.Current.CancellationToken);
        }
        await uploads.WaitAsync(Limit, TestContext.Current.CancellationToken);

        await stage.AssertSettledAsync(
            Property.AckedIsDurable, Property.NothingTwice, Property.CommitOnce, Property.MonotonicAck, Property.OffsetStability,
            Property.Ordered, Property.Unique, Property.Complete, Property.Atomic, Property.Resumable, Property.Bookmarkable,
            Property.FilterExact, Property.AuthorisedAtDelivery, Property.SnapshotJoins);
    }

    [Fact]
    public async Task A_writer_that_was_overtaken_on_the_other_hub_gets_nothing_in()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 32);
        await Task.WhenAll(stage.Slots.Select(slot => slot.StartAsync(TestContext.Current.CancellationToken)));
        stage.Follow();
        var random = stage.Fork();
        for (var duel = 0; duel < 10; duel++)
        {
            var report = stage.Book.New(random, 50 + duel, "duel");
            await new FencingProbe(stage.Checks, random).RunAsync(
                stage.Slots[duel % 2].Process!.Address, stage.Slots[1 - duel % 2].Process!.Address, report, TestContext.Current.CancellationToken);
            await new SdkWriter(stage.Checks).RunAsync(stage.Slots[0].Process!.Address, report, TestContext.Current.CancellationToken);
        }

        // Each older writer hears of it, be it at its chunk or at its commit; some late Opens of its own may come on top.
        Assert.InRange(stage.Checks.Fenced, 10, 40);
        await stage.AssertSettledAsync(Property.Fencing, Property.EndsOnce, Property.OffsetStability, Property.AckedIsDurable);
    }

    [Fact]
    public async Task A_receipt_is_the_same_for_ever_on_every_hub_and_a_withdrawal_too()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 33);
        await Task.WhenAll(stage.Slots.Select(slot => slot.StartAsync(TestContext.Current.CancellationToken)));
        stage.Follow();
        var random = stage.Fork();
        var calls = new SingleCalls(stage.Checks, () => stage.Slots[stage.Next(2)].Process!.Address);
        var reports = Enumerable.Range(0, 6).Select(_ => stage.Book.New(random, 30, "single")).ToList();
        foreach (var report in reports) await calls.SubmitAsync(report, TestContext.Current.CancellationToken);
        foreach (var report in reports.Take(3)) await calls.WithdrawAsync(report, TestContext.Current.CancellationToken);
        foreach (var report in reports) await calls.RepeatAsync(report, TestContext.Current.CancellationToken);
        foreach (var _ in reports)
            await new ObservationReader(stage.Checks, stage.Model, random).RunAsync(stage.Slots[0].Process!.Address, TestContext.Current.CancellationToken);

        await stage.AssertSettledAsync(Property.CommitOnce, Property.EveryErrorIsTyped, Property.AtomicVisibility);
    }

    [Fact]
    public async Task A_hub_told_to_end_says_goodbye_to_a_reading_peer_and_is_not_held_by_one_that_does_not_read()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 34);
        await Task.WhenAll(stage.Slots.Select(slot => slot.StartAsync(TestContext.Current.CancellationToken)));
        stage.Follow();
        var random = stage.Fork();
        var (read, unread) = (stage.Book.New(random, 2_000, "read"), stage.Book.New(random, 10, "unread"));
        stage.Watch("all", () => (stage.Slots[0].Process ?? stage.Slots[1].Process)!.Address, CellFilter.All);
        await new DrainProbe(stage.Checks).RunAsync(stage.Slots[0], read, unread);
        foreach (var report in new[] { read, unread })
            await new SdkWriter(stage.Checks).RunAsync(stage.Slots[1].Process!.Address, report, TestContext.Current.CancellationToken);

        await stage.AssertSettledAsync(Property.DrainClean, Property.EveryErrorIsTyped);
    }

    private static async Task SdkAsync(Stage stage, FaultProxy line)
    {
        var random = stage.Fork();
        for (var i = 0; i < 3; i++)
            await new SdkWriter(stage.Checks).RunAsync(line.Address, stage.Book.New(random, random.Next(50, 1_500), "sdk"), TestContext.Current.CancellationToken);
    }

    private static async Task ScriptedAsync(Stage stage, FaultProxy line)
    {
        var random = stage.Fork();
        var writer = new ScriptedWriter(stage.Checks, random);
        for (var i = 0; i < 3; i++)
        {
            var reports = Enumerable.Range(0, 2).Select(_ => stage.Book.New(random, random.Next(20, 600), "raw", mayHaveBadRows: true, of: i)).ToList();
            while (reports.Exists(report => !report.IsDone))
            {
                await writer.RunAsync(line.Address, [.. reports.Where(report => !report.IsDone)], TestContext.Current.CancellationToken);
                await Task.Delay(50, TestContext.Current.CancellationToken); // a hub that is down is not asked a thousand times
            }
        }
    }
}
