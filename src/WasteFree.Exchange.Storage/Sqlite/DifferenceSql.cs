namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// Which keys changed after @since and not after @position, in key order. Three ways: look at given keys, walk the store
/// from key to key, or go through the changes. The first two ask each key's revisions: its current one, and those that
/// were replaced.
/// </summary>
internal static class DifferenceSql
{
    private const string InBetween = """
        EXISTS (SELECT 1 FROM changeset a WHERE a.id = c.revision_id >> 32 AND a.position > @since AND a.position <= @position)
        """;

    public const string Keys = $"""
        SELECT k.value
        FROM json_each(@keys) k
        WHERE EXISTS (SELECT 1 FROM current c WHERE c.key = k.value AND {InBetween})
            OR EXISTS (SELECT 1 FROM superseded c WHERE c.key = k.value AND {InBetween})
        """;

    public const string Walk = $"""
        SELECT c.key FROM current c WHERE c.key {ObservationSql.RangeCondition} AND {InBetween}
        UNION
        SELECT c.key FROM superseded c WHERE c.key {ObservationSql.RangeCondition} AND {InBetween}
        ORDER BY 1
        LIMIT @limit
        """;

    public const string Changes = $"""
        SELECT DISTINCT c.key
        FROM ledger l
        CROSS JOIN revision c ON c.id BETWEEN l.changeset_id << 32 AND (l.changeset_id << 32) + 4294967295
        WHERE l.position > @since AND l.position <= @position AND c.kind IN (0, 1) AND c.key {ObservationSql.RangeCondition}
        ORDER BY c.key
        LIMIT @limit
        """;

    /// <summary>Changes of each entry in between, and one for the entry.</summary>
    public const string Count = """
        SELECT 1 + CASE l.kind WHEN 1 THEN c.created + c.revised WHEN 2 THEN c.next_offset ELSE 0 END
        FROM ledger l
        JOIN changeset c ON c.id = l.changeset_id
        WHERE l.position > @since AND l.position <= @position
        """;

    /// <summary>The key to which so many steps lead; none: the walk goes to the end.</summary>
    public const string WalkEnd = "SELECT c.key FROM current c WHERE c.key > @afterKey ORDER BY c.key LIMIT 1 OFFSET @steps";
}
