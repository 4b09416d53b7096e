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
        allowance.Take(180);
        Assert.Equal(120, allowance.Wait.TotalSeconds, precision: 1);
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.NotEqual(TimeSpan.Zero, allowance.Wait);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, allowance.Wait);
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
