using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Hubs;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>A running hub that is denied room on the disk, or descriptors, for a while: it lives on, loses nothing, and serves again.</summary>
public sealed class StarvationTests
{
    private const int Descriptors = 800;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_hub_whose_files_may_not_grow_refuses_with_a_reason_and_goes_on_when_they_may()
    {
        await using var stage = await StartAsync(seed: 91);
        var process = stage.Slots[0].Process!;
        var random = stage.Fork();
        await new SdkWriter(stage.Checks).RunAsync(process.Address, stage.Book.New(random, 10, "before"), TestContext.Current.CancellationToken);
        Assert.True(await StarvedProcess.LimitFilesAsync(process.Id, 1 << 20));

        // 600 rows of 3 KB are more than a log of 1 MB takes.
        var large = stage.Book.New(random, 600, "large", isLong: true);
        using (var line = new HubLine(process.Address))
        await using (var upload = new RawUpload(line, large, stage.Checks, Limit))
        {
            if (await upload.OpenAsync() && await upload.Opened is not null)
            {
                while (!upload.IsAllSent && await upload.NextAsync(20))
                {
                }
                await upload.CommitAsync();
            }
            Assert.Contains(await upload.ReasonAsync(), new[] { ErrorReason.StoreUnavailable, ErrorReason.StoreFull });
        }
        Assert.True(await StarvedProcess.FreeFilesAsync(process.Id));
        await new SdkWriter(stage.Checks).RunAsync(process.Address, large, TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.True(process.IsAlive, process.LastWords);
        await stage.AssertSettledAsync(Property.AckedIsDurable, Property.EveryErrorIsTyped, Property.CommitOnce, Property.NothingTwice);
    }

    [Fact]
    public async Task A_hub_with_fewer_descriptors_than_connections_lives_on_and_serves_when_they_are_gone()
    {
        await using var stage = await StartAsync(seed: 92, Descriptors);
        var process = stage.Slots[0].Process!;
        var random = stage.Fork();
        await new SdkWriter(stage.Checks).RunAsync(process.Address, stage.Book.New(random, 10, "before"), TestContext.Current.CancellationToken);
        Task sending;
        using (await Crowd.ConnectAsync(process.EndPoint, 2 * Descriptors, TestContext.Current.CancellationToken))
        {
            // Whatever this caller is told, it is told with a reason or by a broken line.
            sending = new SdkWriter(stage.Checks).RunAsync(process.Address, stage.Book.New(random, 200, "crowd"), TestContext.Current.CancellationToken);
            await Task.Delay(1_000, TestContext.Current.CancellationToken);
            Assert.True(process.IsAlive, process.LastWords);
        }

        await sending.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(process.IsAlive, process.LastWords);
        await stage.AssertSettledAsync(Property.AckedIsDurable, Property.CommitOnce, Property.NothingTwice);
    }

    private static async Task<Stage> StartAsync(int seed, int? descriptors = null)
    {
        Assert.SkipUnless(StarvedProcess.IsPossible, "It needs prlimit.");
        var stage = await StageForTest.CreateAsync(seed);
        stage.Slots[0].Take(await stage.Slots[0].PrepareAsync(null, TestContext.Current.CancellationToken, descriptors));
        stage.Follow();
        return stage;
    }
}
