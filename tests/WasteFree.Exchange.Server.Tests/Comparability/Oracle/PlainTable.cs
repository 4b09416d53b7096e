using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>The regions of a table as one.</summary>
internal sealed record PlainAggregate(Fraction? Number, (Fraction Top, Fraction Bottom)? Parts, IReadOnlyList<PlainCell> Used, bool Withheld);

/// <summary>A table: the cells, then what each does to the others.</summary>
internal sealed class PlainTable
{
    private const string Precedence = "BOMLHQJSDKWIFEPNUVGA";

    private PlainTable(PlainHeading heading, IReadOnlyList<PlainCell> cells) => (Heading, Cells) = (heading, cells);

    public PlainHeading Heading { get; }

    public IReadOnlyList<PlainCell> Cells { get; }

    public static PlainTable Of(PlainHeading heading, IReadOnlyList<string> regions, PlainCells cells)
    {
        var table = new PlainTable(heading, [.. regions.Select(region => cells.Of(heading, region))]);
        table.Neighbours(cells.Catalog);
        table.Place();
        return table;
    }

    /// <summary>The highest flag.</summary>
    public static string Worst(IEnumerable<string> flags) => flags.MinBy(flag => Precedence.IndexOf(flag, StringComparison.Ordinal)) ?? "";

    public PlainAggregate Aggregate(bool byParts)
    {
        var used = Cells.Where(cell => cell.Stands && (!byParts || cell.Parts is { Bottom.IsZero: false } or { Top.IsZero: false })).ToList();
        var withheld = Cells.Count(cell => cell.Reasons.Contains(VerdictReason.Confidential)) == 1;
        if (used.Count == 0 || withheld) return new PlainAggregate(null, null, used, withheld);
        if (!byParts) return new PlainAggregate(Fraction.Sum(used.Select(cell => cell.Number!.Value)), null, used, false);

        var (top, bottom) = (Fraction.Sum(used.Select(cell => cell.Parts!.Value.Top)), Fraction.Sum(used.Select(cell => cell.Parts!.Value.Bottom)));
        // All members have the same units: one of them tells the factor from parts to value.
        var told = used.FirstOrDefault(cell => !cell.Parts!.Value.Top.IsZero && cell.Derived && !cell.Parts!.Value.Bottom.IsZero);
        return new PlainAggregate(bottom.IsZero ? null : top / bottom * FactorOf(told), (top, bottom), used, false);
    }

    private Fraction FactorOf(PlainCell? told)
    {
        if (Heading.Definition.NumeratorUnit.Length > 0)
            return PlainUnits.QuotientFactor(Heading.Definition.NumeratorUnit, Heading.Definition.DenominatorUnit, Heading.Unit, Heading.Period.Days)!.Value;
        return told is null ? Fraction.One : told.Number!.Value * told.Parts!.Value.Bottom / told.Parts!.Value.Top;
    }

    private void Neighbours(PlainCatalog catalog)
    {
        foreach (var parent in Cells.Where(cell => cell.Number is not null).ToList())
        {
            var children = Cells.Where(cell => cell.Region != parent.Region && catalog.IsWithin(cell.Region, parent.Region)).ToList();
            if (children.Count(cell => cell.Withheld) != 1) continue;
            parent.Reasons.Add(VerdictReason.Confidential);
            parent.Number = null;
            parent.Parts = null;
        }

        var numbers = Cells.Where(cell => cell.HasNumber).ToList();
        if (numbers.Any(cell => !cell.Illustrative))
            foreach (var cell in numbers.Where(cell => cell.Illustrative)) cell.Reasons.Add(VerdictReason.Illustrative);

        // The wider region stands for what lies in it; of two that only overlap, the one with the lower code.
        foreach (var cell in Cells.Where(cell => cell.Stands).OrderBy(cell => Depth(cell.Region, catalog)).ThenBy(cell => cell.Region, StringComparer.Ordinal).ToList())
        {
            if (cell.Stands && Cells.Any(other => other != cell && other.Stands && other.Taken && catalog.ShareGround(cell.Region, other.Region)))
                cell.Reasons.Add(VerdictReason.Overlap);
            else cell.Taken = true;
        }
    }

    private static int Depth(string region, PlainCatalog catalog)
    {
        var depth = 0;
        for (var at = catalog.Region(region).ParentCode; at.Length > 0; at = catalog.Region(at).ParentCode) depth++;
        return depth;
    }

    private void Place()
    {
        if (Heading.Definition.Direction == Direction.Neutral) return;
        foreach (var cell in Cells.Where(cell => cell.Stands))
        {
            cell.Rank = 1 + Cells.Count(other => other.Stands
                && (Heading.Definition.Direction == Direction.Higher
                    ? other.Number!.Value.CompareTo(cell.Number!.Value) > 0
                    : other.Number!.Value.CompareTo(cell.Number!.Value) < 0));
        }
    }
}
