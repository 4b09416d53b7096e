namespace WasteFree.Exchange.Storage.Sqlite;

internal sealed class SqliteDialect : Dialect
{
    public static SqliteDialect Instance { get; } = new();

    public override string LookUp => "CROSS JOIN";

    public override string Match => "JOIN";

    public override string PlanEachTime => "";

    public override string OutputId => "";

    public override string ReturningId => "RETURNING id";

    public override string SameContent => """
        a.version_minor = b.version_minor
        AND a.value_mantissa IS b.value_mantissa AND a.value_scale IS b.value_scale
        AND a.numerator_mantissa IS b.numerator_mantissa AND a.numerator_scale IS b.numerator_scale
        AND a.denominator_mantissa IS b.denominator_mantissa AND a.denominator_scale IS b.denominator_scale
        AND a.unit_id = b.unit_id AND a.status = b.status AND a.confidentiality = b.confidentiality
        AND a.note IS b.note AND a.collection_method IS b.collection_method AND a.evidence IS b.evidence
        AND a.numerator_unit_id IS b.numerator_unit_id AND a.denominator_unit_id IS b.denominator_unit_id
        """;

    /// <summary>In key order: four times the rate of the order in which rows came.</summary>
    public override string SetCurrent(string planEachTime) => """
        INSERT INTO [current] ([key], revision_id, asserted_id)
        SELECT [key], id, id FROM revision WHERE id BETWEEN @lo AND @hi AND kind = 0 ORDER BY [key]
        ON CONFLICT ([key]) DO UPDATE SET revision_id = excluded.revision_id, asserted_id = excluded.asserted_id
        """;

    public override string Limit(string count) => $"LIMIT {count}";

    public override string After(string count) => $"LIMIT 1 OFFSET {count}";

    public override string Numbers(string parameter) => $"json_each({parameter})";

    public override string Codes(string parameter) => $"SELECT value FROM json_each({parameter})";

    /// <summary>SQLite reads an array once for a statement.</summary>
    public override string Lists(string condition, params IReadOnlyList<string> parameters) => "";

    public override string Listed(string parameter) => Codes(parameter);

    public override string EmptyTemporary(string table, string columns) =>
        $"CREATE TEMP TABLE IF NOT EXISTS [{table}] ({columns}); DELETE FROM [{table}];";
}
