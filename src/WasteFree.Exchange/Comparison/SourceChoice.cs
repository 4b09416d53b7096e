using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Whose value is the cell. A real organisation goes before an illustrative one, the authoritative one before the rest; no
/// rule chooses between equals, so that a later report never displaces another organisation's.
/// </summary>
/// <param name="Chosen">Null: nobody reports, or several do and none alone has the mandate.</param>
/// <param name="Others">The other organisations' numbers; real ones first.</param>
/// <param name="Contested">Several have a claim.</param>
internal sealed record SourceChoice(Reading? Chosen, IReadOnlyList<Reading> Others, bool Contested)
{
    internal static SourceChoice None { get; } = new(null, [], Contested: false);

    internal static SourceChoice Among(IEnumerable<Reading> readings, CatalogSnapshot catalog)
    {
        var all = readings.OrderBy(reading => reading.Illustrative).ThenBy(reading => reading.Organization, StringComparer.Ordinal).ToList();
        var claims = all.Where(reading => reading.Illustrative == all[0].Illustrative).ToList();
        var mandated = claims.Where(reading => IsAuthoritative(catalog, reading)).ToList();
        if (mandated.Count > 0) claims = mandated;

        // Without a mandate of its own, "we have no value" does not stand against a value.
        var numbers = claims.Where(reading => reading.HasNumber).ToList();
        if (numbers.Count > 1) return new SourceChoice(null, all.Where(reading => reading.HasNumber).ToList(), Contested: true);
        var chosen = numbers.Count == 1 ? numbers[0] : claims.FirstOrDefault();
        return new SourceChoice(chosen, all.Where(reading => reading.HasNumber && reading != chosen).ToList(), Contested: false);
    }

    /// <summary>Of the same standing: an illustrative number casts no doubt on a real one. What is withheld stays unsaid.</summary>
    internal IEnumerable<Reading> Differing => Chosen is { Quantity: { } quantity }
        ? Others.Where(other => other.Illustrative == Chosen.Illustrative && !other.Withheld && other.Quantity != quantity)
        : [];

    private static bool IsAuthoritative(CatalogSnapshot catalog, Reading reading) =>
        catalog.IsAuthoritative(reading.Organization, reading.Revision.Observation.Indicator, reading.Revision.Observation.Region);
}
