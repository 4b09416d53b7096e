using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>A table: the cells, then what each does to the others.</summary>
internal sealed class PlainTable
{
    private readonly IReadOnlyList<string> _regions;
    private readonly Dictionary<PlainPeriod, IReadOnlyList<PlainCell>> _rows = [];

    private PlainTable(PlainHeading heading, IReadOnlyList<string> regions, PlainCells source)
    {
        (Heading, _regions, Source) = (heading, regions, source);
        Cells = Read(heading.Period);
    }

    public PlainHeading Heading { get; }

    public IReadOnlyList<PlainCell> Cells { get; }

    public PlainCells Source { get; }

    public static PlainTable Of(PlainHeading heading, IReadOnlyList<string> regions, PlainCells cells)
    {
        var table = new PlainTable(heading, regions, cells);
        table.MarkIllustrative();
        table.MarkGround();
        table.Place();
        return table;
    }

    /// <summary>A region in a period by itself, in the terms of this table.</summary>
    public PlainCell At(PlainPeriod period, string region)
    {
        if (!_rows.TryGetValue(period, out var row)) row = _rows[period] = Read(period);
        return row.Single(cell => cell.Region == region);
    }

    /// <summary>Each region by itself.</summary>
    private List<PlainCell> Read(PlainPeriod period) => [.. _regions.Select(region => Source.Of(Heading with { Period = period }, region))];

    private void MarkIllustrative()
    {
        var numbers = Cells.Where(cell => cell.HasNumber).ToList();
        if (numbers.All(cell => cell.Illustrative)) return;
        foreach (var cell in numbers.Where(cell => cell.Illustrative)) cell.Reasons.Add(VerdictReason.Illustrative);
    }

    /// <summary>
    /// Units that report before others, regions of their own before those across them, what lies within before what is around
    /// it, those with fewer on their ground before those with more, then by code: each stands if none on its ground does.
    /// </summary>
    private void MarkGround()
    {
        var catalog = Source.Catalog;
        var standing = Cells.Where(cell => cell.Stands).ToList();
        var taken = new List<PlainCell>();
        foreach (var cell in standing.OrderBy(Precedence).ThenByDescending(Depth).ThenBy(cell => standing.Count(other => OnGroundOf(cell, other))).ThenBy(cell => cell.Region, StringComparer.Ordinal).ToList())
            if (taken.Any(other => OnGroundOf(cell, other))) cell.Reasons.Add(VerdictReason.Overlap);
            else taken.Add(cell);

        bool OnGroundOf(PlainCell cell, PlainCell other) => other != cell && catalog.ShareGround(cell.Region, other.Region);

        int Depth(PlainCell cell) => catalog.Regions.Count(region => catalog.IsWithin(cell.Region, region.Code));

        int Precedence(PlainCell cell) => (catalog.IsReportingUnit(cell.Region) ? 0 : 2) + (catalog.Region(cell.Region).Overlaps.Count > 0 ? 1 : 0);
    }

    private void Place()
    {
        var sign = Heading.Definition.Direction switch { Direction.Higher => 1, Direction.Lower => -1, _ => 0 };
        if (sign == 0) return;
        foreach (var cell in Cells.Where(cell => cell.Stands))
            cell.Rank = 1 + Cells.Count(other => other.Stands && sign * other.Number!.Value.CompareTo(cell.Number!.Value) > 0);
    }
}
