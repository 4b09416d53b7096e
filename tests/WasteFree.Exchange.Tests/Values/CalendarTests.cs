using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

public sealed class CalendarTests
{
    [Theory]
    [InlineData("2024", 366)]
    [InlineData("2023", 365)]
    [InlineData("1900", 365)]
    [InlineData("2000", 366)]
    [InlineData("2024-S1", 182)]
    [InlineData("2024-S2", 184)]
    [InlineData("2023-Q1", 90)]
    [InlineData("2024-02", 29)]
    [InlineData("2023-02", 28)]
    [InlineData("2020-W53", 7)]
    [InlineData("2024-02-29", 1)]
    public void The_days_of_a_period_are_those_of_the_calendar(string period, int days) => Assert.Equal(days, Of(period).Days);

    [Theory]
    [InlineData("2024", "1/1", "12/1")]
    [InlineData("2024-S1", "91/183", "6/1")]
    [InlineData("2023-Q1", "18/73", "3/1")]
    [InlineData("2024-02", "29/366", "1/1")]
    [InlineData("2024-02-29", "1/366", "1/29")]
    [InlineData("2024-W09", "7/366", "211/899")] // 26 February to 3 March: 4 days of 29 and 3 of 31
    [InlineData("2025-W01", "256/13359", "7/31")] // 30 December to 5 January: 2 days of 366 and 5 of 365
    public void A_day_is_the_part_of_a_year_and_of_a_month_that_its_own_makes_it(string period, string years, string months)
    {
        Assert.Equal(years, Of(period).Years.ToString());
        Assert.Equal(months, Of(period).Months.ToString());
    }

    [Theory]
    [InlineData("2024", "2023")]
    [InlineData("2024-S1", "2023-S2")]
    [InlineData("2024-S2", "2024-S1")]
    [InlineData("2024-Q1", "2023-Q4")]
    [InlineData("2024-01", "2023-12")]
    [InlineData("2024-03", "2024-02")]
    [InlineData("2021-W01", "2020-W53")]
    [InlineData("2024-W01", "2023-W52")]
    [InlineData("2024-03-01", "2024-02-29")]
    [InlineData("2023-03-01", "2023-02-28")]
    public void The_one_before_ends_where_a_period_starts(string period, string previous)
    {
        Assert.Equal(previous, Of(period).Previous.ToString());
        Assert.Equal(Of(period).Start, Of(period).Previous.End);
    }

    [Theory]
    [InlineData("2024", "2023")]
    [InlineData("2024-S2", "2023-S2")]
    [InlineData("2024-Q1", "2023-Q1")]
    [InlineData("2024-02", "2023-02")]
    [InlineData("2024-02-28", "2023-02-28")]
    [InlineData("2025-02-28", "2024-02-28")]
    [InlineData("2024-02-29", null)]
    [InlineData("2025-W01", "2024-W01")]
    [InlineData("2021-W52", "2020-W52")]
    [InlineData("2020-W53", null)] // 2019 has 52 weeks
    [InlineData("2026-W53", null)]
    public void The_same_period_last_year_is_absent_where_that_year_has_none(string period, string? lastYear) =>
        Assert.Equal(lastYear, Of(period).SamePeriodLastYear?.ToString());

    [Theory]
    [InlineData("2024", "2024-S1 2024-S2")]
    [InlineData("2024-S2", "2024-Q3 2024-Q4")]
    [InlineData("2024-Q1", "2024-01 2024-02 2024-03")]
    [InlineData("2020-W53", "2020-12-28 2020-12-29 2020-12-30 2020-12-31 2021-01-01 2021-01-02 2021-01-03")]
    [InlineData("2024-02-29", "")]
    public void A_period_is_made_of_those_of_the_next_finer_frequency(string period, string finer) =>
        Assert.Equal(finer, string.Join(' ', Of(period).Finer()));

    [Fact]
    public void What_a_period_is_made_of_covers_it_without_a_gap_and_names_it_as_coarser()
    {
        foreach (var period in (Period[])[.. Years().SelectMany(year => Descendants(year)), Of("2020-W53"), Of("2024-W01")])
        {
            var parts = period.Finer();
            if (parts.Count == 0) continue;
            Assert.Equal(period.Start, parts[0].Start);
            Assert.Equal(period.End, parts[^1].End);
            Assert.All(parts.Skip(1).Zip(parts), pair => Assert.Equal(pair.Second, pair.First.Previous));
            Assert.All(parts, part => Assert.Contains(period, part.Coarser()));
            Assert.Equal(period.Days, parts.Sum(part => part.Days));
            Assert.Equal(period.Years, parts.Aggregate(Rational.Zero, (sum, part) => sum + part.Years));
            Assert.Equal(period.Months, parts.Aggregate(Rational.Zero, (sum, part) => sum + part.Months));
        }
    }

    [Theory]
    [InlineData("2024", "")]
    [InlineData("2024-S2", "2024")]
    [InlineData("2024-Q3", "2024-S2 2024")]
    [InlineData("2024-06", "2024-Q2 2024-S1 2024")]
    [InlineData("2024-07", "2024-Q3 2024-S2 2024")]
    [InlineData("2024-02-29", "2024-W09 2024-02 2024-Q1 2024-S1 2024")]
    [InlineData("2021-01-03", "2020-W53 2021-01 2021-Q1 2021-S1 2021")] // a Sunday ends its week
    [InlineData("2024-W09", "2024")]
    [InlineData("2024-W01", "2024")]
    [InlineData("2020-W53", "")] // spans two years
    public void The_coarser_periods_are_those_that_contain_it_wholly(string period, string coarser) =>
        Assert.Equal(coarser, string.Join(' ', Of(period).Coarser()));

    [Theory]
    [InlineData("2024", "2024", true)]
    [InlineData("2024", "2024-S1", true)]
    [InlineData("2024-Q1", "2024-03-31", true)]
    [InlineData("2024-Q1", "2024-04-01", false)] // half-open
    [InlineData("2024-Q1", "2023-12-31", false)]
    [InlineData("2020", "2020-W53", false)]
    [InlineData("2024-S1", "2024", false)]
    public void A_period_contains_those_whose_every_day_is_its_own(string outer, string inner, bool contains) =>
        Assert.Equal(contains, Of(outer).Contains(Of(inner)));

    private static IEnumerable<Period> Years() => [Of("2023"), Of("2024")];

    private static IEnumerable<Period> Descendants(Period period) => [period, .. period.Finer().SelectMany(Descendants)];

    private static Period Of(string text) =>
        Period.TryParse(text, out var period) ? period : throw new ArgumentException($"No period: {text}", nameof(text));
}
