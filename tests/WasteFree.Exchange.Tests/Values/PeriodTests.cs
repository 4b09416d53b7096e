using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2024", "2024-01-01", "2025-01-01")]
    [InlineData("2024-S1", "2024-01-01", "2024-07-01")]
    [InlineData("2024-S2", "2024-07-01", "2025-01-01")]
    [InlineData("2024-Q1", "2024-01-01", "2024-04-01")] // G13
    [InlineData("2024-Q4", "2024-10-01", "2025-01-01")]
    [InlineData("2024-02", "2024-02-01", "2024-03-01")]
    [InlineData("2024-12", "2024-12-01", "2025-01-01")]
    [InlineData("2024-W01", "2024-01-01", "2024-01-08")] // G13
    [InlineData("2020-W01", "2019-12-30", "2020-01-06")] // a week belongs to the year of its Thursday
    [InlineData("2020-W53", "2020-12-28", "2021-01-04")] // G13
    [InlineData("2026-W53", "2026-12-28", "2027-01-04")] // G13
    [InlineData("2024-02-29", "2024-02-29", "2024-03-01")]
    [InlineData("1900", "1900-01-01", "1901-01-01")]
    [InlineData("2999", "2999-01-01", "3000-01-01")]
    public void A_period_is_half_open_and_comes_back_as_written(string text, string start, string end)
    {
        var period = Of(text);
        Assert.Equal(DateOnly.Parse(start), period.Start);
        Assert.Equal(DateOnly.Parse(end), period.End);
        Assert.Equal(text, period.ToString());
    }

    [Theory]
    [InlineData("2024-A1", "2024")]
    [InlineData("2024-M03", "2024-03")]
    [InlineData("2024-D060", "2024-02-29")] // G13
    [InlineData("2024-D010", "2024-01-10")] // G13
    [InlineData("2024-D366", "2024-12-31")]
    [InlineData("2023-D365", "2023-12-31")]
    public void Reporting_forms_name_the_same_period_as_the_canonical_one(string alias, string canonical)
    {
        Assert.Equal(Of(canonical), Of(alias));
        Assert.Equal(canonical, Of(alias).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("202")]
    [InlineData("20240")]
    [InlineData("2024-")]
    [InlineData("2024-0")]
    [InlineData("2024-00")]
    [InlineData("2024-13")]
    [InlineData("2024-3")]
    [InlineData("2024-M3")]
    [InlineData("2024-M13")]
    [InlineData("2024-M00")]
    [InlineData("2021-W53")] // G13
    [InlineData("2024-W00")]
    [InlineData("2024-W5")]
    [InlineData("2023-D366")] // G13
    [InlineData("2024-D000")]
    [InlineData("2024-D60")]
    [InlineData("2024-Q0")]
    [InlineData("2024-Q5")]
    [InlineData("2024-Q01")]
    [InlineData("2024-Q")]
    [InlineData("2024-S3")]
    [InlineData("2024-S0")]
    [InlineData("2024-A2")]
    [InlineData("2024-X1")]
    [InlineData("2024-q1")]
    [InlineData("2024Q1")]
    [InlineData("2023-02-29")]
    [InlineData("2024-04-31")]
    [InlineData("2024-4-1")]
    [InlineData("2024/03/15")]
    [InlineData("2024-03-15T00:00:00")]
    [InlineData("2024-W+5")]
    [InlineData(" 2024")]
    [InlineData("2024 ")]
    [InlineData("+024")]
    [InlineData("２０２４")]
    [InlineData("2024-0３")]
    [InlineData("2024-03-1５")]
    [InlineData("1899")]
    [InlineData("3000")]
    [InlineData("2024年")]
    public void What_names_no_period_is_refused(string text) => Assert.False(Period.TryParse(text, out _));

    [Fact]
    public void Every_period_survives_text_and_number()
    {
        var count = 0;
        foreach (var period in Periods(1999, 2030))
        {
            Assert.Equal(period, Of(period.ToString()));
            Assert.Equal(period, Period.FromNumber(period.Number));
            Assert.InRange(period.Number, 0, (1 << 25) - 1);
            count++;
        }
        Assert.Equal(32 * (1 + 2 + 4 + 12) + 1669 + 11688, count); // 1,669 weeks and 11,688 days in these years
    }

    [Fact]
    public void The_periods_of_a_frequency_follow_each_other_without_a_gap()
    {
        foreach (var series in Periods(1999, 2030).GroupBy(period => period.Frequency))
        {
            foreach (var (earlier, later) in series.Zip(series.Skip(1)))
            {
                Assert.Equal(earlier.End, later.Start);
                Assert.True(earlier < later && earlier.Number < later.Number, $"{earlier} before {later}");
            }
        }
    }

    [Fact]
    public void Periods_are_ordered_by_first_day_then_by_frequency()
    {
        string[] ordered = ["2023", "2023-12-31", "2024", "2024-S1", "2024-Q1", "2024-01", "2024-W01", "2024-01-01", "2024-01-02", "2024-02"];
        Assert.Equal(ordered, ordered.Reverse().Select(Of).Order().Select(period => period.ToString()));
    }

    private static IEnumerable<Period> Periods(int first, int last) =>
        from year in Enumerable.Range(first, last - first + 1)
        from text in (string[])
        [
            $"{year}",
            .. Enumerable.Range(1, 2).Select(n => $"{year}-S{n}"),
            .. Enumerable.Range(1, 4).Select(n => $"{year}-Q{n}"),
            .. Enumerable.Range(1, 12).Select(n => $"{year}-{n:D2}"),
            .. Enumerable.Range(1, System.Globalization.ISOWeek.GetWeeksInYear(year)).Select(n => $"{year}-W{n:D2}"),
            .. Enumerable.Range(1, DateTime.IsLeapYear(year) ? 366 : 365).Select(n => $"{year}-D{n:D3}"),
        ]
        select Of(text);

    private static Period Of(string text) =>
        Period.TryParse(text, out var period) ? period : throw new ArgumentException($"No period: {text}", nameof(text));
}
