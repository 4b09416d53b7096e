using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;
using ObservationFilter = WasteFree.Exchange.Store.ObservationFilter;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>
/// Reads a request's codes and names against the catalogue: an unknown one is refused with the nearest known, a name of
/// several codes with all of them.
/// </summary>
internal static class FilterReader
{
    /// <summary>More entries than any question needs; they bound the work of one.</summary>
    public const int MaxEntries = 1_000;

    private const int Suggestions = 3;

    /// <summary>More than a name is ever shared by; a status has to fit into a header.</summary>
    private const int MaxCandidates = 20;

    /// <summary>Candidates bear the names of what they lie in; so many characters of them still fit.</summary>
    private const int MaxCandidateText = 400;

    /// <exception cref="Grpc.Core.RpcException">A code is unknown or malformed.</exception>
    public static ObservationFilter Read(V1.ObservationFilter? filter, CatalogSnapshot catalog)
    {
        filter ??= new V1.ObservationFilter();
        List<Period> periods = [.. Each(filter.Periods, "filter.periods").Select((text, i) => PeriodOf(text, $"filter.periods[{i}]"))];
        DateOnly?[] days = periods.Count == 0 ? [null] : [.. periods.Select(period => (DateOnly?)period.LastDay).Distinct()];
        return new ObservationFilter
        {
            Indicators = Indicators(filter.Indicators, "filter.indicators", catalog),
            Regions =
            [
                .. Each(filter.Regions, "filter.regions")
                    .SelectMany((text, i) => days.SelectMany(day => Regions(text, $"filter.regions[{i}]", catalog, day)))
                    .Distinct(),
            ],
            Scopes = [.. Each(filter.Scopes, "filter.scopes").Select((code, i) => Scope(code, $"filter.scopes[{i}]"))],
            Categories = [.. Each(filter.Categories, "filter.categories").Select((code, i) => Category(code, $"filter.categories[{i}]", catalog))],
            Periods = periods,
            From = filter.PeriodFrom.Length == 0 ? null : PeriodOf(filter.PeriodFrom, "filter.period_from").Start,
            To = filter.PeriodTo.Length == 0 ? null : PeriodOf(filter.PeriodTo, "filter.period_to").End,
            Organizations = filter.Organizations.Count == 0
                ? null
                : [.. Each(filter.Organizations, "filter.organizations").Select(id => Organization(id, catalog))],
            ExcludedOrganizations = Illustrative(filter.IncludeIllustrative, catalog),
        };
    }

    /// <summary>Illustrative organisations are left out unless they are asked for.</summary>
    public static IReadOnlyList<string> Illustrative(bool include, CatalogSnapshot catalog) =>
        include ? [] : [.. catalog.Organizations.Where(organization => organization.Illustrative).Select(organization => organization.Id)];

    /// <summary>Codes of what is named by code or by full name, each once.</summary>
    public static List<string> Indicators(IReadOnlyList<string> names, string field, CatalogSnapshot catalog) =>
        [.. Each(names, field).Select((text, i) => Indicator(text, $"{field}[{i}]", catalog)).Distinct()];

    /// <summary>
    /// Codes of the regions that a code or full name means; a name that passed from one region to another means the one of the
    /// day, or all of them where there is no day.
    /// </summary>
    public static IReadOnlyList<string> Regions(string text, string field, CatalogSnapshot catalog, DateOnly? day)
    {
        if (catalog.FindRegion(text) is not null) return [text];
        var names = catalog.RegionNames;
        var codes = names.On(text, day);
        if (codes.Count == 0) throw Unknown(ErrorReason.RegionUnknown, field, text, catalog.NearestRegions(text, Suggestions)).ToException();
        return codes.Count == 1 || names.AreOneThroughTime(codes) ? codes : throw Ambiguous(field, text, codes.Select(names.Label)).ToException();
    }

    /// <summary>The code of the one region that a code or full name means on a day.</summary>
    public static string Region(string text, string field, CatalogSnapshot catalog, DateOnly day) =>
        Regions(text, field, catalog, day) is [var code]
            ? code
            : throw Ambiguous(field, text, catalog.RegionNames.On(text, day).Select(catalog.RegionNames.Label)).ToException();

    /// <summary>The code of the scheme that is named by code or by full name.</summary>
    public static string Scheme(string text, string field, CatalogSnapshot catalog)
    {
        if (catalog.FindScheme(text) is not null) return text;
        return catalog.SchemesNamed(text) switch
        {
            [var code] => code,
            [] => throw Unknown(ErrorReason.SchemeUnknown, field, text, catalog.NearestSchemes(text, Suggestions)).ToException(),
            var codes => throw Ambiguous(field, text, codes.Select(code => $"{code} {catalog.FindScheme(code)!.NameZh}")).ToException(),
        };
    }

