using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class BackoffTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_gives_up_when_the_time_without_progress_is_over()
    {
        var backoff = new Backoff(_time, TimeSpan.FromMinutes(5), Longest);
        Assert.NotNull(backoff.Next(null));
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.NotNull(backoff.Next(null));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(backoff.Next(null));
    }

    [Fact]
    public void Progress_gives_it_all_the_time_again()
    {
        var backoff = new Backoff(_time, TimeSpan.FromMinutes(5), Longest);
        backoff.Next(null);
        _time.Advance(TimeSpan.FromMinutes(4));
        backoff.Progressed();
        backoff.Next(null);
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.NotNull(backoff.Next(null));
    }

    [Fact]
    public void It_waits_at_least_as_long_as_the_hub_asks()
    {
        var backoff = new Backoff(_time, TimeSpan.FromMinutes(5), Longest);
        Assert.True(backoff.Next(TimeSpan.FromSeconds(7)) >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void A_pause_grows_to_its_cap_and_no_further()
    {
        var backoff = new Backoff(_time, TimeSpan.FromHours(1), Longest);
        var pauses = Enumerable.Range(0, 400).Select(_ => backoff.Next(null)!.Value).ToArray();
        Assert.True(pauses[0] <= TimeSpan.FromMilliseconds(500));
        Assert.All(pauses, pause => Assert.True(pause <= TimeSpan.FromSeconds(30)));
        // Full jitter spreads over the whole range: of 390 pauses up to 30 s some are long and some are short.
        Assert.Contains(pauses[10..], pause => pause > TimeSpan.FromSeconds(20));
        Assert.Contains(pauses[10..], pause => pause < TimeSpan.FromSeconds(10));
    }
}
