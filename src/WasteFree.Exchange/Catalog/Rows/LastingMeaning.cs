using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

/// <summary>
/// What values were sent under, and what a load over the row may therefore not change: a definition's units, kind, way of
/// adding up and better direction under the same version, and whether an organisation's values are made up. Names, remarks,
/// ranges, scopes, frequencies and validity may change: they say nothing else about a value that is stored.
/// </summary>
/// <remarks>It does not ask whether there are values: a load and a report that come at one time cannot both be right.</remarks>
internal static class LastingMeaning
{
    public static void Check(RowFields fields, CatalogRecord stored, CatalogRecord loaded)
    {
        foreach (var column in Changed(stored, loaded))
        {
            var was = stored.Columns.GetValueOrDefault(column, "");
            fields.Fault(column, fields.Text(column), stored is Indicator definition ? FaultText.OtherMeaning(definition, was) : FaultText.OtherReality(was));
        }
    }

    private static IEnumerable<string> Changed(CatalogRecord stored, CatalogRecord loaded)
    {
        if ((stored, loaded) is (Indicator was, Indicator now))
        {
            if (!IsSameSize(was.Unit, now.Unit)) yield return "unit";
            if (was.Kind != now.Kind) yield return "kind";
            if (!IsSameSize(was.NumeratorUnit, now.NumeratorUnit)) yield return "numerator_unit";
            if (!IsSameSize(was.DenominatorUnit, now.DenominatorUnit)) yield return "denominator_unit";
            // A default that follows the kind is no change of its own.
            if (was.Kind == now.Kind && was.Aggregation != now.Aggregation) yield return "aggregation";
            if (was.Direction != now.Direction) yield return "direction";
        }
        if ((stored, loaded) is (Organization before, Organization after) && before.Illustrative != after.Illustrative) yield return "illustrative";
    }

    /// <summary>Written in another way a unit is still the same: <c>kg</c> and <c>10*3.g</c>. One that is not stated is none of them.</summary>
    private static bool IsSameSize(string was, string now) =>
        was == now || (Unit.TryParse(was, out var one) && Unit.TryParse(now, out var other) && one.IsCommensurable(other) && one.Factor == other.Factor);
}
