namespace WasteFree.Exchange.Storage;

/// <summary>
/// The set-based statements that find what does not agree. Each takes a page of keys, above @after and up to @upto, and
/// gives the faults of it only. Conditions say what must hold and stand in a CASE that is 1 for all else: a NULL, where a
/// row is missing, is a fault as well.
/// </summary>
internal sealed class VerifySql(Dialect dialect)
{
    private const string Subject = """
        COALESCE(CASE WHEN r.id IS NULL THEN NULL ELSE CONCAT('organizations/', r.organization, '/reports/', r.name) END, '')
        """;

    /// <summary>An empty ledger has the head 0 with zeros (@zero).</summary>
    public Query<HeadFaultRow> Head { get; } = new("""
        SELECT COALESCE(h.position, -1) AS Head, COALESCE(l.position, 0) AS Last
        FROM (SELECT COALESCE(MAX(position), 0) AS position FROM ledger) m
        LEFT JOIN ledger_head h ON h.id = 1
        LEFT JOIN ledger l ON l.position = m.position
        WHERE CASE WHEN h.position = m.position
            AND h.committed_at = COALESCE(l.committed_at, 0)
            AND h.entry_hash = COALESCE(l.entry_hash, @zero)
            AND h.catalog_version = COALESCE(l.catalog_version, 0) THEN 0 ELSE 1 END = 1
        """);

    public Query<EntryFaultRow> Entries { get; } = new($"""
        SELECT l.position AS Position, {Subject} AS Subject
        FROM ledger l
        LEFT JOIN changeset c ON c.id = l.changeset_id
        LEFT JOIN report r ON r.id = c.report_id
        WHERE l.position > @after AND l.position <= @upto
            AND CASE WHEN c.state = 2 AND c.position = l.position AND c.kind = l.kind
                AND ((l.kind = 1 AND r.changeset_id = c.id AND r.state IN (2, 4))
                    OR (l.kind = 2 AND r.withdraw_changeset_id = c.id AND r.state = 4)
                    OR (l.kind = 3 AND c.report_id IS NULL)
                    OR (l.kind = 4 AND r.retract_changeset_id = c.id AND r.state = 4)) THEN 0 ELSE 1 END = 1
        ORDER BY l.position
        """);

    /// <summary>
    /// Rows that contradict each other are counted as rejected and kept as repeated ones; hence the range for those.
    /// </summary>
    public Query<CountFaultRow> Counts { get; } = new($"""
        SELECT n.position AS Position, {Subject} AS Subject, n.assigned AS Assigned, n.removed AS Removed, n.affirmed AS Affirmed, n.repeated AS Repeated
        FROM (
            SELECT l.position, l.kind, l.changeset_id, COUNT(v.id) AS stored,
                SUM(CASE WHEN v.kind = 0 THEN 1 ELSE 0 END) AS assigned, SUM(CASE WHEN v.kind = 1 THEN 1 ELSE 0 END) AS removed,
                SUM(CASE WHEN v.kind = 2 THEN 1 ELSE 0 END) AS affirmed, SUM(CASE WHEN v.kind = 3 THEN 1 ELSE 0 END) AS repeated
            FROM ledger l
            LEFT JOIN revision v ON v.id BETWEEN l.changeset_id * {Dialect.Two32} AND l.changeset_id * {Dialect.Two32} + {Dialect.Two32} - 1
            WHERE l.position > @after AND l.position <= @upto AND l.kind IN (1, 2, 4)
            GROUP BY l.position, l.kind, l.changeset_id
        ) n
        JOIN changeset c ON c.id = n.changeset_id
        LEFT JOIN report r ON r.id = c.report_id
        WHERE CASE
            WHEN n.kind = 1 AND n.assigned = c.created + c.revised AND n.affirmed = c.unchanged AND n.removed = 0
                AND n.repeated BETWEEN c.duplicate AND c.duplicate + c.rejected THEN 0
            WHEN n.kind = 2 AND n.removed = c.next_offset AND n.stored = c.next_offset THEN 0
            WHEN n.kind = 4 AND n.stored = 0 AND c.next_offset = (SELECT u.created + u.revised FROM changeset u WHERE u.id = r.changeset_id) THEN 0
            ELSE 1 END = 1
        ORDER BY n.position
        """);

