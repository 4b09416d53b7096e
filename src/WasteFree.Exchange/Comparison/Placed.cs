using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>A region's cell among its neighbours: what they add to its reasons, and its place.</summary>
internal sealed record Placed
{
    public required Draft Draft { get; init; }
    public required IReadOnlySet<VerdictReason> Reasons { get; init; }

    /// <summary>Regions that stand for its ground.</summary>
    public IReadOnlyList<string> SameGround { get; init; } = [];

    public int? Rank { get; init; }

    public bool Stands => Verdicts.Of(Reasons) != Verdict.NotComparable;

    internal static IReadOnlyList<Placed> Among(IReadOnlyList<Draft> row, Direction direction, CatalogSnapshot catalog)
    {
        var real = row.Any(draft => draft is { HasNumber: true, Illustrative: false });
        var alone = row.Select(draft => real && draft is { HasNumber: true, Illustrative: true }
            ? new Placed { Draft = draft, Reasons = draft.With(VerdictReason.Illustrative).Reasons }
            : new Placed { Draft = draft, Reasons = draft.Reasons }).ToList();
        // A cell that does not stand takes no ground.
        var back = Ground.StandingBack([.. alone.Where(cell => cell.Stands).Select(cell => cell.Draft.Region)], catalog.FindRegion);
        var placed = alone.Select(cell => back.TryGetValue(cell.Draft.Region, out var others)
            ? cell with { Reasons = cell.Draft.With(VerdictReason.Overlap).Reasons, SameGround = others }
            : cell).ToList();

        var places = Ranking.Places(placed.Where(cell => cell.Stands).Select(cell => cell.Draft.Quantity!.Value), direction);
        return [.. placed.Select(cell =>
            cell.Stands && places.TryGetValue(cell.Draft.Quantity!.Value, out var place) ? cell with { Rank = place } : cell)];
    }
}
