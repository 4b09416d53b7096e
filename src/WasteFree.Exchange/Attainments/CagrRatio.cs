using System.Globalization;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Attainments;

/// <summary>
/// Compound yearly growth so far by the one needed. The only figure of the hub that is a floating-point number, since a
/// root is no fraction: 6 significant digits.
/// </summary>
internal static class CagrRatio
{
    private const double DaysPerYear = 365.2425;
    private const double DaysPerWeek = 7;

    /// <returns>Empty where one of the three is not above zero: nothing grows from zero, to it, or through it at a rate.</returns>
    internal static string Of(Rational from, (Rational Value, int Steps) now, (Rational Value, int Steps) goal, Frequency frequency)
    {
        if (from.Sign <= 0 || now.Value.Sign <= 0 || goal.Value.Sign <= 0) return "";
        var ratio = YearlyGrowth(now.Value / from, now.Steps, frequency) / YearlyGrowth(goal.Value / from, goal.Steps, frequency);
        // Adding zero takes the minus off a zero. A growth that a double cannot hold has no ratio.
        return double.IsFinite(ratio) ? (ratio + 0.0).ToString("G6", CultureInfo.InvariantCulture) : "";
    }

    private static double YearlyGrowth(Rational factor, int steps, Frequency frequency) =>
        Math.Pow((double)factor.Numerator / (double)factor.Denominator, PeriodsPerYear(frequency) / steps) - 1;

    private static double PeriodsPerYear(Frequency frequency) => frequency switch
    {
        Frequency.Annual => 1,
        Frequency.HalfYearly => 2,
        Frequency.Quarterly => 4,
        Frequency.Monthly => 12,
        Frequency.Weekly => DaysPerYear / DaysPerWeek,
        Frequency.Daily => DaysPerYear,
    };
}