    public Query<ContentRow> Contents { get; } = new("""
        SELECT l.position AS Position, l.kind AS Kind, c.id AS Changeset, c.digest_state AS DigestState, c.stored_state AS StoredState, CASE l.kind WHEN 4 THEN r.retract_reason ELSE r.withdraw_reason END AS Reason
        FROM ledger l
        JOIN changeset c ON c.id = l.changeset_id
        LEFT JOIN report r ON r.id = c.report_id
        WHERE l.position > @after AND l.position <= @upto AND l.kind IN (2, 3, 4)
        ORDER BY l.position
        """);

    public Query<StoredCatalogRow> CatalogRows { get; } = new("""
        SELECT kind AS Kind, [key] AS [Key], content AS Content FROM catalog_row WHERE changeset_id = @changeset
        """);

    /// <summary>Released sets of rows of reports and withdrawals.</summary>
    public Query<StoredChangesetRow> StoredChangesets { get; } = new($"""
        SELECT c.id AS Id, COALESCE(c.position, 0) AS Position, {Subject} AS Subject, c.stored_state AS StoredState
        FROM changeset c
        LEFT JOIN report r ON r.id = c.report_id
        WHERE c.id > @after AND c.id <= @upto AND c.state = 2 AND c.kind IN (1, 2)
        ORDER BY c.id
        """);

    /// <summary>
    /// Rows with what their numbers stand for, in the order of their offsets. What a dictionary lacks is NULL here, and no row
    /// was ever stored without it.
    /// </summary>
    public Query<StoredRevisionRow> StoredRows { get; } = new($"""
        SELECT v.id AS Id, s.organization AS Organization, s.indicator AS Indicator, s.major AS Major, v.version_minor AS Minor, s.region AS Region,
            s.scope AS Scope, s.category AS Category, p.number AS Period, v.value_mantissa AS ValueMantissa, v.value_scale AS ValueScale,
            v.numerator_mantissa AS NumeratorMantissa, v.numerator_scale AS NumeratorScale, v.denominator_mantissa AS DenominatorMantissa,
            v.denominator_scale AS DenominatorScale, u.code AS Unit, v.status AS Status, v.confidentiality AS Confidentiality,
            v.note AS Note, v.collection_method AS CollectionMethod, v.evidence AS Evidence,
            CASE WHEN v.numerator_unit_id IS NOT NULL THEN COALESCE(nu.code, '') END AS NumeratorUnit,
            CASE WHEN v.denominator_unit_id IS NOT NULL THEN COALESCE(du.code, '') END AS DenominatorUnit
        FROM revision v
        LEFT JOIN series s ON s.id = v.[key] % {Dialect.Two38}
        LEFT JOIN period p ON p.number = v.[key] / {Dialect.Two38}
        LEFT JOIN unit u ON u.id = v.unit_id
        LEFT JOIN unit nu ON nu.id = v.numerator_unit_id
        LEFT JOIN unit du ON du.id = v.denominator_unit_id
        WHERE v.id > @after AND v.id <= @upto
        ORDER BY v.id
        {dialect.Limit("@limit")}
        """);

    public Query<ChangesetFaultRow> Changesets { get; } = new("""
        SELECT c.id AS Changeset, COALESCE(c.position, 0) AS Position
        FROM changeset c
        WHERE c.id > @after AND c.id <= @upto AND (c.state = 2 OR c.position IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.position = c.position AND l.changeset_id = c.id)
        ORDER BY c.id
        """);

