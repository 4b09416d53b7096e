using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>The definition that a table follows.</summary>
internal static class TableDefinition
{
    /// <summary>The version asked for, else the one in force in the period, else the highest there is.</summary>
    /// <exception cref="ArgumentException">The catalogue has no such indicator or version.</exception>
    internal static Indicator Of(CatalogSnapshot catalog, string indicator, Period period, DefinitionVersion? version) =>
        (version is { } asked
            ? catalog.FindDefinition(indicator, asked)
            : catalog.InForce(indicator, period) ?? (catalog.VersionsOf(indicator) is [.., var highest] ? highest : null))
        ?? throw new ArgumentException($"No definition {version} of {indicator} in the catalogue.", nameof(indicator));
}
