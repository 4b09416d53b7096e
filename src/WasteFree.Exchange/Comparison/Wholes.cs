using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Makes a region of the regions that are together all of its ground, where the catalogue declares them: amounts, stocks and
/// counts sum, quotients are sum(numerator) by sum(denominator). Each part is what was reported for it, or made in its turn.
/// </summary>
internal static class Wholes
{
    /// <summary>In the definition's unit; null: there are no declared parts, none has a number, or it does not add up.</summary>
    internal static Draft? Make(CellReader reader, Draft missing, CatalogSnapshot catalog, bool rollUp)
    {
        var definition = reader.Definition;
        if (definition.Kind is IndicatorKind.Flag or IndicatorKind.Event) return null;
        var parts = catalog.PartsOf(missing.Region, missing.Period.LastDay);
        if (parts.Count == 0) return null;
        var leaves = parts.Select(part => reader.ReportedOrMade(part, missing.Period, rollUp)).ToList();
        // What the whole is, is not the caller's to know, whether or not there is a value.
        if (leaves.Find(leaf => !leaf.IsShared) is { } hidden) return hidden with { Region = missing.Region, Derivation = hidden.Derivation with { Region = missing.Region } };
        if (!leaves.Exists(leaf => leaf.HasNumber)) return null;
        var making = new Making(
            DerivationStep.Sum, VerdictReason.MadeOfParts, definition.Kind is IndicatorKind.Ratio or IndicatorKind.Intensity,
            parts.Count, _ => 1, OneSource: false, Frequency: null, parts, [.. leaves.SelectMany(leaf => leaf.Breaks).Distinct()]);
        return making.Of(definition, missing, leaves);
    }
}
