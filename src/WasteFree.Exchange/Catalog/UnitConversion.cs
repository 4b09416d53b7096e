using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog;

/// <summary>How a value of one unit becomes one of another, exactly, and what that took besides the two units.</summary>
/// <param name="Factor">Multiplies a value.</param>
/// <param name="Days">Real days of the period, where the calendar had a part in it; null: it had none.</param>
/// <param name="Density">The density used; null: none.</param>
public sealed record UnitConversion(Rational Factor, int? Days, Density? Density)
{
    private const long SecondsPerDay = 86_400;

    private static readonly UnitConversion Same = new(Rational.One, null, null);

    /// <summary>
    /// Within a period a year and a month have that period's days, a rate becomes an amount and back (a stock and a ratio
    /// have no rate), and a declared density turns volume into mass and back. Whether there is a conversion does not depend
    /// on the period; its factor does.
    /// </summary>
    /// <param name="catalog">Declares the densities.</param>
    /// <param name="indicator">Code of what is measured.</param>
    /// <param name="category">Category of what is measured.</param>
    /// <param name="from">Unit of the value.</param>
    /// <param name="to">Unit wanted.</param>
    /// <param name="period">Period of the value.</param>
    /// <returns>Null: the one does not convert to the other.</returns>
    public static UnitConversion? Find(CatalogSnapshot catalog, string indicator, string category, Unit from, Unit to, Period period)
    {
        if (from.Code == to.Code) return Same;

        // What stands in the one unit more than in the other: seconds, a density, and nothing else can make up for it.
        var surplus = from.Per(to);
        if (surplus.Parts.Any(part => part is not ("g" or "m" or "s" or "mo" or "a"))) return null;
        var time = Time(surplus);
        var mass = surplus.Exponent("g");
        if (Math.Abs(time) > 1 || Math.Abs(mass) > 1 || surplus.Exponent("m") != -3 * mass) return null;
        if (time != 0 && !IsFlow(catalog, indicator, from, to)) return null;
        var density = mass == 0 ? null : catalog.FindDensity(indicator, category);
        if (mass != 0 && density is null) return null;

        var factor = surplus.Factor;
        if (density is not null) factor *= Rational.Pow(InBaseUnits(density), -mass);
        var (years, months) = (surplus.Exponent("a"), surplus.Exponent("mo"));
        if (time == 0 && years == 0 && months == 0) return new UnitConversion(factor, null, density);

        Rational seconds = period.Days * SecondsPerDay;
        factor *= Rational.Pow(seconds, -time) * Rational.Pow(seconds / period.Years, years) * Rational.Pow(seconds / period.Months, months);
        return new UnitConversion(factor, period.Days, density);
    }

    private static int Time(Unit unit) => unit.Exponent("s") + unit.Exponent("mo") + unit.Exponent("a");

    /// <summary>One of the two is per time, since days alone are no amount; and what is measured goes on all the time.</summary>
    private static bool IsFlow(CatalogSnapshot catalog, string indicator, Unit from, Unit to) =>
        Math.Min(Time(from), Time(to)) < 0
        && catalog.VersionsOf(indicator).All(definition => definition.Kind is IndicatorKind.Amount or IndicatorKind.Count or IndicatorKind.Intensity);

    private static Rational InBaseUnits(Density density) =>
        Unit.TryParse(density.Unit, out var unit)
            ? density.Value.ToRational() * unit.Factor
            : throw new InvalidOperationException($"The density of {density.Indicators} has no unit.");
}
