using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class ByteWindowTests
{
    [Fact]
    public async Task A_chunk_waits_until_an_acknowledgement_makes_room()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var window = new ByteWindow(100);
        await window.EnterAsync(10, 60, cancellation);
        var second = window.EnterAsync(20, 60, cancellation);
        Assert.False(second.IsCompleted);

        window.Acknowledge(durableOffset: 10, size: 100);
        await second;
        Assert.Equal(60, window.InFlight);
    }

    [Fact]
    public async Task An_acknowledgement_is_cumulative()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var window = new ByteWindow(100);
        await window.EnterAsync(10, 30, cancellation);
        await window.EnterAsync(20, 30, cancellation);
        await window.EnterAsync(30, 30, cancellation);
        window.Acknowledge(durableOffset: 20, size: 100);
        Assert.Equal(30, window.InFlight);
    }

    [Fact]
    public async Task A_chunk_larger_than_the_window_goes_alone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var window = new ByteWindow(10);
        await window.EnterAsync(1, 500, cancellation);
        var next = window.EnterAsync(2, 1, cancellation);
        Assert.False(next.IsCompleted);
        window.Acknowledge(1, 10);
        await next;
    }

    [Fact]
    public async Task The_hub_may_widen_the_window()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var window = new ByteWindow(50);
        await window.EnterAsync(1, 50, cancellation);
        var next = window.EnterAsync(2, 50, cancellation);
        Assert.False(next.IsCompleted);
        window.Acknowledge(durableOffset: 0, size: 100);
        await next;
        Assert.Equal(100, window.InFlight);
    }
}