    public Query<string> Reports { get; } = new($"""
        SELECT {Subject} AS Subject
        FROM report r
        LEFT JOIN changeset c ON c.id = r.changeset_id
        LEFT JOIN changeset w ON w.id = r.withdraw_changeset_id
        LEFT JOIN changeset x ON x.id = r.retract_changeset_id
        WHERE r.id > @after AND r.id <= @upto
            AND CASE WHEN c.state IS NOT NULL
                AND CASE WHEN c.state = 2 THEN 1 ELSE 0 END = CASE WHEN r.state IN (2, 4) THEN 1 ELSE 0 END
                AND CASE WHEN w.state = 2 THEN 1 ELSE 0 END = CASE WHEN r.state = 4 THEN 1 ELSE 0 END
                AND CASE WHEN x.state = 2 THEN 1 ELSE 0 END = CASE WHEN r.retract_changeset_id IS NULL THEN 0 ELSE 1 END
                AND (r.state = 4 OR r.withdraw_reason = '')
                AND (r.retract_changeset_id IS NOT NULL OR r.retract_reason = '') THEN 0 ELSE 1 END = 1
        ORDER BY r.id
        """);

    public Query<long> UnreleasedCatalog { get; } = new("""
        SELECT DISTINCT r.changeset_id FROM catalog_row r LEFT JOIN changeset c ON c.id = r.changeset_id WHERE COALESCE(c.state, 0) <> 2
        """);

    /// <summary>
    /// With <see cref="Superseded"/> this makes each key's revisions one chain in ledger order that ends with current:
    /// every revision but the current one has exactly one successor, every successor is later.
    /// </summary>
    public Query<KeyFaultRow> Revisions { get; } = new($"""
        SELECT v.id AS Id, v.[key] AS [Key], COALESCE(c.position, 0) AS Position, CASE WHEN c.state IS NULL THEN 1 ELSE 0 END AS Loose
        FROM revision v
        LEFT JOIN changeset c ON c.id = v.id / {Dialect.Two32}
        LEFT JOIN [current] u ON u.[key] = v.[key]
        LEFT JOIN changeset a ON a.id = u.asserted_id / {Dialect.Two32}
        WHERE v.id > @after AND v.id <= @upto AND (c.state IS NULL OR (c.state = 2 AND v.kind <> 3))
            AND CASE WHEN a.position >= c.position AND (v.kind = 2
                OR CASE WHEN u.revision_id = v.id THEN 1 ELSE 0 END
                    + (SELECT COUNT(*) FROM superseded s WHERE s.[key] = v.[key] AND s.revision_id = v.id) = 1) THEN 0 ELSE 1 END = 1
        ORDER BY v.id
        """);

    /// <summary>Values of retracted reports that are not withheld.</summary>
    public Query<KeyFaultRow> Retracted { get; } = new($"""
        SELECT v.id AS Id, v.[key] AS [Key], w.position AS Position, 0 AS Loose
        FROM revision v
        JOIN changeset c ON c.id = v.id / {Dialect.Two32}
        JOIN report r ON r.id = c.report_id AND r.changeset_id = c.id
        JOIN changeset w ON w.id = r.retract_changeset_id
        WHERE v.id > @after AND v.id <= @upto AND v.kind = 0
            AND NOT EXISTS (SELECT 1 FROM retracted x WHERE x.[key] = v.[key] AND x.revision_id = v.id)
        ORDER BY v.id
        """);

    public Query<KeyFaultRow> Current { get; } = new($"""
        SELECT u.revision_id AS Id, u.[key] AS [Key], COALESCE(c.position, 0) AS Position,
            CASE WHEN c.state = 2 AND d.state = 2 THEN 0 ELSE 1 END AS Loose
        FROM [current] u
        LEFT JOIN revision v ON v.id = u.revision_id
        LEFT JOIN changeset c ON c.id = u.revision_id / {Dialect.Two32}
        LEFT JOIN revision a ON a.id = u.asserted_id
        LEFT JOIN changeset d ON d.id = u.asserted_id / {Dialect.Two32}
        WHERE u.[key] > @after AND u.[key] <= @upto
            AND CASE WHEN c.state = 2 AND d.state = 2 AND v.[key] = u.[key] AND v.kind IN (0, 1) AND a.[key] = u.[key]
                AND (u.asserted_id = u.revision_id OR (a.kind = 2 AND v.kind = 0 AND d.position > c.position))
                AND EXISTS (SELECT 1 FROM series s WHERE s.id = u.[key] % {Dialect.Two38})
                AND EXISTS (SELECT 1 FROM period p WHERE p.number = u.[key] / {Dialect.Two38}) THEN 0 ELSE 1 END = 1
        ORDER BY u.[key]
        """);

