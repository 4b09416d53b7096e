using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;
using GrowthBasis = WasteFree.Exchange.Comparison.GrowthBasis;
using Indicator = WasteFree.Exchange.Catalog.Indicator;
using Normalization = WasteFree.Exchange.Comparison.Normalization;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>A request for a comparison, read against the catalogue; only <c>latest</c> is still to be found.</summary>
internal sealed record ComparisonQuery
{
    public const int MaxCells = 20_000;

    private const string Latest = "latest";

    public required IReadOnlyList<string> Indicators { get; init; }

    /// <summary>Null: the latest.</summary>
    public required IReadOnlyList<Period?> Periods { get; init; }

    /// <summary>Its columns are still empty, and what is told of them is not yet known.</summary>
    public required ComparisonRequest Request { get; init; }

    /// <summary>The question that a page token belongs to; its instant is still to be added.</summary>
    public required CanonicalQuery Canonical { get; init; }

    /// <exception cref="Grpc.Core.RpcException">Something is unknown, malformed, mixed or too much.</exception>
    public static ComparisonQuery Read(CompareMetricsRequest request, CatalogSnapshot catalog, Visibility visibility)
    {
        var indicators = Required(FilterReader.Indicators(request.Indicators, "indicators", catalog), "indicators");
        var scheme = request.Scheme.Length == 0 ? null : FilterReader.Scheme(request.Scheme, "scheme", catalog);
        // As written: a period named a thousand times is a thousand to read.
        CheckSize((long)indicators.Count * Math.Max(1, request.Regions.Count) * request.Periods.Count);
        var periods = ReadPeriods(request);
        var choice = new RegionChoice(request, scheme, periods, catalog);
        var regions = Required(choice.All, "regions");
        CheckSize((long)indicators.Count * regions.Count * request.Periods.Count);
        var normalization = Known<Normalization>((int)request.Normalization, "normalization");
        var version = Version(request.Version, indicators, catalog);
        foreach (var indicator in indicators) CheckNormalization(normalization, catalog.VersionsOf(indicator)[^1], catalog);
        var asked = new ComparisonRequest
        {
            Columns = [],
            Regions = regions,
            RegionsOf = choice.Of,
            Scope = request.Scope.Length == 0 ? Scope.Whole : FilterReader.Scope(request.Scope, "scope"),
            Category = request.Category.Length == 0 ? Codes.Total : FilterReader.Category(request.Category, "category", catalog),
            Source = request.Source.Length == 0 ? null : FilterReader.Organization(request.Source, catalog),
            Visibility = visibility,
            Disclosure = Disclosure.OfNothing(catalog, visibility),
            Version = version,
            Unit = UnitOf(request.Unit, catalog.VersionsOf(indicators[0])[^1]),
            RollUp = request.RollUp,
            Normalization = normalization,
            Growth = [.. request.Growth.Distinct().Select((basis, i) => Known<GrowthBasis>((int)basis, $"growth[{i}]")
                ?? throw Refusal.FieldInvalid($"growth[{i}]", "须指明基期。", "say what the growth starts from.").ToException())],
            Scheme = scheme,
        };
        return new ComparisonQuery
        {
            Indicators = indicators,
            Periods = periods,
            Request = asked,
            Canonical = CanonicalOf(request, asked, indicators, periods, choice),
        };
    }

    /// <summary>Indicators, periods, regions and growths give the answer its order.</summary>
    private static CanonicalQuery CanonicalOf(
        CompareMetricsRequest request, ComparisonRequest asked, IEnumerable<string> indicators, IEnumerable<Period?> periods, RegionChoice choice) => new CanonicalQuery()
        .InOrder("indicators", indicators)
        .InOrder("periods", periods.Select(period => period?.ToString() ?? Latest))
        .InOrder("regions", choice.InOrder)
        .One("scheme", asked.Scheme)
        .One("scope", asked.Scope.Code())
        .One("category", asked.Category)
        .One("source", asked.Source)
        .One("illustrative", request.IncludeIllustrative)
        .One("version", asked.Version)
        .One("unit", asked.Unit?.Code)
        .One("roll_up", asked.RollUp)
        .One("normalization", asked.Normalization)
        .InOrder("growth", asked.Growth.Select(basis => basis.ToString()))
        .One("messages", request.IncludeMessages);

