using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Faults.Network;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>Peers that do not read, that crawl, that vanish.</summary>
public sealed class PeerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_client_that_stops_reading_is_not_read_on_and_finishes_when_it_reads_again()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 51);
        await stage.Slots[0].StartAsync(TestContext.Current.CancellationToken);
        var address = stage.Slots[0].Process!.Address;
        stage.Follow();
        var random = stage.Fork();
        var (report, other) = (stage.Book.New(random, 500, "stalled"), stage.Book.New(random, 500, "other"));
        var reads = new TaskCompletionSource();
        using var line = new HubLine(address);
        await using var upload = new RawUpload(line, report, stage.Checks, Limit, reads.Task);
        Assert.True(await upload.OpenAsync());
        // Each ping has an answer. The hub stops reading when the client's window is full.
        var flood = FloodAsync(upload);
        await new SdkWriter(stage.Checks).RunAsync(address, other, TestContext.Current.CancellationToken);
        stage.Slots[0].Measure();

        reads.SetResult();
        Assert.NotNull(await upload.Opened);
        while (!upload.IsAllSent) Assert.True(await upload.NextAsync(50));
        Assert.True(await upload.CommitAsync());
        Assert.NotNull((await upload.Answer)?.Committed);
        await flood;
        Assert.InRange(stage.Slots[0].PeakMemory, 1, 400L << 20);
        await stage.AssertSettledAsync(Property.MonotonicAck, Property.CommitOnce);
    }

    [Fact]
    public async Task A_sender_of_one_byte_a_second_holds_nobody_up()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 52);
        await stage.Slots[0].StartAsync(TestContext.Current.CancellationToken);
        stage.Follow();
        var random = stage.Fork();
        ConnectionFault? fault = new(FaultKind.Throttle, Direction.ToHub, 500);
        await using var slow = new FaultProxy(() => stage.Slots[0].EndPoint, () => Interlocked.Exchange(ref fault, null));
        var crawling = new SdkWriter(stage.Checks).RunAsync(slow.Address, stage.Book.New(random, 200, "slow"), TestContext.Current.CancellationToken);
        await slow.HasPassedAsync(Direction.ToHub, 502, TestContext.Current.CancellationToken);

        await new SdkWriter(stage.Checks).RunAsync(stage.Slots[0].Process!.Address, stage.Book.New(random, 2_000, "quick"), TestContext.Current.CancellationToken);
        Assert.False(crawling.IsCompleted);
        slow.CutAll();
        await crawling.WaitAsync(Limit, TestContext.Current.CancellationToken);
        await stage.AssertSettledAsync(Property.CommitOnce);
    }

    [Fact]
    public async Task A_report_whose_line_vanished_without_a_word_goes_on_over_another_line()
    {
        await using var stage = await StageForTest.CreateAsync(seed: 53);
        await stage.Slots[0].StartAsync(TestContext.Current.CancellationToken);
        stage.Follow();
        var report = stage.Book.New(stage.Fork(), 400, "vanished");
        await using var line = new FaultProxy(() => stage.Slots[0].EndPoint, () => new ConnectionFault(FaultKind.Blackhole, Direction.ToHub, 4_000));
        using (var through = new HubLine(line.Address))
        await using (var upload = new RawUpload(through, report, stage.Checks, TimeSpan.FromSeconds(3)))
        {
            Assert.True(await upload.OpenAsync());
            Assert.NotNull(await upload.Opened);
            while (!upload.IsAllSent && await upload.NextAsync(10))
            {
            }
            await upload.CommitAsync();
            Assert.Null(await upload.Answer);
        }
        await new SdkWriter(stage.Checks).RunAsync(stage.Slots[0].Process!.Address, report, TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);

        await stage.AssertSettledAsync(Property.CommitOnce);
    }

    private static async Task FloodAsync(RawUpload upload)
    {
        for (var ping = 0; ping < 40_000; ping++)
            if (!await upload.PingAsync()) return;
    }
}
