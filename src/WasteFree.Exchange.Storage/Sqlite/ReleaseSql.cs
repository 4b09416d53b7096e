namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// The set-based statements that turn an upload's rows into current values. Parameters: @lo and @hi, the first and
/// last revision id of the upload.
/// </summary>
internal static class ReleaseSql
{
    /// <summary>Equal content as sent: <c>90</c> is not <c>90.0</c>.</summary>
    private const string SameContent = """
        a.version_major = b.version_major AND a.version_minor = b.version_minor
        AND a.value_mantissa IS b.value_mantissa AND a.value_scale IS b.value_scale
        AND a.numerator_mantissa IS b.numerator_mantissa AND a.numerator_scale IS b.numerator_scale
        AND a.denominator_mantissa IS b.denominator_mantissa AND a.denominator_scale IS b.denominator_scale
        AND a.unit_id = b.unit_id AND a.status = b.status AND a.confidentiality = b.confidentiality
        AND a.note IS b.note AND a.method IS b.method AND a.evidence IS b.evidence
        """;

    public const string CreateRepeated = """
        CREATE TEMP TABLE IF NOT EXISTS repeated (id INTEGER PRIMARY KEY, first_id INTEGER NOT NULL, equal INTEGER NOT NULL);
        DELETE FROM repeated;
        """;

    /// <summary>Rows whose key an earlier row of the upload has, and whether they say the same.</summary>
    public const string FindRepeated = $"""
        INSERT INTO repeated (id, first_id, equal)
        SELECT b.id, d.first_id, {SameContent}
        FROM (
            SELECT key, MIN(id) AS first_id FROM revision WHERE id BETWEEN @lo AND @hi GROUP BY key HAVING COUNT(*) > 1
        ) d
        JOIN revision b ON b.key = d.key AND b.id > d.first_id
        JOIN revision a ON a.id = d.first_id
        WHERE b.id BETWEEN @lo AND @hi
        """;

    /// <summary>
    /// Repeated rows in order of rows, each with another row of its key: the first one, or, where the key contradicts
    /// itself, one that says something else.
    /// </summary>
    public const string SelectRepeated = """
        WITH p AS (
            SELECT id, first_id, equal, MIN(CASE WHEN equal = 0 THEN id END) OVER (PARTITION BY first_id) AS contradiction_id
            FROM repeated
        ), q AS (
            SELECT id, contradiction_id IS NULL AS equal, id IS contradiction_id AS contradicts_first,
                CASE WHEN equal = 1 THEN COALESCE(contradiction_id, first_id) ELSE first_id END AS other_id
            FROM p
        )
        SELECT q.id AS Id, q.other_id AS OtherId, q.equal AS Equal, q.contradicts_first AS ContradictsFirst, b.key AS Key,
            b.value_mantissa AS Mantissa, b.value_scale AS Scale, a.value_mantissa AS OtherMantissa, a.value_scale AS OtherScale,
            s.indicator AS Indicator, s.region AS Region, s.scope AS Scope, s.category AS Category, s.organization AS Organization
        FROM q
        JOIN revision b ON b.id = q.id
        JOIN revision a ON a.id = q.other_id
        JOIN series s ON s.id = b.key & 0x3FFFFFFFFF
        ORDER BY q.id
        """;

    /// <summary>A repeated row says nothing new; where rows contradict each other, none of the key is taken.</summary>
    public const string MarkRepeated = """
        UPDATE revision SET kind = 3
        WHERE id IN (SELECT id FROM repeated)
            OR id IN (SELECT first_id FROM repeated WHERE equal = 0)
        """;

    /// <summary>Rows of keys that contradict themselves, their first rows included.</summary>
    public const string CountContradictory = """
        SELECT
            (SELECT COUNT(*) FROM repeated WHERE first_id IN (SELECT first_id FROM repeated WHERE equal = 0))
            + (SELECT COUNT(DISTINCT first_id) FROM repeated WHERE equal = 0)
        """;

    public const string MarkUnchanged = $"""
        UPDATE revision AS b SET kind = 2
        WHERE b.id BETWEEN @lo AND @hi AND b.kind = 0 AND EXISTS (
            SELECT 1 FROM current c JOIN revision a ON a.id = c.revision_id
            WHERE c.key = b.key AND a.kind = 0 AND {SameContent})
        """;

    public const string Affirm = """
        UPDATE current SET asserted_id = r.id
        FROM revision r
        WHERE r.id BETWEEN @lo AND @hi AND r.kind = 2 AND current.key = r.key
        """;

    public const string Supersede = """
        INSERT INTO superseded (key, by_id, revision_id)
        SELECT r.key, r.id, c.revision_id
        FROM revision r
        JOIN current c ON c.key = r.key
        WHERE r.id BETWEEN @lo AND @hi AND r.kind = 0
        ORDER BY r.key
        """;

    /// <summary>In key order: four times the rate of the order in which rows came.</summary>
    public const string SetCurrent = """
        INSERT INTO current (key, revision_id, asserted_id)
        SELECT key, id, id FROM revision WHERE id BETWEEN @lo AND @hi AND kind = 0 ORDER BY key
        ON CONFLICT (key) DO UPDATE SET revision_id = excluded.revision_id, asserted_id = excluded.asserted_id
        """;

    /// <summary>A tombstone for each value that this upload asserted last.</summary>
    public const string InsertTombstones = """
        INSERT INTO revision (id, key, kind, version_major, version_minor, unit_id, status, confidentiality)
        SELECT @first + ROW_NUMBER() OVER (ORDER BY r.key) - 1, r.key, 1, r.version_major, r.version_minor, r.unit_id, r.status, r.confidentiality
        FROM revision r
        JOIN current c ON c.key = r.key AND c.asserted_id = r.id
        WHERE r.id BETWEEN @lo AND @hi AND r.kind IN (0, 2)
        """;

    public const string SupersedeByTombstones = """
        INSERT INTO superseded (key, by_id, revision_id)
        SELECT r.key, r.id, c.revision_id
        FROM revision r
        JOIN current c ON c.key = r.key
        WHERE r.id BETWEEN @first AND @last
        """;

    public const string SetTombstones = """
        UPDATE current SET revision_id = r.id, asserted_id = r.id
        FROM revision r
        WHERE r.id BETWEEN @first AND @last AND current.key = r.key
        """;

    public const string SelectUsed = """
        SELECT DISTINCT s.indicator AS Indicator, r.version_major || '.' || r.version_minor AS Version, r.key >> 38 AS Period
        FROM revision r
        JOIN series s ON s.id = r.key & 0x3FFFFFFFFF
        WHERE r.id BETWEEN @lo AND @hi
        """;
}
