using System.Collections.Frozen;
using WasteFree.Exchange.Comparison;
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
    private readonly NameIndex _schemeNames;
    private readonly FrozenDictionary<string, RegionScheme> _schemes;
    private readonly FrozenDictionary<(string Scheme, string Region), SchemeMember> _members;
    private readonly ILookup<string, string> _predecessorsOf;
    private readonly ILookup<string, Region> _laterUnits;
    private readonly Lazy<NearestNames> _nearestIndicators;
    private readonly Lazy<NearestNames> _nearestRegions;
    private readonly Lazy<NearestNames> _nearestCategories;
    private readonly Lazy<NearestNames> _nearestSchemes;

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
        IEnumerable<Grant> grants,
        IEnumerable<RegionScheme> schemes,
        IEnumerable<SchemeMember> members)
    {
        Version = version;
        Indicators = [.. indicators.OrderBy(i => i.Code, StringComparer.Ordinal).ThenBy(i => i.Version)];
        Schemes = [.. schemes.OrderBy(s => s.Code, StringComparer.Ordinal)];
        SchemeMembers = [.. members.OrderBy(m => m.Scheme, StringComparer.Ordinal).ThenBy(m => m.Region, StringComparer.Ordinal)];
        _schemes = Schemes.ToFrozenDictionary(s => s.Code, StringComparer.Ordinal);
        _members = SchemeMembers.ToFrozenDictionary(m => (m.Scheme, m.Region));
        var units = SchemeMembers.Where(m => m.Extent != SchemeExtent.None && FindScheme(m.Scheme) is { ReportingUnits: true })
            .Select(m => m.Region).ToHashSet(StringComparer.Ordinal);
        Regions = [.. regions.OrderBy(r => r.Code, StringComparer.Ordinal).Select(r => r with { ReportingUnit = units.Contains(r.Code) })];
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
        RegionNames = new RegionNames(Regions);
        _schemeNames = new NameIndex(Schemes.SelectMany(s => new[] { new NamedCode(s.Code, s.NameZh, s.NameEn), new NamedCode(s.Code, s.Code, "") }));
        RegionDays = [.. Regions.SelectMany(r => new[] { r.ValidFrom, r.ValidTo })
            .Concat(Schemes.SelectMany(s => new[] { s.ValidFrom, s.ValidTo }))
            .Concat(SchemeMembers.SelectMany(m => new[] { m.ValidFrom, m.ValidTo })).OfType<DateOnly>().Append(DateOnly.MinValue).Distinct().Order()];
        _predecessorsOf = Regions.SelectMany(r => r.Successors.Select(to => (To: to, r.Code))).ToLookup(entry => entry.To, entry => entry.Code, StringComparer.Ordinal);
        _laterUnits = Regions.Where(r => r is { ReportingUnit: true, ValidFrom: not null })
            .SelectMany(unit => unit.Overlaps.Concat(_predecessorsOf[unit.Code]).Distinct().Select(before => (Before: before, Unit: unit)))
            .ToLookup(entry => entry.Before, entry => entry.Unit, StringComparer.Ordinal);
        _nearestIndicators = new(() => new NearestNames(_definitions.Values.Select(versions => NamedCode.Of(versions[^1])!.Value)));
        _nearestRegions = new(() => new NearestNames(Regions.Select(r => NamedCode.Of(r)!.Value)));
        _nearestCategories = new(() => new NearestNames(Categories.Select(c => NamedCode.Of(c)!.Value).Distinct()));
        _nearestSchemes = new(() => new NearestNames(Schemes.Select(s => NamedCode.Of(s)!.Value)));
    }

    public static CatalogSnapshot Empty { get; } = new(0, [], [], [], [], [], [], [], [], [], [], [], []);

    /// <summary>Ledger position of the last load; 0: none.</summary>
    public long Version { get; }

    public IReadOnlyList<Indicator> Indicators { get; }
    public IReadOnlyList<Region> Regions { get; }

    /// <summary>Days from which on the regions in force or the members of a scheme are others than before, and the first of all.</summary>
    public IReadOnlyList<DateOnly> RegionDays { get; }

    public IReadOnlyList<Category> Categories { get; }
    public IReadOnlyList<Target> Targets { get; }
    public IReadOnlyList<PlanTask> Tasks { get; }
    public IReadOnlyList<Organization> Organizations { get; }
    public IReadOnlyList<Mandate> Mandates { get; }
    public IReadOnlyList<Bridge> Bridges { get; }
    public IReadOnlyList<Density> Densities { get; }
    public IReadOnlyList<Grant> Grants { get; }
    public IReadOnlyList<RegionScheme> Schemes { get; }

    /// <summary>By scheme and region.</summary>
    public IReadOnlyList<SchemeMember> SchemeMembers { get; }

    /// <summary>The last day, up to this one, from which on the regions in force are others than before.</summary>
    public DateOnly RegionDayOf(DateOnly day) => RegionDays.Last(change => change <= day);

    public Region? FindRegion(string code) => _regions.GetValueOrDefault(code);

    public RegionScheme? FindScheme(string code) => _schemes.GetValueOrDefault(code);

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

    /// <summary>Codes of the regions that belong to one on a day; empty where there are none.</summary>
    public IReadOnlyList<string> ChildrenOf(string region, DateOnly day) =>
        region.Length == 0 ? [] : [.. (_childrenOf.GetValueOrDefault(region) ?? []).Where(code => _regions[code].InForce(day))];

    /// <summary>Codes of the regions that belong to one at any depth on a day, in their order.</summary>
    public IReadOnlyList<string> DescendantsOf(string region, DateOnly day)
    {
        var below = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([region]);
        while (open.TryPop(out var at))
            foreach (var child in _childrenOf.GetValueOrDefault(at) ?? [])
                if (at.Length > 0 && child != region && below.Add(child)) open.Push(child);
        return [.. below.Where(code => _regions[code].InForce(day))];
    }

    /// <summary>Codes of the regions that name it as a successor.</summary>
    public IEnumerable<string> PredecessorsOf(string region) => _predecessorsOf[region];

    /// <summary>
    /// Codes of the regions that are together all of its ground on a day: those directly below it or, before it began, its
    /// predecessors, where the catalogue declares that. Empty: that is not known. One that lies across others is no part
    /// beside them.
    /// </summary>
    public IReadOnlyList<string> PartsOf(string region, DateOnly day)
    {
        if (FindRegion(region) is not { } whole) return [];
        if (!whole.InForce(day)) return day < whole.ValidFrom && whole.PredecessorsComplete ? PredecessorsOn(whole, day) : [];
        if (!whole.PartsComplete) return [];
        var children = (_childrenOf.GetValueOrDefault(region) ?? []).Select(code => _regions[code]).ToList();
        // Ground of which is not declared whose it was, or became, is missing from the whole.
        if (children.Exists(child => !child.InForce(day) && (day < child.ValidFrom ? child.Overlaps.Count == 0 && !PredecessorsOf(child.Code).Any() : child.Successors.Count == 0))) return [];
        List<string> parts = [.. children.Where(child => child.InForce(day)).Select(child => child.Code)];
        var back = Ground.StandingBack(parts, FindRegion);
        return [.. parts.Where(part => !back.ContainsKey(part))];
    }

    /// <summary>Codes of all regions whose values may be parts of one's, on whatever day, and its own.</summary>
    public IReadOnlyCollection<string> WithParts(string region)
    {
        var with = new HashSet<string>(StringComparer.Ordinal) { region };
        var open = new Stack<string>(with);
        while (open.TryPop(out var at))
        {
            if (FindRegion(at) is not { } whole) continue;
            var parts = (whole.PartsComplete ? _childrenOf.GetValueOrDefault(at) ?? [] : []).Concat(whole.PredecessorsComplete ? _predecessorsOf[at] : []);
            foreach (var part in parts.Where(with.Add)) open.Push(part);
        }
        return with;
    }

    /// <summary>Codes of the schemes that bear the code or the name, Chinese or English, in full; in any case.</summary>
    public IReadOnlyList<string> SchemesNamed(string text) => _schemeNames.CodesOf(text);

    /// <summary>
    /// Codes of the reporting units that belong to a scheme on a day, fully or in part; outside the scheme's own time none.
    /// Where a unit is not yet in force, the regions whose ground it takes stand in for it.
    /// </summary>
    public IReadOnlyList<string> MembersOf(string scheme, DateOnly day)
    {
        if (FindScheme(scheme) is not { } its || !its.InForce(day)) return [];
        return [.. Regions.Where(region => region.InForce(day) && (IsReportingUnit(region, day) ? Belongs(region, day) : StandsIn(region))).Select(region => region.Code)];

        bool Belongs(Region region, DateOnly on) => _members.TryGetValue((scheme, region.Code), out var member) && member.Belongs(on);

        bool StandsIn(Region region) => (its.ReportingUnits || Belongs(region, day))
            && _laterUnits[region.Code].Any(unit => unit.ValidFrom is { } first && day < first && Belongs(unit, first));
    }

    /// <summary>Whether only a part of the region belongs to the scheme on a day.</summary>
    public bool BelongsInPart(string region, string scheme, DateOnly day) =>
        _members.TryGetValue((scheme, region), out var member) && member.Extent == SchemeExtent.Partial && member.Belongs(day);

    private bool IsReportingUnit(Region region, DateOnly day) => region.ReportingUnit
        && Schemes.Any(scheme => scheme.ReportingUnits && scheme.InForce(day) && _members.TryGetValue((scheme.Code, region.Code), out var member) && member.Belongs(day));

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

    /// <summary>The regions by their names.</summary>
    public RegionNames RegionNames { get; }

    /// <summary>Targets that a region has on an indicator, of any period, by id.</summary>
    public IEnumerable<Target> TargetsOf(string region, string indicator) => _targetsOf[(region, indicator)];

    /// <summary>Schemes that an unknown code or name may mean, the nearest first, as code and Chinese name.</summary>
    public IReadOnlyList<string> NearestSchemes(string text, int count) => _nearestSchemes.Value.Find(text, count);

    private IReadOnlyList<string> PredecessorsOn(Region whole, DateOnly day)
    {
        var before = PredecessorsOf(whole.Code).Select(code => _regions[code]).ToList();
        // One that another region took a part of is more than the whole.
        return before.TrueForAll(region => region.InForce(day) && region.Successors.Count == 1) ? [.. before.Select(region => region.Code)] : [];
    }

    public IReadOnlyList<Mandate> MandatesOf(string organization) => _mandatesOf.GetValueOrDefault(organization) ?? [];

    /// <summary>What an organisation was granted, in force or not.</summary>
    public IReadOnlyList<Grant> GrantsOf(string grantee) => _grantsOf.GetValueOrDefault(grantee) ?? [];

    /// <summary>Indicators that an unknown code or name may mean, the nearest first, as code and Chinese name.</summary>
    public IReadOnlyList<string> NearestIndicators(string text, int count) => _nearestIndicators.Value.Find(text, count);

    /// <summary>Regions that an unknown code or name may mean, the nearest first, as code and Chinese name.</summary>
    public IReadOnlyList<string> NearestRegions(string text, int count) => _nearestRegions.Value.Find(text, count);

    /// <summary>Categories that an unknown code or name may mean, the nearest first, as code and Chinese name.</summary>
    /// <param name="text">The code or name.</param>
    /// <param name="count">At most so many.</param>
    public IReadOnlyList<string> NearestCategories(string text, int count) => _nearestCategories.Value.Find(text, count);

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