    public Query<KeyFaultRow> Superseded { get; } = new($"""
        SELECT s.by_id AS Id, s.[key] AS [Key], COALESCE(b.position, 0) AS Position,
            CASE WHEN o.state = 2 AND b.state = 2 THEN 0 ELSE 1 END AS Loose
        FROM superseded s
        LEFT JOIN revision old ON old.id = s.revision_id
        LEFT JOIN changeset o ON o.id = s.revision_id / {Dialect.Two32}
        LEFT JOIN revision new ON new.id = s.by_id
        LEFT JOIN changeset b ON b.id = s.by_id / {Dialect.Two32}
        WHERE s.[key] >= @after AND (s.[key] > @after OR s.by_id > @afterBy) AND s.[key] <= @upto AND (s.[key] < @upto OR s.by_id <= @uptoBy)
            AND CASE WHEN o.state = 2 AND b.state = 2 AND old.[key] = s.[key] AND old.kind IN (0, 1) AND new.[key] = s.[key] AND new.kind IN (0, 1)
                AND o.position < b.position THEN 0 ELSE 1 END = 1
        ORDER BY s.[key], s.by_id
        """);

    public Query<string> Series { get; } = new("""
        SELECT CONCAT(organization, '|', indicator, '|', region, '|', category, '|', major) AS Name FROM series WHERE id = @id
        """);

    /// <summary>Ends after the entry that makes it @rows rows: an entry may have as many as it likes.</summary>
    public Query<PageEndRow> LedgerPage { get; } = new($"""
        SELECT COALESCE(MAX(p.position), 0) AS Upto, 0 AS UptoBy, COUNT(*) AS Size
        FROM (
            SELECT l.position, SUM(COALESCE(c.next_offset, 0)) OVER (ORDER BY l.position ROWS UNBOUNDED PRECEDING) - COALESCE(c.next_offset, 0) AS ahead
            FROM (SELECT position, changeset_id FROM ledger WHERE position > @after ORDER BY position {dialect.Limit("@limit")}) l
            LEFT JOIN changeset c ON c.id = l.changeset_id
        ) p
        WHERE p.ahead < @rows
        """);

    public Query<PageEndRow> ChangesetPage { get; } = Page(dialect, "changeset", "id");

    public Query<PageEndRow> ReportPage { get; } = Page(dialect, "report", "id");

    public Query<PageEndRow> RevisionPage { get; } = Page(dialect, "revision", "id");

    public Query<PageEndRow> CurrentPage { get; } = Page(dialect, "[current]", "[key]");

    public Query<PageEndRow> SupersededPage { get; } = new($"""
        SELECT p.[key] AS Upto, p.by_id AS UptoBy, COUNT(*) OVER () AS Size
        FROM (
            SELECT [key], by_id FROM superseded
            WHERE [key] >= @after AND ([key] > @after OR by_id > @afterBy)
            ORDER BY [key], by_id
            {dialect.Limit("@limit")}
        ) p
        ORDER BY p.[key] DESC, p.by_id DESC
        {dialect.Limit("1")}
        """);

    /// <summary>The last key of the next page and how many rows the page has, for one table; @afterBy has no part in it.</summary>
    private static Query<PageEndRow> Page(Dialect dialect, string table, string key) => new($"""
        SELECT COALESCE(MAX(p.id), 0) AS Upto, 0 AS UptoBy, COUNT(*) AS Size
        FROM (SELECT {key} AS id FROM {table} WHERE {key} > @after ORDER BY {key} {dialect.Limit("@limit")}) p
        """);
}
