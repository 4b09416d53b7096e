using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Disclosures;

/// <summary>
/// The finest part of a value: an amount of one region, category, scope and day. Every value that contains it has a region,
/// a category, a scope and a period of these, and every combination of these contains it.
/// </summary>
internal sealed record Grain(string[] Regions, string[] Categories, Scope[] Scopes, Period[] Periods)
{
    internal int Count => Regions.Length * Categories.Length * Scopes.Length * Periods.Length;

    internal bool IsIn(Cell cell) =>
        Regions.Contains(cell.Region) && Categories.Contains(cell.Category) && Scopes.Contains(cell.Scope) && Periods.Contains(cell.Period);

    /// <summary>How many cells contain both.</summary>
    internal int CountWith(Grain other) =>
        Regions.Intersect(other.Regions).Count() * Categories.Intersect(other.Categories).Count()
        * Scopes.Intersect(other.Scopes).Count() * Periods.Intersect(other.Periods).Count();

    /// <summary>The cells that contain it.</summary>
    internal IEnumerable<Cell> Around() =>
        from region in Regions
        from category in Categories
        from scope in Scopes
        from period in Periods
        select new Cell(region, category, scope, period);
}
