using System.Globalization;

namespace WasteFree.Exchange.Values;

/// <summary>The calendar: how long a period is, which one is before it, which ones it is made of.</summary>
public readonly partial record struct Period
{
    /// <summary>Real days: 29 for <c>2024-02</c>.</summary>
    public int Days => End.DayNumber - Start.DayNumber;

    /// <summary>Length in calendar months: every day is that part of a month that its own month makes it.</summary>
    public Rational Months => Length(day => DateTime.DaysInMonth(day.Year, day.Month));

    /// <summary>Length in calendar years: every day is that part of a year that its own year makes it.</summary>
    public Rational Years => Length(day => DateTime.IsLeapYear(day.Year) ? 366 : 365);

    /// <summary>The one of the same frequency that ends where this one starts.</summary>
    public Period Previous => this with
    {
        Start = Frequency switch
        {
            Frequency.Annual => Start.AddYears(-1),
            Frequency.HalfYearly => Start.AddMonths(-6),
            Frequency.Quarterly => Start.AddMonths(-3),
            Frequency.Monthly => Start.AddMonths(-1),
            Frequency.Weekly => Start.AddDays(-7),
            Frequency.Daily => Start.AddDays(-1),
        },
    };

    /// <summary>
    /// The one of the same name a year earlier; null where that year has none: 29 February, week 53.
    /// </summary>
    public Period? SamePeriodLastYear => Frequency switch
    {
        Frequency.Weekly => SameWeekLastYear(),
        Frequency.Daily when Start is { Month: 2, Day: 29 } => null,
        _ => this with { Start = Start.AddYears(-1) },
    };

    /// <summary>Whether every day of the other one is a day of this one; true of itself.</summary>
    public bool Contains(Period other) => Start <= other.Start && other.End <= End;

    public bool Contains(DateOnly day) => Start <= day && day < End;

    /// <summary>Whether it is a part of the other one, or that itself; a week is of the year and month of its Thursday, as its name says.</summary>
    public bool LiesIn(Period other) =>
        other.Contains(this) || (Frequency == Frequency.Weekly && other.Frequency != Frequency.Weekly && other.Contains(Start.AddDays(3)));

    /// <summary>
    /// What it is made of, in order and without a gap: a year of halves, a half of quarters, a quarter of months, a
    /// month or a week of days; a day of nothing.
    /// </summary>
    public IReadOnlyList<Period> Finer() => Frequency switch
    {
        Frequency.Annual => Split(Frequency.HalfYearly),
        Frequency.HalfYearly => Split(Frequency.Quarterly),
        Frequency.Quarterly => Split(Frequency.Monthly),
        Frequency.Monthly or Frequency.Weekly => Split(Frequency.Daily),
        Frequency.Daily => [],
    };

    /// <summary>
    /// The coarser ones that contain it wholly, the shortest first. Weeks make no months: a week is part of a year at
    /// most, and of none when it spans two.
    /// </summary>
    public IReadOnlyList<Period> Coarser()
    {
        Frequency[] candidates = Frequency switch
        {
            Frequency.Annual => [],
            Frequency.HalfYearly or Frequency.Weekly => [Frequency.Annual],
            Frequency.Quarterly => [Frequency.HalfYearly, Frequency.Annual],
            Frequency.Monthly => [Frequency.Quarterly, Frequency.HalfYearly, Frequency.Annual],
            Frequency.Daily => [Frequency.Weekly, Frequency.Monthly, Frequency.Quarterly, Frequency.HalfYearly, Frequency.Annual],
        };
        var (start, self) = (Start, this);
        return [.. candidates.Select(frequency => Around(start, frequency)).Where(period => period.Contains(self))];
    }

    /// <summary>The period of a frequency that a day lies in.</summary>
    private static Period Around(DateOnly day, Frequency frequency) => new(frequency, frequency switch
    {
        Frequency.Annual => new DateOnly(day.Year, 1, 1),
        Frequency.HalfYearly => new DateOnly(day.Year, day.Month <= 6 ? 1 : 7, 1),
        Frequency.Quarterly => new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
        Frequency.Monthly => new DateOnly(day.Year, day.Month, 1),
        Frequency.Weekly => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        Frequency.Daily => day,
    });

    private Period? SameWeekLastYear()
    {
        var monday = Start.ToDateTime(TimeOnly.MinValue);
        var year = ISOWeek.GetYear(monday) - 1;
        var week = ISOWeek.GetWeekOfYear(monday);
        return week <= ISOWeek.GetWeeksInYear(year)
            ? this with { Start = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)) }
            : null;
    }

    private List<Period> Split(Frequency frequency)
    {
        var parts = new List<Period>();
        for (var part = new Period(frequency, Start); part.Start < End; part = new Period(frequency, part.End)) parts.Add(part);
        return parts;
    }

    private Rational Length(Func<DateOnly, int> daysOfWhole)
    {
        var length = Rational.Zero;
        for (var day = Start; day < End;)
        {
            var next = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
            if (next > End) next = End;
            length += new Rational(next.DayNumber - day.DayNumber, daysOfWhole(day));
            day = next;
        }
        return length;
    }
}
