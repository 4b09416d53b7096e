namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// The set-based statements that find what does not agree. Each takes a page of keys, above @after and up to @upto, and
/// gives the faults of it only. Conditions say what must hold and are negated with IS NOT TRUE: a NULL, where a row is
/// missing, is a fault as well.
/// </summary>
internal static class VerifySql
{
    /// <summary>An empty ledger has the head 0 with zeros.</summary>
    public const string Head = """
        SELECT COALESCE(h.position, -1) AS Head, COALESCE(l.position, 0) AS Last
        FROM (SELECT COALESCE(MAX(position), 0) AS last FROM ledger) m
        LEFT JOIN ledger_head h ON h.id = 1
        LEFT JOIN ledger l ON l.position = m.last
        WHERE (h.position = m.last
            AND h.committed_at = COALESCE(l.committed_at, 0)
            AND h.entry_hash = COALESCE(l.entry_hash, zeroblob(32))
            AND h.catalog_version = COALESCE(l.catalog_version, 0)) IS NOT TRUE
        """;

    public const string Entries = """
        SELECT l.position AS Position, COALESCE('organizations/' || r.organization || '/reports/' || r.name, '') AS Subject
        FROM ledger l
        LEFT JOIN changeset c ON c.id = l.changeset_id
        LEFT JOIN report r ON r.id = c.report_id
        WHERE l.position > @after AND l.position <= @upto
            AND (c.state = 2 AND c.position = l.position AND c.kind = l.kind
                AND CASE l.kind
                    WHEN 1 THEN r.changeset_id = c.id AND r.state IN (2, 4)
                    WHEN 2 THEN r.withdraw_changeset_id = c.id AND r.state = 4
                    WHEN 3 THEN c.report_id IS NULL
                END) IS NOT TRUE
        ORDER BY l.position
        """;

    /// <summary>
    /// Rows that contradict each other are counted as rejected and kept as repeated ones; hence the range for those.
    /// </summary>
    public const string Counts = """
        SELECT l.position AS Position, COALESCE('organizations/' || r.organization || '/reports/' || r.name, '') AS Subject,
            TOTAL(v.kind = 0) AS Set_, TOTAL(v.kind = 1) AS Removed, TOTAL(v.kind = 2) AS Affirmed, TOTAL(v.kind = 3) AS Repeated
        FROM ledger l
        JOIN changeset c ON c.id = l.changeset_id
        LEFT JOIN report r ON r.id = c.report_id
        LEFT JOIN revision v ON v.id BETWEEN c.id << 32 AND (c.id << 32) + 4294967295
        WHERE l.position > @after AND l.position <= @upto AND l.kind IN (1, 2)
        GROUP BY l.position
        HAVING CASE l.kind
            WHEN 1 THEN TOTAL(v.kind = 0) = c.created + c.revised AND TOTAL(v.kind = 2) = c.unchanged AND TOTAL(v.kind = 1) = 0
                AND TOTAL(v.kind = 3) BETWEEN c.duplicate AND c.duplicate + c.rejected
            ELSE TOTAL(v.kind = 1) = c.next_offset AND COUNT(v.id) = c.next_offset
        END IS NOT TRUE
        ORDER BY l.position
        """;

    public const string Contents = """
        SELECT l.position AS Position, l.kind AS Kind, c.id AS Changeset, c.digest AS Digest, r.withdraw_reason AS Reason
        FROM ledger l
        JOIN changeset c ON c.id = l.changeset_id
        LEFT JOIN report r ON r.id = c.report_id
        WHERE l.position > @after AND l.position <= @upto AND l.kind IN (2, 3)
        ORDER BY l.position
        """;

    public const string CatalogRows = """
        SELECT kind AS Kind, key AS Key, content AS Content FROM catalog_row WHERE changeset_id = @changeset
        """;

    public const string Changesets = """
        SELECT c.id AS Changeset, COALESCE(c.position, 0) AS Position
        FROM changeset c
        WHERE c.id > @after AND c.id <= @upto AND (c.state = 2 OR c.position IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.position = c.position AND l.changeset_id = c.id)
        ORDER BY c.id
        """;

