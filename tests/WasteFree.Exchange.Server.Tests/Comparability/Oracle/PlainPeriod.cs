using System.Globalization;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>A period by the wall calendar: its text, its first day and the first day after it.</summary>
internal sealed record PlainPeriod(string Text, char Frequency, DateOnly Start, DateOnly End)
{
    public int Days => End.DayNumber - Start.DayNumber;

    public static PlainPeriod Of(string text)
    {
        var year = int.Parse(text[..4], CultureInfo.InvariantCulture);
        if (text.Length == 4) return Months(text, 'A', year, 1, 12);
        var rest = text[5..];
        var number = int.Parse(new string([.. rest.Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
        switch (rest[0])
        {
            case 'S': return Months(text, 'S', year, (6 * number) - 5, 6);
            case 'Q': return Months(text, 'Q', year, (3 * number) - 2, 3);
            case 'W':
                var monday = FirstMonday(year).AddDays(7 * (number - 1));
                return new PlainPeriod(text, 'W', monday, monday.AddDays(7));
            default:
                if (rest.Length == 2) return Months(text, 'M', year, number, 1);
                var day = DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
                return new PlainPeriod(text, 'D', day, day.AddDays(1));
        }
    }

    /// <summary>The next finer periods that it is made of: years of half-years, of quarters, of months, of days; weeks of days.</summary>
    public IReadOnlyList<PlainPeriod> Finer => Frequency switch
    {
        'A' => [Of($"{Start.Year}-S1"), Of($"{Start.Year}-S2")],
        'S' => [Quarter(0), Quarter(1)],
        'Q' => [Month(0), Month(1), Month(2)],
        'M' or 'W' => [.. Enumerable.Range(0, Days).Select(i => Of(Start.AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))],
        _ => [],
    };

    public PlainPeriod Previous => Frequency switch
    {
        'A' => Of($"{Start.Year - 1}"),
        'S' => HalfOf(Start.AddMonths(-6)),
        'Q' => QuarterOf(Start.AddMonths(-3)),
        'M' => MonthOf(Start.AddMonths(-1)),
        'W' => WeekOf(Start.AddDays(-7)),
        _ => Of(Start.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    };

    /// <summary>Null for a week 53, and for 29 February: the year before has none.</summary>
    public PlainPeriod? YearBefore => Frequency switch
    {
        'A' or 'S' or 'Q' or 'M' => Of($"{Start.Year - 1}{Text[4..]}"),
        'W' when Text.EndsWith("W53", StringComparison.Ordinal) => null,
        'W' => Of($"{int.Parse(Text[..4], CultureInfo.InvariantCulture) - 1}{Text[4..]}"),
        _ when Start is { Month: 2, Day: 29 } => null,
        _ => Of($"{Start.Year - 1}{Text[4..]}"),
    };

    /// <summary>The year that holds it whole; null for a week across New Year.</summary>
    public PlainPeriod? Year => Start.Year == End.AddDays(-1).Year ? Of($"{Start.Year}") : null;

    private static PlainPeriod Months(string text, char frequency, int year, int month, int count)
    {
        var start = new DateOnly(year, month, 1);
        return new PlainPeriod(text, frequency, start, start.AddMonths(count));
    }

    private static DateOnly FirstMonday(int year)
    {
        // The week with 4 January is the first.
        var fourth = new DateOnly(year, 1, 4);
        return fourth.AddDays(-(((int)fourth.DayOfWeek + 6) % 7));
    }

    private PlainPeriod Quarter(int i) => QuarterOf(Start.AddMonths(3 * i));

    private PlainPeriod Month(int i) => MonthOf(Start.AddMonths(i));

    private static PlainPeriod HalfOf(DateOnly day) => Of($"{day.Year}-S{((day.Month - 1) / 6) + 1}");

    private static PlainPeriod QuarterOf(DateOnly day) => Of($"{day.Year}-Q{((day.Month - 1) / 3) + 1}");

    private static PlainPeriod MonthOf(DateOnly day) => Of($"{day.Year}-{day.Month:00}");

    private static PlainPeriod WeekOf(DateOnly monday)
    {
        var year = monday.AddDays(3).Year;
        return Of($"{year}-W{((monday.DayNumber - FirstMonday(year).DayNumber) / 7) + 1:00}");
    }
}
