using System.Collections.Frozen;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog;

/// <summary>
/// The catalogue as it is at one ledger position: immutable, with the look-ups that validation, comparison and
/// queries need. <see cref="Version"/> is the position of the last load it contains.
/// </summary>
public sealed class CatalogSnapshot
{
    private readonly FrozenDictionary<string, Indicator[]> _definitions;
    private readonly FrozenDictionary<string, Region> _regions;
    private readonly FrozenDictionary<string, Organization> _organizations;
    private readonly FrozenDictionary<string, Category[]> _categories;
    private readonly FrozenDictionary<string, Mandate[]> _mandatesOf;
    private readonly ILookup<(string Region, string Indicator), Target> _targetsOf;
    private readonly FrozenDictionary<string, Bridge[]> _bridgesOf;
    private readonly FrozenDictionary<string, Grant[]> _grantsOf;
    private readonly FrozenDictionary<string, string[]> _childrenOf;
    private readonly NameIndex _indicatorNames;
    private readonly NameIndex _regionNames;

    public CatalogSnapshot(
        long version,
        IEnumerable<Indicator> indicators,
        IEnumerable<Region> regions,
        IEnumerable<Category> categories,
        IEnumerable<Target> targets,
        IEnumerable<PlanTask> tasks,
        IEnumerable<Organization> organizations,
        IEnumerable<Mandate> mandates,
        IEnumerable<Bridge> bridges,
        IEnumerable<Density> densities,
        IEnumerable<Grant> grants)
    {
        Version = version;
        Indicators = [.. indicators.OrderBy(i => i.Code, StringComparer.Ordinal).ThenBy(i => i.Version)];
        Regions = [.. regions.OrderBy(r => r.Code, StringComparer.Ordinal)];
        Categories = [.. categories.OrderBy(c => c.CodeList, StringComparer.Ordinal).ThenBy(c => c.Code, StringComparer.Ordinal)];
        Targets = [.. targets.OrderBy(t => t.Id, StringComparer.Ordinal)];
        Tasks = [.. tasks.OrderBy(t => t.SourceDocument, StringComparer.Ordinal).ThenBy(t => t.Number)];
        Organizations = [.. organizations.OrderBy(o => o.Id, StringComparer.Ordinal)];
        Mandates = [.. mandates.OrderBy(m => m.Organization, StringComparer.Ordinal)];
        Bridges = [.. bridges.OrderBy(b => b.Indicator, StringComparer.Ordinal).ThenBy(b => (b.FromMajor, b.ToMajor)).ThenBy(b => b.Regions.ToString(), StringComparer.Ordinal)];
        Densities = [.. densities.OrderBy(d => d.Indicators.ToString(), StringComparer.Ordinal).ThenBy(d => d.Categories.ToString(), StringComparer.Ordinal)];
        Grants =
        [
            .. grants.OrderBy(g => g.Grantee, StringComparer.Ordinal).ThenBy(g => g.Owner, StringComparer.Ordinal)
                .ThenBy(g => g.Indicators.ToString(), StringComparer.Ordinal).ThenBy(g => g.Regions.ToString(), StringComparer.Ordinal),
        ];

        _definitions = Indicators.GroupBy(i => i.Code).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _regions = Regions.ToFrozenDictionary(r => r.Code, StringComparer.Ordinal);
        _organizations = Organizations.ToFrozenDictionary(o => o.Id, StringComparer.Ordinal);
        _categories = Categories.GroupBy(c => c.Code).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _targetsOf = Targets.ToLookup(t => (t.Region, t.Indicator));
        _mandatesOf = Mandates.GroupBy(m => m.Organization).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _bridgesOf = Bridges.GroupBy(b => b.Indicator).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _grantsOf = Grants.GroupBy(g => g.Grantee).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _childrenOf = Regions.GroupBy(r => r.ParentCode, r => r.Code).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _indicatorNames = new NameIndex(Indicators.Select(i => new NamedCode(i.Code, i.NameZh, i.NameEn)));
        _regionNames = new NameIndex(Regions.Select(r => new NamedCode(r.Code, r.NameZh, r.NameEn)));
    }

    public static CatalogSnapshot Empty { get; } = new(0, [], [], [], [], [], [], [], [], [], []);

    /// <summary>Ledger position of the last load; 0: none.</summary>
    public long Version { get; }

    public IReadOnlyList<Indicator> Indicators { get; }
    public IReadOnlyList<Region> Regions { get; }
    public IReadOnlyList<Category> Categories { get; }
    public IReadOnlyList<Target> Targets { get; }
    public IReadOnlyList<PlanTask> Tasks { get; }
    public IReadOnlyList<Organization> Organizations { get; }
    public IReadOnlyList<Mandate> Mandates { get; }
    public IReadOnlyList<Bridge> Bridges { get; }
    public IReadOnlyList<Density> Densities { get; }
    public IReadOnlyList<Grant> Grants { get; }

    public Region? FindRegion(string code) => _regions.GetValueOrDefault(code);

    public Organization? FindOrganization(string id) => _organizations.GetValueOrDefault(id);

    /// <summary>The strictest of its versions: values are asked for by indicator, whatever version they follow.</summary>
    public Sharing SharingOf(string indicator) => VersionsOf(indicator).Select(definition => definition.Sharing).DefaultIfEmpty(Sharing.NotShared).Max();

    /// <summary>All versions of an indicator, the lowest first; empty for an unknown code.</summary>
    public IReadOnlyList<Indicator> VersionsOf(string indicator) => _definitions.GetValueOrDefault(indicator) ?? [];