    /// <summary>The code of what is named by code or by full name.</summary>
    public static string Indicator(string text, string field, CatalogSnapshot catalog)
    {
        if (catalog.VersionsOf(text).Count > 0) return text;
        return catalog.IndicatorsNamed(text) switch
        {
            [var code] => code,
            [] => throw Unknown(ErrorReason.IndicatorUnknown, field, text, catalog.NearestIndicators(text, Suggestions)).ToException(),
            var codes => throw Ambiguous(field, text, codes.Select(code => $"{code} {catalog.VersionsOf(code)[^1].NameZh}")).ToException(),
        };
    }

    public static Scope Scope(string code, string field) =>
        Codes.TryScope(code, out var scope)
            ? scope
            : throw Refusal.FieldInvalid(field, $"没有范围“{Excerpt.Of(code)}”；可用：{string.Join('、', Codes.Scopes)}。", $"no scope '{Excerpt.Of(code)}'; there are {string.Join(", ", Codes.Scopes)}.").ToException();

    public static string Category(string code, string field, CatalogSnapshot catalog) =>
        code == Codes.Total || catalog.Categories.Any(category => category.Code == code)
            ? code
            : throw Unknown(ErrorReason.CategoryUnknown, field, code, catalog.NearestCategories(code, Suggestions)).ToException();

    public static string Organization(string id, CatalogSnapshot catalog) =>
        catalog.FindOrganization(id) is null ? throw Refusals.OrganizationUnknown(id).ToException() : id;

    public static Period PeriodOf(string text, string field) =>
        Period.TryParse(text, out var period)
            ? period
            : throw new Refusal(
                ErrorReason.PeriodMalformed,
                $"字段 {field}：“{Excerpt.Of(text)}”不是 SDMX 期间；例：2024、2024-Q1、2024-03、2024-W05；年份为 {Period.MinYear} 至 {Period.MaxYear}。",
                $"Field {field}: '{Excerpt.Of(text)}' is not an SDMX time period; examples: 2024, 2024-Q1, 2024-03, 2024-W05; years from {Period.MinYear} to {Period.MaxYear}.")
            {
                Field = field,
            }.ToException();

    public static IReadOnlyList<string> Each(IReadOnlyList<string> items, string field) =>
        items.Count <= MaxEntries
            ? items
            : throw new Refusal(
                ErrorReason.QueryTooLarge,
                $"{field} 有 {items.Count} 项，至多 {MaxEntries} 项；请分为 {Requests(items)} 次查询，每次至多 {MaxEntries} 项。",
                $"{field} has {items.Count} entries, at most {MaxEntries} are allowed; ask in {Requests(items)} requests of at most {MaxEntries} each.")
            {
                Field = field,
            }.OfLimit("max_entries", MaxEntries, items.Count).ToException();

    private static int Requests(IReadOnlyList<string> items) => (items.Count + MaxEntries - 1) / MaxEntries;

    private static Refusal Unknown(ErrorReason reason, string field, string text, IReadOnlyList<string> nearest)
    {
        var known = string.Join(", ", nearest);
        return new Refusal(
            reason,
            $"目录中没有“{Excerpt.Of(text)}”。{(nearest.Count > 0 ? $"最接近的：{known}。" : "")}",
            $"The catalogue has no '{Excerpt.Of(text)}'.{(nearest.Count > 0 ? $" Nearest: {known}." : "")}")
        {
            Field = field,
        }.NearestTo(Excerpt.Of(text), nearest);
    }

    private static Refusal Ambiguous(string field, string text, IEnumerable<string> candidates)
    {
        var listed = new List<string>();
        var length = 0;
        foreach (var candidate in candidates)
        {
            length += candidate.Length;
            var full = listed.Count == MaxCandidates || length > MaxCandidateText;
            listed.Add(full ? "…" : candidate);
            if (full) break;
        }
        var all = string.Join(", ", listed);
        return new Refusal(
            ErrorReason.NameAmbiguous,
            $"“{Excerpt.Of(text)}”对应多个代码，请改用其中之一：{all}。",
            $"'{Excerpt.Of(text)}' stands for several codes; write one of them: {all}.")
        {
            Field = field,
        }.NearestTo(Excerpt.Of(text), listed);
    }
}
