using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

/// <summary>Where a row does not fit a row that it names.</summary>
/// <param name="Column">Column of the row.</param>
/// <param name="Observed">What is in it.</param>
/// <param name="Text">Why it does not fit.</param>
/// <param name="Cause">Table of the other row.</param>
/// <param name="CauseColumn">Column of the other row.</param>
internal sealed record Misfit(string Column, string Observed, FaultText Text, CatalogTableKind Cause = CatalogTableKind.Indicators, string CauseColumn = "");

/// <summary>
/// Rows beside the rows that they name: what could never be held against a value, or would make one mean two things. Codes
/// that are not there are no matter of this.
/// </summary>
internal sealed class RowFit(CatalogSnapshot catalog)
{
    public IEnumerable<Misfit> Of(CatalogRecord row) => row switch
    {
        Target target => OfTarget(target),
        Category category => OfCategory(category),
        Bridge bridge => OfBridge(bridge),
        Density density => OfDensity(density),
        _ => [],
    };

    /// <summary>A target that is only related to its indicator never counts, and may be in what unit it will.</summary>
    private IEnumerable<Misfit> OfTarget(Target target)
    {
        var versions = catalog.VersionsOf(target.Indicator);
        if (target.Relation != TargetRelation.Same || versions.Count == 0) yield break;
        if (catalog.InForce(target.Indicator, target.Period) is not { } definition)
        {
            var ended = versions.Any(version => version.ValidTo is { } end && target.Period.Start >= end.Start);
            yield return new Misfit("period", target.Period.ToString(), FaultText.NotInForce(target.Indicator), CauseColumn: ended ? "valid_to" : "valid_from");
            yield break;
        }
        if (!Converts(target.Indicator, target.Category, definition.Unit, target.Unit, target.Period))
            yield return new Misfit("unit", target.Unit, FaultText.OtherUnit(definition), CauseColumn: "unit");
        if (catalog.FindCategory(target.Indicator, target.Category) is null && catalog.CategoriesCoded(target.Category).Count > 0)
            yield return new Misfit("category", target.Category, FaultText.NotACategoryOf(target.Indicator), CatalogTableKind.Categories, "indicators");
        if (definition.Scopes.Count > 0 && !definition.Scopes.Contains(target.Scope))
            yield return new Misfit("scope", target.Scope.Code(), FaultText.NotAScopeOf(definition), CauseColumn: "scopes");
        if (definition.Frequencies.Count > 0 && target.Period.Frequency > definition.Frequencies.Max())
            yield return new Misfit("period", target.Period.ToString(), FaultText.FinerThanReported(definition), CauseColumn: "frequencies");
    }

    /// <summary>Of one indicator a code names one category: a value bears the code alone, without its list.</summary>
    private IEnumerable<Misfit> OfCategory(Category category)
    {
        foreach (var other in catalog.CategoriesCoded(category.Code).Where(other => other.CodeList != category.CodeList))
        {
            if (catalog.Indicators.FirstOrDefault(indicator => category.Indicators.Match(indicator.Code) && other.Indicators.Match(indicator.Code)) is { } both)
                yield return new Misfit("code", category.Code, FaultText.CodeOfTwoLists(both.Code, other.CodeList));
        }
    }

    /// <summary>A factor carries a number over, not a quantity into another one.</summary>
    private IEnumerable<Misfit> OfBridge(Bridge bridge)
    {
        var (from, to) = (UnitsOf(bridge.Indicator, bridge.FromMajor), UnitsOf(bridge.Indicator, bridge.ToMajor));
        if (from.Count > 0 && to.Count > 0 && !from.Exists(one => to.Exists(other => Converts(bridge.Indicator, Codes.Total, one, other, bridge.OverlapPeriod))))
            yield return new Misfit("to_major", $"{bridge.ToMajor}", FaultText.BridgeOfUnits(from[^1], to[^1]));
    }

    /// <summary>There must be a mass or a volume for it to turn.</summary>
    private IEnumerable<Misfit> OfDensity(Density density) =>
        from code in density.Indicators.Exact
        let versions = catalog.VersionsOf(code)
        where versions.Count > 0 && !versions.Any(version => HasMassOrVolume(version.Unit) || HasMassOrVolume(version.NumeratorUnit) || HasMassOrVolume(version.DenominatorUnit))
        select new Misfit("indicators", code, FaultText.NoMassOrVolume(versions[^1].Unit));

    private List<string> UnitsOf(string indicator, int major) =>
        [.. catalog.VersionsOf(indicator).Where(version => version.Version.Major == major).Select(version => version.Unit)];

    /// <summary>A unit that is at fault by itself fits: it is told as that.</summary>
    private bool Converts(string indicator, string category, string from, string to, Period period) =>
        !Unit.TryParse(from, out var one) || !Unit.TryParse(to, out var other)
        || UnitConversion.Find(catalog, indicator, category, one, other, period) is not null;

    private static bool HasMassOrVolume(string text) =>
        Unit.TryParse(text, out var unit) && (unit.Exponent("g") != 0 || unit.Exponent("m") is 3 or -3);
}