    private static List<Period?> ReadPeriods(CompareMetricsRequest request)
    {
        Required(request.Periods, "periods");
        var periods = request.Periods
            .Select((text, i) => text == Latest ? (Period?)null : FilterReader.PeriodOf(text, $"periods[{i}]"))
            .Distinct()
            .ToList();
        var frequencies = periods.OfType<Period>().Select(period => period.FrequencyCode).Distinct().ToList();
        if (frequencies.Count < 2) return periods;
        throw new Refusal(
            ErrorReason.FrequenciesMixed,
            $"一次比较只能用一种频率，所给期间含 {string.Join('、', frequencies)}；请分次比较，或用 roll_up 汇总为较粗的频率。",
            $"The periods of one comparison have one frequency, these have {string.Join(", ", frequencies)}; ask once for each, or make one of the other with roll_up.")
        {
            Field = "periods",
        }.ToException();
    }

    private static DefinitionVersion? Version(string text, IReadOnlyList<string> indicators, CatalogSnapshot catalog)
    {
        if (text.Length == 0) return null;
        if (!DefinitionVersion.TryParse(text, out var version))
            throw Refusal.FieldInvalid("version", $"“{Excerpt.Of(text)}”不是 主.次 形式的版本。", $"'{Excerpt.Of(text)}' is not a version MAJOR.MINOR.").ToException();
        foreach (var indicator in indicators.Where(indicator => catalog.FindDefinition(indicator, version) is null))
        {
            var known = string.Join(", ", catalog.VersionsOf(indicator).Select(definition => definition.Version));
            throw new Refusal(
                ErrorReason.DefinitionUnknown,
                $"指标 {indicator} 没有 {version} 版定义；现有：{known}。",
                $"Indicator {indicator} has no definition version {version}; it has {known}.")
            {
                Field = "version",
            }.NearestTo(text, [.. catalog.VersionsOf(indicator).Select(definition => $"{definition.Version}")]).ToException();
        }
        return version;
    }

    /// <summary>A unit by its UCUM code or by its Chinese name; 个 is what the first indicator counts.</summary>
    private static Unit? UnitOf(string text, Indicator indicator)
    {
        if (text.Length == 0) return null;
        if (UnitNames.TryFind(text, indicator.Unit, out var code) && Unit.TryParse(code, out var unit)) return unit;
        var (zh, en) = UnitWords.Unknown(text, own: "");
        throw Refusal.FieldInvalid("unit", zh, en).ToException();
    }

    private static void CheckNormalization(Normalization? normalization, Indicator indicator, CatalogSnapshot catalog)
    {
        if (normalization is not { } by) return;
        if (!Normalizing.Takes(indicator.Kind))
            throw Refusal.FieldInvalid("normalization", $"{indicator.Code} {indicator.NameZh}不是数量，不能再除以人口或地区生产总值。", $"{indicator.Code} is not an amount, a stock or a count; only these are divided.").ToException();
        if (catalog.VersionsOf(Normalizing.IndicatorOf(by)).Count == 0)
            throw Refusal.FieldInvalid("normalization", $"目录中没有指标 {Normalizing.IndicatorOf(by)}。", $"the catalogue has no indicator {Normalizing.IndicatorOf(by)}.").ToException();
    }

    /// <summary>Core and contract number their values alike; 0 is none.</summary>
    private static T? Known<T>(int number, string field)
        where T : struct, Enum
    {
        if (number == 0) return null;
        var value = (T)Enum.ToObject(typeof(T), number);
        return Enum.IsDefined(value) ? value : throw Refusal.FieldInvalid(field, $"没有取值 {number}。", $"no value {number}.").ToException();
    }

    private static T Required<T>(T items, string field)
        where T : IReadOnlyCollection<string> =>
        items.Count > 0 ? items : throw Refusal.FieldInvalid(field, "至少要有一项。", "at least one entry is needed.").ToException();

    private static void CheckSize(long cells)
    {
        if (cells <= MaxCells) return;
        throw new Refusal(
            ErrorReason.QueryTooLarge,
            $"比较共 {cells} 格，至多 {MaxCells} 格；请按指标、地区或期间拆分。",
            $"The comparison has {cells} cells, at most {MaxCells} are allowed; split it by indicator, region or period.")
            .OfLimit("max_cells", MaxCells, cells).ToException();
    }
}