    public const string Reports = """
        SELECT 'organizations/' || r.organization || '/reports/' || r.name AS Subject
        FROM report r
        LEFT JOIN changeset c ON c.id = r.changeset_id
        LEFT JOIN changeset w ON w.id = r.withdraw_changeset_id
        WHERE r.id > @after AND r.id <= @upto
            AND ((c.state = 2) = (r.state IN (2, 4)) AND COALESCE(w.state = 2, 0) = (r.state = 4)) IS NOT TRUE
        ORDER BY r.id
        """;

    public const string UnreleasedCatalog = """
        SELECT DISTINCT r.changeset_id FROM catalog_row r LEFT JOIN changeset c ON c.id = r.changeset_id WHERE c.state IS NOT 2
        """;

    /// <summary>
    /// With <see cref="Superseded"/> this makes each key's revisions one chain in ledger order that ends with current:
    /// every revision but the current one has exactly one successor, every successor is later.
    /// </summary>
    public const string Revisions = """
        SELECT v.id AS Id, v.key AS Key, COALESCE(c.position, 0) AS Position, c.state IS NULL AS Orphan
        FROM revision v
        LEFT JOIN changeset c ON c.id = v.id >> 32
        LEFT JOIN current u ON u.key = v.key
        LEFT JOIN changeset a ON a.id = u.asserted_id >> 32
        WHERE v.id > @after AND v.id <= @upto AND (c.state IS NULL OR (c.state = 2 AND v.kind <> 3))
            AND (a.position >= c.position AND CASE v.kind
                WHEN 2 THEN 1
                ELSE (u.revision_id = v.id) + (SELECT COUNT(*) FROM superseded s WHERE s.key = v.key AND s.revision_id = v.id) = 1
            END) IS NOT TRUE
        ORDER BY v.id
        """;

    public const string Current = """
        SELECT u.key AS Key, u.revision_id AS Id, COALESCE(c.position, 0) AS Position, c.state IS NOT 2 OR d.state IS NOT 2 AS Unreleased
        FROM current u
        LEFT JOIN revision v ON v.id = u.revision_id
        LEFT JOIN changeset c ON c.id = u.revision_id >> 32
        LEFT JOIN revision a ON a.id = u.asserted_id
        LEFT JOIN changeset d ON d.id = u.asserted_id >> 32
        WHERE u.key > @after AND u.key <= @upto
            AND (c.state = 2 AND d.state = 2 AND v.key = u.key AND v.kind IN (0, 1) AND a.key = u.key
                AND (u.asserted_id = u.revision_id OR (a.kind = 2 AND v.kind = 0 AND d.position > c.position))
                AND EXISTS (SELECT 1 FROM series s WHERE s.id = u.key & 0x3FFFFFFFFF)
                AND EXISTS (SELECT 1 FROM period p WHERE p.number = u.key >> 38)) IS NOT TRUE
        ORDER BY u.key
        """;

    public const string Superseded = """
        SELECT s.key AS Key, s.by_id AS Id, COALESCE(b.position, 0) AS Position, o.state IS NOT 2 OR b.state IS NOT 2 AS Unreleased
        FROM superseded s
        LEFT JOIN revision old ON old.id = s.revision_id
        LEFT JOIN changeset o ON o.id = s.revision_id >> 32
        LEFT JOIN revision new ON new.id = s.by_id
        LEFT JOIN changeset b ON b.id = s.by_id >> 32
        WHERE (s.key, s.by_id) > (@after, @afterBy) AND (s.key, s.by_id) <= (@upto, @uptoBy)
            AND (o.state = 2 AND b.state = 2 AND old.key = s.key AND old.kind IN (0, 1) AND new.key = s.key AND new.kind IN (0, 1)
                AND o.position < b.position) IS NOT TRUE
        ORDER BY s.key, s.by_id
        """;

    /// <summary>The last key of the next page and how many the page has, for one table.</summary>
    public static string Page(string table, string key) => $"""
        SELECT MAX({key}) AS Upto, COUNT(*) AS Count FROM (SELECT {key} FROM {table} WHERE {key} > @after ORDER BY {key} LIMIT @limit)
        """;

    public const string SupersededPage = """
        SELECT key AS Upto, by_id AS UptoBy, COUNT(*) OVER () AS Count
        FROM (SELECT key, by_id FROM superseded WHERE (key, by_id) > (@after, @afterBy) ORDER BY key, by_id LIMIT @limit)
        ORDER BY key DESC, by_id DESC
        LIMIT 1
        """;

    public const string Series = """
        SELECT organization || '|' || indicator || '|' || region || '|' || category FROM series WHERE id = @id
        """;
}
