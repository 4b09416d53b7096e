using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Client;

namespace WasteFree.Exchange.Cli.Catalogue;

/// <summary>One list of the catalogue, as a command shows it.</summary>
internal sealed record CatalogList(string Name, string Description, Func<ExchangeClient, CancellationToken, Task<ListTable>> ReadAsync);

/// <summary>The lists of the catalogue.</summary>
internal static class CatalogLists
{
    public static readonly CatalogList[] All =
    [
        new("indicators", "Indicator definitions 指标", async (client, cancellationToken) =>
        {
            var answer = await client.ListIndicatorsAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Indicators, [.. answer.Indicators.Select(i => i.Columns)],
                ["code", "version", "name_zh", "unit", "kind", "direction", "confidence"],
                answer.Indicators.Select(i => new[] { i.Code, i.Version, i.NameZh, i.Unit, i.Kind.Code(), i.Direction.Code(), i.Confidence.Code() }));
        }),
        new("regions", "Regions 地区", async (client, cancellationToken) =>
        {
            var answer = await client.ListRegionsAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Regions, [.. answer.Regions.Select(r => r.Columns)],
                ["code", "name_zh", "name_en", "level", "parent_code", "overlaps", "valid_from", "valid_to", "successors"],
                answer.Regions.Select(r => new[]
                {
                    r.Code, r.NameZh, r.NameEn, CatalogWords.Of(r.Level), r.ParentCode, string.Join(' ', r.Overlaps), r.ValidFrom, r.ValidTo, string.Join(' ', r.Successors),
                }));
        }),
        new("schemes", "Schemes of regions 地区范围", async (client, cancellationToken) =>
        {
            var answer = await client.ListRegionSchemesAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Schemes, [.. answer.Schemes.Select(s => s.Columns)],
                ["code", "name_zh", "name_en", "reporting_units", "members", "valid_from", "valid_to", "confidence"],
                answer.Schemes.Select(s => new[]
                {
                    s.Code, s.NameZh, s.NameEn, Yes(s.ReportingUnits), s.Members.Count(m => m.Extent != V1.SchemeExtent.None).ToString(), s.ValidFrom, s.ValidTo, s.Confidence.Code(),
                }));
        }),
        new("scheme-members", "Members of schemes 范围成员", async (client, cancellationToken) =>
        {
            var answer = await client.ListRegionSchemesAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.SchemeMembers, [.. answer.Schemes.SelectMany(s => s.Members).Select(m => m.Columns)],
                ["scheme", "region", "extent", "valid_from", "valid_to", "confidence", "note"],
                answer.Schemes.SelectMany(s => s.Members.Select(m => new[]
                {
                    s.Code, m.Region, m.Extent.Code(), m.ValidFrom, m.ValidTo, m.Confidence.Code(), m.Note,
                })));
        }),
        new("categories", "Categories 类别", async (client, cancellationToken) =>
        {
            var answer = await client.ListCategoriesAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Categories, [.. answer.Categories.Select(c => c.Columns)],
                ["code_list", "code", "name_zh", "name_en", "indicators"],
                answer.Categories.Select(c => new[] { c.CodeList, c.Code, c.NameZh, c.NameEn, string.Join(' ', c.Indicators) }));
        }),
        new("targets", "Targets 目标", async (client, cancellationToken) =>
        {
            var answer = await client.ListTargetsAsync("", null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Targets, [.. answer.Targets.Select(t => t.Columns)],
                ["id", "region", "period", "indicator", "name_zh", "goal", "departments_zh"],
                answer.Targets.Select(t => new[]
                {
                    t.Id, t.Region, t.Period, t.Indicator, t.NameZh, t.Goal, t.DepartmentsZh,
                }));
        }),
        new("tasks", "Tasks of yearly plans 重点任务", async (client, cancellationToken) =>
        {
            var answer = await client.ListTasksAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Tasks, [.. answer.Tasks.Select(t => t.Columns)],
                ["number", "title_zh", "departments_zh", "mode", "targets"],
                answer.Tasks.Select(t => new[] { t.Number.ToString(), t.TitleZh, t.DepartmentsZh, CatalogWords.Of(t.Mode), string.Join(' ', t.Targets) }));
        }),
        new("organizations", "Organisations 单位", async (client, cancellationToken) =>
        {
            var answer = await client.ListOrganizationsAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Organizations, [.. answer.Organizations.Select(o => o.Columns)],
                ["id", "name_zh", "name_en", "kind", "regions", "illustrative"],
                answer.Organizations.Select(o => new[] { o.Id, o.NameZh, o.NameEn, CatalogWords.Of(o.Kind), string.Join(' ', o.Regions), Yes(o.Illustrative) }));
        }),
        new("mandates", "Mandates 报送职责", async (client, cancellationToken) =>
        {
            var answer = await client.ListMandatesAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Mandates, [.. answer.Mandates.Select(m => m.Columns)],
                ["organization", "indicators", "regions", "authoritative", "due_days"],
                answer.Mandates.Select(m => new[]
                {
                    m.Organization, string.Join(' ', m.Indicators), string.Join(' ', m.Regions), Yes(m.Authoritative), m.DueDays > 0 ? m.DueDays.ToString() : "",
                }));
        }),
        new("bridges", "Bridges between versions of definitions 口径衔接", async (client, cancellationToken) =>
        {
            var answer = await client.ListBridgesAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Bridges, [.. answer.Bridges.Select(b => b.Columns)],
                ["indicator", "from_major", "to_major", "regions", "factor", "overlap_period", "source", "approver"],
                answer.Bridges.Select(b => new[]
                {
                    b.Indicator, b.FromMajor.ToString(), b.ToMajor.ToString(), string.Join(' ', b.Regions), b.Factor, b.OverlapPeriod, b.Source, b.Approver,
                }));
        }),
        new("densities", "Densities 密度", async (client, cancellationToken) =>
        {
            var answer = await client.ListDensitiesAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Densities, [.. answer.Densities.Select(d => d.Columns)],
                ["indicators", "categories", "value", "unit", "source"],
                answer.Densities.Select(d => new[] { string.Join(' ', d.Indicators), string.Join(' ', d.Categories), d.Value, d.Unit, d.Source }));
        }),
        new("grants", "Grants to read another province's conditional data 授权", async (client, cancellationToken) =>
        {
            var answer = await client.ListGrantsAsync(null, cancellationToken);
            return new ListTable(answer, CatalogTableKind.Grants, [.. answer.Grants.Select(g => g.Columns)],
                ["grantee", "owner", "indicators", "regions", "purpose", "valid_from", "valid_until"],
                answer.Grants.Select(g => new[]
                {
                    g.Grantee, g.Owner, string.Join(' ', g.Indicators), string.Join(' ', g.Regions), g.Purpose, g.ValidFrom, g.ValidUntil,
                }));
        }),
    ];

    private static string Yes(bool value) => value ? "true" : "false";
}
