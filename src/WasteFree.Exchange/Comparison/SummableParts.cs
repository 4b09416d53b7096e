using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Parts that can be summed. Where a definition states no units of its parts, some rows state theirs and others do not:
/// those that do are summed, since nobody knows the units of the others.
/// </summary>
internal static class SummableParts
{
    /// <summary>Those members whose parts are in units that convert to each other; none where stated units do not.</summary>
    internal static List<T> Among<T>(List<T> members, Func<T, PartSums> partsOf)
    {
        var stated = members.Where(member => partsOf(member).HasUnits).ToList();
        if (stated.Count == 0) return members;
        var first = partsOf(stated[0]);
        return stated.TrueForAll(member =>
            Converts(partsOf(member).NumeratorFrom.Unit, first.NumeratorFrom.Unit) && Converts(partsOf(member).DenominatorFrom.Unit, first.DenominatorFrom.Unit))
            ? stated
            : [];
    }

    /// <summary>All numerators in one unit and all denominators in one, of those sent the first by code, whatever the order of the members.</summary>
    internal static List<PartSums> InOneUnit(IEnumerable<PartSums> summable)
    {
        var all = summable.ToList();
        var above = all.Select(parts => parts.NumeratorFrom.Unit).Order(StringComparer.Ordinal).First();
        var below = all.Select(parts => parts.DenominatorFrom.Unit).Order(StringComparer.Ordinal).First();
        return [.. all.Select(parts => In(parts, above, below))];
    }

    private static PartSums In(PartSums parts, string above, string below)
    {
        if (parts.NumeratorFrom.Unit == above && parts.DenominatorFrom.Unit == below) return parts;
        var numerator = Conversions.ByFactor(parts.NumeratorFrom, above) ?? parts.NumeratorFrom;
        var denominator = Conversions.ByFactor(parts.DenominatorFrom, below) ?? parts.DenominatorFrom;
        return new PartSums(numerator.Quantity!.Value, denominator.Quantity!.Value, numerator, denominator);
    }

    private static bool Converts(string unit, string other) =>
        unit == other || (Unit.TryParse(unit, out var one) && Unit.TryParse(other, out var another) && one.IsCommensurable(another));
}
