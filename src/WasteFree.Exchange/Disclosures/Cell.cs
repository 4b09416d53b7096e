using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Disclosures;

/// <summary>What values of one indicator are about, whoever sends them.</summary>
internal readonly record struct Cell(string Region, string Category, Scope Scope, Period Period) : IComparable<Cell>
{
    internal static Cell Of(Observation row) => new(row.Region, row.Category, row.Scope, row.Period);

    public int CompareTo(Cell other)
    {
        var region = string.CompareOrdinal(Region, other.Region);
        if (region != 0) return region;
        var category = string.CompareOrdinal(Category, other.Category);
        if (category != 0) return category;
        var scope = Scope.CompareTo(other.Scope);
        return scope != 0 ? scope : Period.CompareTo(other.Period);
    }
}
