namespace WasteFree.Exchange.Catalog.Rows;

/// <summary>One kind of table: its name in the store, its columns in order, those it must have, how a row is read.</summary>
internal sealed record TableSchema(
    CatalogTableKind Kind,
    string Name,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Required,
    IReadOnlyList<string> KeyColumns,
    Func<RowFields, ParsedRow> Read)
{
    private static readonly TableSchema[] All =
    [
        new(CatalogTableKind.Indicators, "indicators", IndicatorRow.Columns, IndicatorRow.Required, ["code", "version"], IndicatorRow.Read),
        new(CatalogTableKind.Regions, "regions", RegionRow.Columns, RegionRow.Required, ["code"], RegionRow.Read),
        new(CatalogTableKind.Categories, "categories", CategoryRow.Columns, CategoryRow.Required, ["code_list", "code"], CategoryRow.Read),
        new(CatalogTableKind.Targets, "targets", TargetRow.Columns, TargetRow.Required, ["target_id"], TargetRow.Read),
        new(CatalogTableKind.Tasks, "tasks", TaskRow.Columns, TaskRow.Required, ["source_document", "task_no"], TaskRow.Read),
        new(CatalogTableKind.Organizations, "organizations", OrganizationRow.Columns, OrganizationRow.Required, ["id"], OrganizationRow.Read),
        new(CatalogTableKind.Mandates, "mandates", MandateRow.Columns, MandateRow.Required, ["organization", "indicators", "regions"], MandateRow.Read),
        new(CatalogTableKind.Bridges, "bridges", BridgeRow.Columns, BridgeRow.Required, ["indicator", "from_major", "to_major", "regions"], BridgeRow.Read),
        new(CatalogTableKind.Densities, "densities", DensityRow.Columns, DensityRow.Required, ["indicators", "categories"], DensityRow.Read),
        new(CatalogTableKind.Grants, "grants", GrantRow.Columns, GrantRow.Required, ["grantee", "owner", "indicators", "regions"], GrantRow.Read),
        new(CatalogTableKind.Schemes, "schemes", SchemeRow.Columns, SchemeRow.Required, ["code"], SchemeRow.Read),
        new(CatalogTableKind.SchemeMembers, "scheme_members", SchemeMemberRow.Columns, SchemeMemberRow.Required, ["scheme", "region"], SchemeMemberRow.Read),
    ];

    public static TableSchema Of(CatalogTableKind kind) => All[(int)kind];

    /// <summary>The schema of a stored row's kind; null: none.</summary>
    public static TableSchema? Find(string name) => Array.Find(All, schema => schema.Name == name);

    /// <summary>The one name of a column that may be headed in two ways.</summary>
    public string Canonical(string column) => (Kind, column) switch
    {
        (CatalogTableKind.Targets, "id") => "target_id",
        _ => column,
    };
}
