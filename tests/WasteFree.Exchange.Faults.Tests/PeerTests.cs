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
        await using var stream = new RawStream(address, report.Organization, stage.Checks, Limit, reads.Task);
        var upload = stream.Add(1, report);
        Assert.True(await stream.WriteAsync(upload.Open()));
        // Each ping has an answer. The hub stops reading when its queue of answers and the client's window are full.
        var flood = FloodAsync(stream);
        await new SdkWriter(stage.Checks).RunAsync(address, other, TestContext.Current.CancellationToken);
        stage.Slots[0].Measure();

        reads.SetResult();
        Assert.NotNull(await upload.Opened);
        while (upload.Sent < report.Rows.Count) Assert.True(await stream.WriteAsync(upload.Next(50)));
        Assert.True(await stream.WriteAsync(upload.Commit()));
        Assert.NotNull((await upload.Ended)?.Committed);
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
        await using (var stream = new RawStream(line.Address, report.Organization, stage.Checks, TimeSpan.FromSeconds(3)))
        {
            var upload = stream.Add(1, report);
            Assert.True(await stream.WriteAsync(upload.Open()));
            Assert.NotNull(await upload.Opened);
            while (upload.Sent < report.Rows.Count && await stream.WriteAsync(upload.Next(10)))
            {
            }
            await stream.WriteAsync(upload.Commit());
            Assert.Null(await upload.Ended);
        }
        await new SdkWriter(stage.Checks).RunAsync(stage.Slots[0].Process!.Address, report, TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);

        await stage.AssertSettledAsync(Property.CommitOnce);
    }

    private static async Task FloodAsync(RawStream stream)
    {
        for (var nonce = 1u; nonce <= 40_000; nonce++)
            if (!await stream.PingAsync(nonce)) return;
    }
}
