using System.Globalization;

namespace WasteFree.Exchange.Values;

/// <summary>SDMX frequency. The numbers are part of stored keys and never change.</summary>
public enum Frequency
{
    Annual = 1,
    HalfYearly = 2,
    Quarterly = 3,
    Monthly = 4,
    Weekly = 5,
    Daily = 6,
}

/// <summary>
/// An SDMX time period: a frequency and a first day. Aliases (<c>2024-M03</c>, <c>2024-03</c>) are one period;
/// <see cref="ToString"/> gives the canonical spelling. Half-open: <see cref="End"/> is the first day after it.
/// </summary>
public readonly partial record struct Period(Frequency Frequency, DateOnly Start) : IComparable<Period>
{
    public const int MinYear = 1900;
    public const int MaxYear = 2999;

    private const int FrequencyBits = 3;

    public DateOnly End => Frequency switch
    {
        Frequency.Annual => Start.AddYears(1),
        Frequency.HalfYearly => Start.AddMonths(6),
        Frequency.Quarterly => Start.AddMonths(3),
        Frequency.Monthly => Start.AddMonths(1),
        Frequency.Weekly => Start.AddDays(7),
        Frequency.Daily => Start.AddDays(1),
    };

    public DateOnly LastDay => End.AddDays(-1);

    /// <summary>A number of at most 25 bits that orders periods by first day, then frequency.</summary>
    public long Number => ((long)Start.DayNumber << FrequencyBits) | (long)Frequency;

    public static Period FromNumber(long number) =>
        new((Frequency)(number & ((1 << FrequencyBits) - 1)), DateOnly.FromDayNumber((int)(number >> FrequencyBits)));

    public char FrequencyCode => Frequency switch
    {
        Frequency.Annual => 'A',
        Frequency.HalfYearly => 'S',
        Frequency.Quarterly => 'Q',
        Frequency.Monthly => 'M',
        Frequency.Weekly => 'W',
        Frequency.Daily => 'D',
    };

    public static bool TryParse(ReadOnlySpan<char> text, out Period period)
    {
        period = default;
        if (text.Length < 4 || !TryNumber(text[..4], out var year) || year is < MinYear or > MaxYear) return false;
        if (text.Length == 4) return Set(Frequency.Annual, new DateOnly(year, 1, 1), out period);
        if (text[4] != '-' || text.Length < 6) return false;
        var rest = text[5..];

        if (char.IsAsciiDigit(rest[0]))
        {
            if (rest.Length == 2 && TryNumber(rest, out var month) && month is >= 1 and <= 12)
                return Set(Frequency.Monthly, new DateOnly(year, month, 1), out period);
            return rest.Length == 5
                && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && Set(Frequency.Daily, day, out period);
        }

        if (!TryNumber(rest[1..], out var ordinal) || ordinal < 1) return false;
        return (rest[0], rest.Length) switch
        {
            ('A', 2) when ordinal == 1 => Set(Frequency.Annual, new DateOnly(year, 1, 1), out period),
            ('S', 2) when ordinal <= 2 => Set(Frequency.HalfYearly, new DateOnly(year, 6 * ordinal - 5, 1), out period),
            ('Q', 2) when ordinal <= 4 => Set(Frequency.Quarterly, new DateOnly(year, 3 * ordinal - 2, 1), out period),
            ('M', 3) when ordinal <= 12 => Set(Frequency.Monthly, new DateOnly(year, ordinal, 1), out period),
            ('W', 3) when ordinal <= ISOWeek.GetWeeksInYear(year) =>
                Set(Frequency.Weekly, DateOnly.FromDateTime(ISOWeek.ToDateTime(year, ordinal, DayOfWeek.Monday)), out period),
            ('D', 4) when ordinal <= (DateTime.IsLeapYear(year) ? 366 : 365) =>
                Set(Frequency.Daily, new DateOnly(year, 1, 1).AddDays(ordinal - 1), out period),
            _ => false,
        };
    }

    public int CompareTo(Period other) => Number.CompareTo(other.Number);

    public static bool operator <(Period a, Period b) => a.CompareTo(b) < 0;

    public static bool operator >(Period a, Period b) => a.CompareTo(b) > 0;

    public static bool operator <=(Period a, Period b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Period a, Period b) => a.CompareTo(b) >= 0;

    public override string ToString() => Frequency switch
    {
        Frequency.Annual => Start.ToString("yyyy", CultureInfo.InvariantCulture),
        Frequency.HalfYearly => string.Create(CultureInfo.InvariantCulture, $"{Start.Year:D4}-S{(Start.Month + 5) / 6}"),
        Frequency.Quarterly => string.Create(CultureInfo.InvariantCulture, $"{Start.Year:D4}-Q{(Start.Month + 2) / 3}"),
        Frequency.Monthly => Start.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        Frequency.Weekly => WeekText(),
        Frequency.Daily => Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private string WeekText()
    {
        var monday = Start.ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(monday):D4}-W{ISOWeek.GetWeekOfYear(monday):D2}");
    }

    private static bool Set(Frequency frequency, DateOnly start, out Period period)
    {
        period = new Period(frequency, start);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