    public Indicator? FindDefinition(string indicator, DefinitionVersion version) =>
        VersionsOf(indicator).FirstOrDefault(definition => definition.Version == version);

    /// <summary>The highest version in force in the period; null: none.</summary>
    public Indicator? InForce(string indicator, Period period) =>
        VersionsOf(indicator).LastOrDefault(definition => definition.InForce(period));

    /// <summary>The category, if the indicator takes it; <c>_T</c> is taken by all.</summary>
    public Category? FindCategory(string indicator, string code) =>
        CategoriesCoded(code).FirstOrDefault(category => category.Indicators.Match(indicator));

    /// <summary>Categories of all lists that have the code.</summary>
    internal IReadOnlyList<Category> CategoriesCoded(string code) => _categories.GetValueOrDefault(code) ?? [];

    /// <summary>Codes of the categories that the indicator takes.</summary>
    public IReadOnlyList<string> CategoriesOf(string indicator) =>
        [.. Categories.Where(category => category.Indicators.Match(indicator)).Select(category => category.Code)];

    /// <summary>Codes of the regions that belong to one; empty where there are none.</summary>
    public IReadOnlyList<string> ChildrenOf(string region) => region.Length == 0 ? [] : _childrenOf.GetValueOrDefault(region) ?? [];

    /// <summary>Codes of the reporting units that belong to a scheme, fully or in part.</summary>
    public IReadOnlyList<string> MembersOf(RegionScheme scheme) =>
        [.. Regions.Where(region => region.ReportingUnit && region.Membership(scheme) is "full" or "partial").Select(region => region.Code)];

    /// <summary>Whether only a part of the region belongs to the scheme.</summary>
    public bool BelongsInPart(string region, RegionScheme scheme) => FindRegion(region)?.Membership(scheme) == "partial";

    /// <summary>
    /// First two digits of the region, or of the nearest region above it that has a code of GB/T 2260; empty: of no province.
    /// </summary>
    public string ProvinceOf(string region)
    {
        // A circle of parents, which a load may contain, ends at the first one met again.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = region; at.Length > 0 && seen.Add(at); at = FindRegion(at)?.ParentCode ?? "")
            if (at.Length >= 2 && char.IsAsciiDigit(at[0]) && char.IsAsciiDigit(at[1])) return at[..2];
        return "";
    }

    /// <summary>
    /// What carries values of one MAJOR version over to another; one that names the region before one for all. Null:
    /// none is declared.
    /// </summary>
    public Bridge? FindBridge(string indicator, int fromMajor, int toMajor, string region) =>
        (_bridgesOf.GetValueOrDefault(indicator) ?? [])
            .Where(bridge => bridge.FromMajor == fromMajor && bridge.ToMajor == toMajor && bridge.Regions.Match(region))
            .MaxBy(bridge => bridge.Regions.Closeness(region));

    /// <summary>
    /// What turns volume into mass; the one that names the indicator, then the category, most closely. Null: none is declared.
    /// </summary>
    public Density? FindDensity(string indicator, string category) =>
        Densities
            .Where(density => density.Indicators.Match(indicator) && density.Categories.Match(category))
            .MaxBy(density => (density.Indicators.Closeness(indicator), density.Categories.Closeness(category)));

    /// <summary>Codes of the indicators that bear the name, Chinese or English, in full; in any case.</summary>
    public IReadOnlyList<string> IndicatorsNamed(string text) => _indicatorNames.CodesOf(text);

    /// <summary>Codes of the regions that bear the name, Chinese or English, in full; in any case.</summary>
    public IReadOnlyList<string> RegionsNamed(string text) => _regionNames.CodesOf(text);

    /// <summary>Targets that a region has on an indicator, of any period, by id.</summary>
    public IEnumerable<Target> TargetsOf(string region, string indicator) => _targetsOf[(region, indicator)];

    public IReadOnlyList<Mandate> MandatesOf(string organization) => _mandatesOf.GetValueOrDefault(organization) ?? [];

    /// <summary>What an organisation was granted, in force or not.</summary>
    public IReadOnlyList<Grant> GrantsOf(string grantee) => _grantsOf.GetValueOrDefault(grantee) ?? [];

    /// <summary>Indicators that an unknown code or name may mean, the nearest first, as code and Chinese name.</summary>
    public IReadOnlyList<string> NearestIndicators(string text, int count) =>
        NearestNames.Find(text, _definitions.Values.Select(versions => new NamedCode(versions[^1].Code, versions[^1].NameZh, versions[^1].NameEn)), count);

    /// <summary>Regions that an unknown code or name may mean, the nearest first, as code and Chinese name.</summary>
    public IReadOnlyList<string> NearestRegions(string text, int count) =>
        NearestNames.Find(text, Regions.Select(region => new NamedCode(region.Code, region.NameZh, region.NameEn)), count);

    /// <summary>
    /// An organisation reports within its regions; where it has mandates, also only what one of them covers.
    /// </summary>
    public bool MayReport(Organization organization, string indicator, string region)
    {
        if (!organization.Regions.Match(region)) return false;
        var mandates = MandatesOf(organization.Id);
        return mandates.Count == 0 || mandates.Any(mandate => mandate.Covers(indicator, region));
    }

    /// <summary>Whether the organisation's value is the cell of a comparison.</summary>
    public bool IsAuthoritative(string organization, string indicator, string region) =>
        MandatesOf(organization).Any(mandate => mandate.Authoritative && mandate.Covers(indicator, region));
}
