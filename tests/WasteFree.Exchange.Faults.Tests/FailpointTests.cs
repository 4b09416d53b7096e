using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Faults.Network;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>A hub that is killed at each place where a promise is made.</summary>
public sealed class FailpointTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_hub_killed_at_every_failpoint_loses_nothing_that_it_acknowledged_and_doubles_nothing()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 11);
        var slot = stage.Slots[0];
        await using var line = new FaultProxy(() => slot.EndPoint, () => null);
        stage.Follow();
        stage.Watch("all", () => line.Address, CellFilter.All);
        var random = stage.Fork();
        var uploads = new List<Task>();
        foreach (var failpoint in Failpoint.All)
        {
            // A hub that starts commits a little of its own: the kill shall fall among the chunks.
            var count = failpoint is Failpoint.BeforeCommit or Failpoint.AfterCommit ? 8 : 2;
            var process = await slot.PrepareAsync($"{failpoint}:{count}", TestContext.Current.CancellationToken);
            slot.Take(process);
            // Rows of 3 KB: a hundred of them are three chunks.
            uploads.Add(new SdkWriter(stage.Checks).RunAsync(line.Address, stage.Book.New(random, 100, "sdk", isLong: true), CancellationToken.None));
            uploads.Add(new SdkWriter(stage.Checks).RunAsync(line.Address, stage.Book.New(random, 10, "small"), CancellationToken.None));
            await slot.EndAsync(Limit, TestContext.Current.CancellationToken);
            Assert.True(process.WasKilledByItself, $"{failpoint} was never reached.");
            await process.DisposeAsync();
        }
        await slot.StartAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(uploads).WaitAsync(Limit, TestContext.Current.CancellationToken);

        await stage.AssertSettledAsync(Property.NothingTwice, Property.CommitOnce, Property.AtomicVisibility, Property.Complete, Property.Resumable);
    }

    [Fact]
    public async Task A_hub_with_an_unknown_failpoint_does_not_serve()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 12);
        // A misspelt place would otherwise let a test pass that kills nothing.
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => stage.Slots[0].PrepareAsync("no.such.place", TestContext.Current.CancellationToken));
        Assert.Contains("no.such.place", refused.Message, StringComparison.Ordinal);
    }
}
