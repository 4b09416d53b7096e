using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>The catalogue's lists at one instant, searched from the first to the last.</summary>
internal sealed class PlainCatalog
{
    public required IReadOnlyList<Indicator> Indicators { get; init; }
    public required IReadOnlyList<Region> Regions { get; init; }
    public required IReadOnlyList<RegionScheme> Schemes { get; init; }
    public required IReadOnlyList<Organization> Organizations { get; init; }
    public required IReadOnlyList<Mandate> Mandates { get; init; }
    public required IReadOnlyList<Bridge> Bridges { get; init; }
    public required IReadOnlyList<Density> Densities { get; init; }

    public static async Task<PlainCatalog> ReadAsync(CatalogService.CatalogServiceClient catalog, AsOf asOf, CancellationToken cancelled) => new()
    {
        Indicators = (await catalog.ListIndicatorsAsync(new ListIndicatorsRequest { AsOf = asOf }, cancellationToken: cancelled)).Indicators,
        Regions = (await catalog.ListRegionsAsync(new ListRegionsRequest { AsOf = asOf }, cancellationToken: cancelled)).Regions,
        Schemes = (await catalog.ListRegionSchemesAsync(new ListRegionSchemesRequest { AsOf = asOf }, cancellationToken: cancelled)).Schemes,
        Organizations = (await catalog.ListOrganizationsAsync(new ListOrganizationsRequest { AsOf = asOf }, cancellationToken: cancelled)).Organizations,
        Mandates = (await catalog.ListMandatesAsync(new ListMandatesRequest { AsOf = asOf }, cancellationToken: cancelled)).Mandates,
        Bridges = (await catalog.ListBridgesAsync(new ListBridgesRequest { AsOf = asOf }, cancellationToken: cancelled)).Bridges,
        Densities = (await catalog.ListDensitiesAsync(new ListDensitiesRequest { AsOf = asOf }, cancellationToken: cancelled)).Densities,
    };

    public Indicator Definition(string code, string version) => Indicators.Single(one => one.Code == code && one.Version == version);

    public Indicator InForce(string code, PlainPeriod period) =>
        Indicators
            .Where(one => one.Code == code)
            .Where(one => one.ValidFrom.Length == 0 || period.Start >= PlainPeriod.Of(one.ValidFrom).Start)
            .Where(one => one.ValidTo.Length == 0 || period.Start < PlainPeriod.Of(one.ValidTo).Start)
            .MaxBy(Rank)!;

    public Region Region(string code) => Regions.Single(one => one.Code == code);

    public bool IsAuthoritative(string organization, string indicator, string region) =>
        Mandates.Any(one => one.Organization == organization && one.Authoritative && Fits(one.Indicators, indicator) && Fits(one.Regions, region));

    public Fraction? BridgeFactor(string indicator, int from, int to, string region)
    {
        // One that names the region goes before one for all.
        var bridge = Bridges
            .Where(one => one.Indicator == indicator && one.FromMajor == from && one.ToMajor == to && Fits(one.Regions, region))
            .OrderByDescending(one => one.Regions.Contains(region)).FirstOrDefault();
        return bridge is null ? null : Fraction.Parse(bridge.Factor);
    }

    /// <summary>In kg per m3.</summary>
    public Fraction? DensityOf(string indicator, string category)
    {
        var density = Densities.FirstOrDefault(one => Fits(one.Indicators, indicator) && Fits(one.Categories, category));
        return density is null ? null : Fraction.Parse(density.Value) * PlainUnits.Factor(density.Unit, "kg/m3", 1)!.Value;
    }

    /// <summary>Members of a scheme, or children of a region, in order of their codes.</summary>
    public IEnumerable<string> Members(string scheme, PlainPeriod period) => Regions
        .Where(one => IsInForce(one, period) && IsReportingUnit(one.Code) && ExtentOf(one.Code, scheme) is SchemeExtent.Full or SchemeExtent.Partial)
        .Select(one => one.Code)
        .Order(StringComparer.Ordinal);

    public bool IsPartial(string region, string scheme) => ExtentOf(region, scheme) == SchemeExtent.Partial;

    public bool IsReportingUnit(string region) => ExtentOf(region, "REPORTING-UNITS") is SchemeExtent.Full or SchemeExtent.Partial;

    /// <summary>The memberships of tests have no days.</summary>
    private SchemeExtent ExtentOf(string region, string scheme) =>
        Schemes.Where(one => one.Code == scheme).SelectMany(one => one.Members).SingleOrDefault(one => one.Region == region)?.Extent ?? SchemeExtent.None;

    /// <summary>On the last day of the period.</summary>
    private static bool IsInForce(Region region, PlainPeriod period) =>
        (region.ValidFrom.Length == 0 || PlainPeriod.Of(region.ValidFrom).Start < period.End)
        && (region.ValidTo.Length == 0 || PlainPeriod.Of(region.ValidTo).Start >= period.End);

    public IEnumerable<string> Children(string parent) =>
        Regions.Where(one => one.ParentCode == parent).Select(one => one.Code).Order(StringComparer.Ordinal);

    public bool IsWithin(string region, string other)
    {
        for (var at = Region(region).ParentCode; at.Length > 0; at = Region(at).ParentCode)
            if (at == other) return true;
        return false;
    }

    public bool ShareGround(string a, string b) =>
        IsWithin(a, b) || IsWithin(b, a) || Region(a).Overlaps.Contains(b) || Region(b).Overlaps.Contains(a);

    public static int Major(string version) => int.Parse(version.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static bool Fits(IEnumerable<string> patterns, string code) =>
        patterns.Any(pattern => pattern == code || (pattern.EndsWith('*') && code.StartsWith(pattern[..^1], StringComparison.Ordinal)));

    private static (int, int) Rank(Indicator one) =>
        (Major(one.Version), int.Parse(one.Version.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture));
}
