using System.Collections.Frozen;
using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Identity;

/// <summary>
/// Who may read what; default deny. An organisation that reads has its own rows; of the others' the unconditional ones, the
/// conditional ones about its own province, and those that a grant in force names. Other roles than reader imply no reading.
/// </summary>
public static class ReadingPolicy
{
    /// <param name="principal">Who asks.</param>
    /// <param name="catalog">The catalogue of now, also where the past is asked for: what was revoked is revoked for all instants.</param>
    /// <param name="today">The day in China.</param>
    public static Visibility Of(Principal principal, CatalogSnapshot catalog, DateOnly today)
    {
        if (!principal.Is(Roles.Reader)) return Visibility.Nothing;
        if (principal.Organization is not { } reader) return principal.IsUnrestricted ? Visibility.Everything : Visibility.Nothing;
        if (catalog.FindOrganization(reader) is not { } organization) return new Visibility { Organization = reader };

        var bySharing = catalog.Indicators.Select(definition => definition.Code).Distinct().ToLookup(catalog.SharingOf);
        // An organisation for all regions is of no province: it reads others' conditional values by grants.
        var provinces = organization.Regions.Exact.Select(catalog.ProvinceOf).Where(province => province.Length > 0).ToHashSet(StringComparer.Ordinal);
        return new Visibility
        {
            Organization = reader,
            Indicators = bySharing[Sharing.Unconditional].ToFrozenSet(StringComparer.Ordinal),
            ProvinceIndicators = bySharing[Sharing.Conditional].ToFrozenSet(StringComparer.Ordinal),
            ProvinceRegions = catalog.Regions.Select(region => region.Code)
                .Where(region => provinces.Contains(catalog.ProvinceOf(region)))
                .ToFrozenSet(StringComparer.Ordinal),
            Granted = catalog.GrantsOf(reader)
                .Where(grant => grant.InForce(today))
                .SelectMany(grant => Opened(grant, bySharing[Sharing.Conditional]))
                .ToFrozenSet(),
        };
    }

    private static IEnumerable<(string Owner, string Indicator, string Region)> Opened(Grant grant, IEnumerable<string> conditional)
    {
        IReadOnlyList<string> regions = grant.Regions.Items.Contains(Visibility.Any) ? [Visibility.Any] : grant.Regions.Items;
        return conditional.Where(grant.Indicators.Match).SelectMany(indicator => regions.Select(region => (grant.Owner, indicator, region)));
    }
}
