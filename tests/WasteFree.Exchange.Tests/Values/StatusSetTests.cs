using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

public sealed class StatusSetTests
{
    [Theory]
    [InlineData("APE", 'E')] // G9
    [InlineData("BQ", 'B')] // G9
    [InlineData("A", 'A')]
    [InlineData("", 'A')]
    [InlineData("GV", 'V')]
    [InlineData("AGVUNPEFIWKDSJQHLMOB", 'B')]
    [InlineData("AGVUNPEFIWKDSJQHLMO", 'O')]
    public void The_single_flag_is_the_highest_of_the_set(string flags, char highest) =>
        Assert.Equal(highest, StatusSet.Of(flags).Highest);

    [Fact]
    public void Each_flag_is_higher_than_all_that_follow_it()
    {
        const string order = "BOMLHQJSDKWIFEPNUVGA";
        for (var place = 0; place < order.Length; place++)
            Assert.Equal(order[place], StatusSet.Of(order[place..]).Highest);
    }

    [Theory]
    [InlineData("E", false, true)] // G9: an estimate without a number is a fault
    [InlineData("O", true, false)] // G9: so is a missing value with one
    [InlineData("M", true, false)]
    [InlineData("L", true, false)]
    [InlineData("H", true, false)]
    [InlineData("Q", true, false)]
    [InlineData("K", true, false)]
    [InlineData("B", false, false)]
    [InlineData("J", false, false)]
    [InlineData("S", false, false)]
    [InlineData("A", false, true)]
    [InlineData("BQ", true, false)]
    [InlineData("BE", false, false)]
    [InlineData("PE", false, true)]
    public void Flags_say_whether_a_number_goes_with_them(string flags, bool forbids, bool needs)
    {
        Assert.Equal(forbids, StatusSet.Of(flags).ForbidsNumber);
        Assert.Equal(needs, StatusSet.Of(flags).NeedsNumber);
    }

    [Fact]
    public void A_set_has_no_order_and_no_repeats()
    {
        Assert.Equal(StatusSet.Of("PE"), StatusSet.Of("EPE"));
        Assert.Equal("E P", StatusSet.Of("PEP").ToString());
        Assert.Equal(StatusSet.Of("PE"), StatusSet.Of("P").Union(StatusSet.Of("E")));
        Assert.NotEqual(StatusSet.Of("PE"), StatusSet.Of("P"));
    }

    [Theory]
    [InlineData("C")]
    [InlineData("e")]
    [InlineData("")]
    [InlineData("EP")]
    [InlineData("Ｅ")]
    public void An_unknown_flag_is_refused_and_leaves_the_set_as_it_was(string code)
    {
        var set = StatusSet.Of("P");
        Assert.False(StatusSet.TryAdd(set, code, out var result));
        Assert.Equal(set, result);
        Assert.Throws<ArgumentException>(() => StatusSet.Of("EC"));
    }

    [Fact]
    public void A_flag_is_found_only_where_it_is()
    {
        var set = StatusSet.Of("EP");
        Assert.True(set.Has('E') && set.HasAny("AP"));
        Assert.False(set.Has('A') || set.HasAny("BO") || set.Has('C'));
        Assert.True(default(StatusSet).IsEmpty);
        Assert.False(set.IsEmpty);
    }
}
