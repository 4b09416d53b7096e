using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Disclosures;

/// <summary>
/// What values of one indicator are made of: a region of the regions within it, the total of the categories of each code
/// list, the whole of town and country, a period of finer ones.
/// </summary>
internal sealed class Hierarchy
{
    private static readonly Scope[] PartsOfWhole = [Scope.Urban, Scope.Rural];

    private readonly CatalogSnapshot _catalog;
    private readonly Aggregation _aggregation;
    private readonly string[][] _codeLists;
    private readonly Dictionary<(string Region, DateOnly Day), string[]> _regions = [];
    private readonly Dictionary<Period, Period[]> _periods = [];

    private Hierarchy(CatalogSnapshot catalog, string indicator, Aggregation aggregation)
    {
        _catalog = catalog;
        _aggregation = aggregation;
        _codeLists =
        [
            .. catalog.Categories
                .Where(category => category.Code != Codes.Total && category.Indicators.Match(indicator))
                .GroupBy(category => category.CodeList, StringComparer.Ordinal)
                .Select(list => list.Select(category => category.Code).Order(StringComparer.Ordinal).ToArray()),
        ];
    }

    /// <summary>Null: its values make no others; flags and events do not add up.</summary>
    internal static Hierarchy? Of(CatalogSnapshot catalog, string indicator)
    {
        var aggregations = catalog.VersionsOf(indicator)
            .Where(definition => definition.Kind is not (IndicatorKind.Flag or IndicatorKind.Event))
            .Select(definition => definition.Aggregation)
            .ToList();
        if (aggregations.Count == 0) return null;
        // Values of several versions stand side by side: what one of them adds up counts for all.
        var aggregation = aggregations.Exists(how => how is Aggregation.Sum or Aggregation.Parts) ? Aggregation.Sum
            : aggregations.Contains(Aggregation.Last) ? Aggregation.Last
            : Aggregation.None;
        return new Hierarchy(catalog, indicator, aggregation);
    }

    /// <summary>
    /// A grain of the cell: of whatever it is made of the last part, and the last one of that. A part that has a value goes
    /// before one that has none, since that may be nothing, and one that the caller sent, who knows it, comes last.
    /// </summary>
    internal Grain GrainOf(Cell cell, IReadOnlySet<Cell> known, IReadOnlySet<Cell> own)
    {
        var (region, day) = (cell.Region, cell.Period.LastDay);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // A circle of parents, which a load may contain, ends at the first one met again.
        for (var parts = PartsOf(region, day); parts.Count > 0 && seen.Add(region); parts = PartsOf(region, day))
            region = Last(parts, part => cell with { Region = part });
        var categories = _codeLists.Select(list => list.Contains(cell.Category) ? cell.Category : Last(list, part => cell with { Category = part }));
        var scope = cell.Scope == Scope.Whole ? Last(PartsOfWhole, part => cell with { Scope = part }) : cell.Scope;
        return new Grain(
            RegionsAround(region, day),
            [.. categories.Append(cell.Category).Append(Codes.Total).Distinct()],
            scope is Scope.Whole or Scope.BuiltUp ? [scope] : [scope, Scope.Whole],
            PeriodsAround(cell.Period));

        T Last<T>(IReadOnlyList<T> parts, Func<T, Cell> at) =>
            parts.Select((part, i) => (Part: part, Cell: at(part), Place: i))
                .MaxBy(entry => (!own.Contains(entry.Cell), known.Contains(entry.Cell), entry.Place)).Part;
    }

    /// <summary>
    /// For each thing that cells differ in, the cells that contain this one and differ from it in that alone; itself first,
    /// then the smaller ones before the larger. Weeks make no other periods but by their days.
    /// </summary>
    internal Cell[][] Containers(Cell cell) =>
    [
        [.. RegionsAround(cell.Region, cell.Period.LastDay).Select(region => cell with { Region = region })],
        cell.Category == Codes.Total ? [cell] : [cell, cell with { Category = Codes.Total }],
        cell.Scope is Scope.Whole or Scope.BuiltUp ? [cell] : [cell, cell with { Scope = Scope.Whole }],
        [
            cell,
            .. PeriodsAround(cell.Period)
                .Where(period => period != cell.Period && period.Frequency != Frequency.Weekly && period.Contains(cell.Period))
                .Select(period => cell with { Period = period }),
        ],
    ];

    /// <summary>The region and those that consist of it and others on a day; also one that is not yet there, of those that it succeeds.</summary>
    private string[] RegionsAround(string region, DateOnly day)
    {
        if (_regions.TryGetValue((region, day), out var known)) return known;
        var around = new List<string> { region };
        for (var i = 0; i < around.Count; i++) around.AddRange(WholesOf(around[i], day).Where(whole => !around.Contains(whole)).ToList());
        return _regions[(region, day)] = [.. around];
    }

    private IEnumerable<string> WholesOf(string region, DateOnly day)
    {
        if (_catalog.FindRegion(region) is not { } its || !its.InForce(day)) yield break;
        if (IsPart(its) && its.ParentCode.Length > 0) yield return its.ParentCode;
        foreach (var successor in its.Successors.Where(code => _catalog.FindRegion(code) is { PredecessorsComplete: true } next && day < next.ValidFrom)) yield return successor;
    }

    /// <summary>The last day of the period and what contains it; of a stock, what ends with it.</summary>
    private Period[] PeriodsAround(Period period)
    {
        if (_periods.TryGetValue(period, out var known)) return known;
        if (_aggregation == Aggregation.None) return _periods[period] = [period];
        var last = new Period(Frequency.Daily, period.End.AddDays(-1));
        return _periods[period] = [last, .. last.Coarser().Where(coarser => _aggregation != Aggregation.Last || coarser.End == last.End)];
    }

    /// <summary>Regions of which it consists on a day.</summary>
    private IReadOnlyList<string> PartsOf(string region, DateOnly day) =>
        _catalog.FindRegion(region) is { PredecessorsComplete: true } later && day < later.ValidFrom
            ? _catalog.PartsOf(region, day)
            : [.. _catalog.ChildrenOf(region, day).Where(child => _catalog.FindRegion(child) is { } found && IsPart(found)).Order(StringComparer.Ordinal)];

    /// <summary>A functional area lies on the ground of its neighbours: it is no part of the whole beside them.</summary>
    private static bool IsPart(Region region) => region.Overlaps.Count == 0;
}
