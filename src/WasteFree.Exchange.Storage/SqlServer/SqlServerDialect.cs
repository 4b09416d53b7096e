namespace WasteFree.Exchange.Storage.SqlServer;

internal sealed class SqlServerDialect : Dialect
{
    /// <summary>Byte by byte.</summary>
    public const string Binary = "Latin1_General_100_BIN2";

    public static SqlServerDialect Instance { get; } = new();

    public override string LookUp => "INNER LOOP JOIN";

    public override string Match => "INNER HASH JOIN";

    public override string PlanEachTime => "OPTION (RECOMPILE)";

    public override string OutputId => "OUTPUT inserted.id";

    public override string ReturningId => "";

    /// <summary>INTERSECT takes two NULLs for equal. Texts compare without the blanks at their ends; their lengths do not.</summary>
    public override string SameContent => """
        EXISTS (
            SELECT a.version_minor, a.value_mantissa, a.value_scale, a.numerator_mantissa, a.numerator_scale,
                a.denominator_mantissa, a.denominator_scale, a.unit_id, a.numerator_unit_id, a.denominator_unit_id, a.status, a.confidentiality,
                a.note, a.collection_method, a.evidence, DATALENGTH(a.note), DATALENGTH(a.collection_method), DATALENGTH(a.evidence)
            INTERSECT
            SELECT b.version_minor, b.value_mantissa, b.value_scale, b.numerator_mantissa, b.numerator_scale,
                b.denominator_mantissa, b.denominator_scale, b.unit_id, b.numerator_unit_id, b.denominator_unit_id, b.status, b.confidentiality,
                b.note, b.collection_method, b.evidence, DATALENGTH(b.note), DATALENGTH(b.collection_method), DATALENGTH(b.evidence))
        """;

    /// <summary>Not MERGE, which loses races with itself; the organisation's lock keeps its keys to one writer.</summary>
    public override string SetCurrent(string planEachTime) => $"""
        UPDATE c SET revision_id = r.id, asserted_id = r.id
        FROM [current] c
        JOIN revision r ON r.[key] = c.[key]
        WHERE r.id BETWEEN @lo AND @hi AND r.kind = 0
        {planEachTime};
        INSERT INTO [current] ([key], revision_id, asserted_id)
        SELECT r.[key], r.id, r.id
        FROM revision r
        WHERE r.id BETWEEN @lo AND @hi AND r.kind = 0 AND NOT EXISTS (SELECT 1 FROM [current] c WHERE c.[key] = r.[key])
        ORDER BY r.[key]
        {planEachTime}
        """;

    public override string Limit(string count) => $"OFFSET 0 ROWS FETCH NEXT {count} ROWS ONLY";

    public override string After(string count) => $"OFFSET {count} ROWS FETCH NEXT 1 ROWS ONLY";

    public override string Numbers(string parameter) => $"OPENJSON({parameter}) WITH (value BIGINT '$')";

    /// <summary>The database has a collation of its own; codes are compared as their columns are.</summary>
    public override string Codes(string parameter) => $"SELECT value COLLATE {Binary} FROM OPENJSON({parameter}) WITH (value NVARCHAR(200) '$')";

    /// <summary>With a key each: an array would be read anew for each row of a condition that ORs several, and is taken for 50 codes.</summary>
    public override string Lists(string condition, params IReadOnlyList<string> parameters) => string.Concat(parameters.Select(parameter => $"""
        DECLARE {parameter}Listed TABLE (code NVARCHAR(200) COLLATE {Binary} NOT NULL PRIMARY KEY);
        IF {condition} INSERT INTO {parameter}Listed (code) SELECT DISTINCT value COLLATE {Binary} FROM OPENJSON({parameter}) WITH (value NVARCHAR(200) '$');

        """));

    public override string Listed(string parameter) => $"SELECT code FROM {parameter}Listed";

    public override string EmptyTemporary(string table, string columns) =>
        $"IF OBJECT_ID('tempdb..{table}') IS NOT NULL DROP TABLE [{table}]; CREATE TABLE [{table}] ({columns});";
}
