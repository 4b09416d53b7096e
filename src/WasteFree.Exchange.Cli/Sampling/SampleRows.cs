using System.Globalization;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;
using V1 = WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Sampling;

/// <summary>
/// Illustrative observations (示例): made up, distinct, and every one valid for the built-in catalogue. The same seed
/// gives the same rows.
/// </summary>
internal sealed class SampleRows
{
    private const string Note = "示例";

    /// <summary>Whole years, all in the past: yearly rows first, then monthly, weekly and daily ones.</summary>
    private static readonly DateOnly First = new(2015, 1, 1);
    private static readonly DateOnly End = new(2025, 1, 1);

    private readonly Indicator[] _indicators;
    private readonly Dictionary<string, IReadOnlyList<string>> _categories;
    private readonly string _region;

    public SampleRows(CatalogSnapshot catalog, string region)
    {
        _region = region;
        // An event happens once, by a day: it has no series. Population and product are never made up.
        _indicators = [.. catalog.Indicators.Where(indicator =>
            indicator.Kind != IndicatorKind.Event && !indicator.Code.StartsWith("AUX-", StringComparison.Ordinal))];
        _categories = _indicators.Select(indicator => indicator.Code).Distinct().ToDictionary(code => code, code => CategoriesOf(catalog, code), StringComparer.Ordinal);
    }

    /// <summary>How many there are for one region.</summary>
    public long Capacity => Periods().Sum(period =>
        (long)_indicators.Where(indicator => Takes(indicator, period)).Sum(indicator => ScopesOf(indicator).Length * _categories[indicator.Code].Count));

    public IEnumerable<V1.Observation> Take(long rows, int seed)
    {
        var random = new Random(seed);
        foreach (var (indicator, scope, category, period) in Keys())
        {
            if (rows-- <= 0) yield break;
            yield return Row(indicator, scope, category, period, random);
        }
    }

    /// <summary>Period by period, as reports arrive.</summary>
    private IEnumerable<(Indicator Indicator, Scope Scope, string Category, Period Period)> Keys() =>
        from period in Periods()
        from indicator in _indicators
        where Takes(indicator, period)
        from scope in ScopesOf(indicator)
        from category in _categories[indicator.Code]
        select (indicator, scope, category, period);

    /// <summary>The hub does so without a remark.</summary>
    private static bool Takes(Indicator indicator, Period period) =>
        indicator.InForce(period) && indicator.Takes(period.Frequency) && !indicator.IsOfPart(period.Frequency);

    private static IReadOnlyList<string> CategoriesOf(CatalogSnapshot catalog, string indicator) =>
        [Codes.Total, .. catalog.CategoriesOf(indicator).Where(category => category != Codes.Total)];

    private static Scope[] ScopesOf(Indicator indicator) => indicator.Scopes.Count == 0 ? Enum.GetValues<Scope>() : [.. indicator.Scopes];

    private static IEnumerable<Period> Periods()
    {
        for (var year = First; year < End; year = year.AddYears(1)) yield return new Period(Frequency.Annual, year);
        for (var month = First; month < End; month = month.AddMonths(1)) yield return new Period(Frequency.Monthly, month);
        // ISO weeks begin on Monday.
        var monday = First.AddDays((8 - (int)First.DayOfWeek) % 7);
        for (var week = monday; week.AddDays(7) <= End; week = week.AddDays(7)) yield return new Period(Frequency.Weekly, week);
        for (var day = First; day < End; day = day.AddDays(1)) yield return new Period(Frequency.Daily, day);
    }

    private V1.Observation Row(Indicator indicator, Scope scope, string category, Period period, Random random)
    {
        var row = new V1.Observation
        {
            Region = _region,
            Indicator = indicator.Code,
            Version = indicator.Version.ToString(),
            Scope = scope.Code(),
            Category = category,
            Period = period.ToString(),
            Unit = indicator.Unit,
            Confidentiality = Confidentiality.Free.Code(),
            Note = Note,
        };
        var kind = random.Next(100);
        if (kind < 2)
        {
            row.Status.Add(kind == 0 ? "O" : "L"); // not available, not collected: no number
            return row;
        }
        row.Status.Add(kind switch { < 6 => "E", < 12 => "P", _ => "A" });
        Number(row, indicator, random);
        return row;
    }

    private static void Number(V1.Observation row, Indicator indicator, Random random)
    {
        switch (indicator.Kind)
        {
            case IndicatorKind.Ratio or IndicatorKind.Intensity:
                Ratio(row, indicator, random);
                break;
            case IndicatorKind.Flag:
                row.Value = random.Next(2) == 0 ? "0" : "1";
                break;
            case IndicatorKind.Count:
                row.Value = random.Next(0, indicator.HardMax is { Scale: 0 } max ? (int)max.Mantissa + 1 : 500).ToString(CultureInfo.InvariantCulture);
                break;
            default:
                row.Value = Amount(random);
                break;
        }
    }

    /// <summary>Part and whole are chosen so that the stated value is exact in its decimals.</summary>
    private static void Ratio(V1.Observation row, Indicator indicator, Random random)
    {
        var hundredths = random.Next(1, 10_000);
        row.Value = new ExactDecimal(hundredths, 2).ToString();
        if (indicator.NumeratorUnit.Length == 0 || indicator.DenominatorUnit.Length == 0) return;
        var times = random.Next(1, 1000);
        // In per cent 1 % is 100/10000; otherwise the value is the quotient itself, 1.00 being 100/100.
        var whole = indicator.Unit == "%" ? 10_000 : 100;
        row.Numerator = ((long)hundredths * times).ToString(CultureInfo.InvariantCulture);
        row.Denominator = ((long)whole * times).ToString(CultureInfo.InvariantCulture);
        (row.NumeratorUnit, row.DenominatorUnit) = (indicator.NumeratorUnit, indicator.DenominatorUnit);
        if (random.Next(10) == 0) row.Value = ""; // computed on read
    }

    /// <summary>Up to three decimals, trailing zeros among them: they must come back as sent.</summary>
    private static string Amount(Random random) => new ExactDecimal(random.Next(0, 100_000_000), (byte)random.Next(4)).ToString();
}
