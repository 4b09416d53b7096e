using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Tests.Shared;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>An operator puts an older copy of the database back.</summary>
public sealed class RestoredCopyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Watchers_beyond_a_restored_copy_are_told_so_and_senders_send_again_what_it_does_not_hold()
    {
        Assert.SkipWhen(SqlServerForTests.IsAskedFor, "It is about the database file of SQLite.");
        await using var stage = await StageForTest.CreateAsync(seed: 95);
        var slot = stage.Slots[0];
        await slot.StartAsync(TestContext.Current.CancellationToken);
        stage.Follow();
        stage.Watch("all", () => slot.Process!.Address, CellFilter.All);
        stage.Watch("snapshot", () => slot.Process!.Address, CellFilter.All, WatchStart.Snapshot);
        var random = stage.Fork();
        var before = await SendAsync(stage, stage.Book.New(random, 50, "before"));
        var position = stage.Database.Copy()!.Value;
        var after = await SendAsync(stage, stage.Book.New(random, 50, "after"));
        var (kept, gone) = (before.Receipt!, after.Receipt!);
        await new SingleCalls(stage.Checks, () => slot.Process!.Address).WithdrawAsync(before, TestContext.Current.CancellationToken);
        await stage.AssertSettledAsync(Property.CommitOnce, Property.Complete);

        await slot.DisposeAsync();
        await stage.RestoreAsync(position, () => slot.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal([after.Name], stage.Book.UnderWay.Select(report => report.Name));
        await SendAsync(stage, after);

        await stage.AssertSettledAsync(Property.RewindIsTold, Property.InstantsHold, Property.NothingTwice, Property.SnapshotJoins);
        Assert.Equal((kept, position + 1), (before.Receipt, after.Receipt!.Position));
        Assert.NotEqual(gone.EntryHash, after.Receipt.EntryHash);
    }

    private static async Task<ModelReport> SendAsync(Stage stage, ModelReport report)
    {
        await new SdkWriter(stage.Checks).RunAsync(stage.Slots[0].Process!.Address, report, TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        return report;
    }
}
