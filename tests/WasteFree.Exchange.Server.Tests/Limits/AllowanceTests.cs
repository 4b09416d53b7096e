using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Server.Limits;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Limits;

/// <summary>So much a minute, refilled evenly, a debt paid before anything else.</summary>
public sealed class AllowanceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_full_allowance_is_there_at_once_and_then_comes_evenly()
    {
        var allowance = new Allowance(60, _time);
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(TimeSpan.Zero, allowance.Wait);
            allowance.Take(1);
        }
        Assert.InRange(allowance.Wait, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, allowance.Wait);
        allowance.Take(2);
        Assert.NotEqual(TimeSpan.Zero, allowance.Wait);
    }

    [Fact]
    public void What_is_taken_beyond_it_is_a_debt_that_time_pays()
    {
        var allowance = new Allowance(60, _time);
        allowance.Take(90);
        Assert.Equal(30, allowance.Wait.TotalSeconds, precision: 1);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.NotEqual(TimeSpan.Zero, allowance.Wait);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, allowance.Wait);
    }

    [Fact]
    public void A_debt_is_a_minute_s_worth_however_much_is_taken()
    {
        var allowance = new Allowance(60, _time);
        for (var i = 0; i < 100; i++) allowance.Take(6_000);
        Assert.Equal(60, allowance.Wait.TotalSeconds, precision: 1);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(TimeSpan.Zero, allowance.Wait);
    }

    [Fact]
    public void What_is_given_back_is_no_more_than_there_ever_was()
    {
        var allowance = new Allowance(60, _time);
        allowance.Take(10);
        allowance.Take(-100);
        Assert.Equal(TimeSpan.Zero, allowance.WaitFor(60));
        allowance.Take(60);
        Assert.NotEqual(TimeSpan.Zero, allowance.Wait);
    }

    [Fact]
    public void More_than_a_minute_s_worth_is_there_when_the_allowance_is_full()
    {
        var allowance = new Allowance(60, _time);
        Assert.Equal(TimeSpan.Zero, allowance.WaitFor(1_000));
        allowance.Take(30);
        Assert.Equal(30, allowance.WaitFor(1_000).TotalSeconds, precision: 1);
    }

    [Fact]
    public void What_is_not_used_does_not_pile_up()
    {
        var allowance = new Allowance(60, _time);
        _time.Advance(TimeSpan.FromHours(1));
        allowance.Take(61);
        Assert.NotEqual(TimeSpan.Zero, allowance.Wait);
    }

    [Fact]
    public void Callers_at_one_time_take_exactly_what_they_take()
    {
        var allowance = new Allowance(100_000, _time);
        Parallel.For(0, 100_000, _ => allowance.Take(1));
        Assert.NotEqual(TimeSpan.Zero, allowance.Wait);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, allowance.Wait);
    }
}
