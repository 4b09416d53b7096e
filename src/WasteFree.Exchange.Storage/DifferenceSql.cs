namespace WasteFree.Exchange.Storage;

/// <summary>
/// Which keys changed after @since and not after @position, in key order. Three ways: look at given keys, walk the store
/// from key to key, or go through the changes. The first two ask each key's revisions: its current one, and those that
/// were replaced.
/// </summary>
internal sealed class DifferenceSql
{
    private const string InBetween = $"""
        EXISTS (SELECT 1 FROM changeset a WHERE a.id = c.revision_id / {Dialect.Two32} AND a.position > @since AND a.position <= @position)
        """;

    public DifferenceSql(Dialect dialect)
    {
        var taken = new ObservationSql(dialect).RangeCondition;
        var lists = VisibilityParameters.Lists(dialect);
        Keys = new($"""
            SELECT k.value
            FROM {dialect.Numbers("@keys")} k
            WHERE EXISTS (SELECT 1 FROM [current] c WHERE c.[key] = k.value AND {InBetween})
                OR EXISTS (SELECT 1 FROM superseded c WHERE c.[key] = k.value AND {InBetween})
            """);
        Walk = new($"""
            {lists}
            SELECT c.[key] FROM [current] c WHERE c.[key] {taken} AND {InBetween}
            UNION
            SELECT c.[key] FROM superseded c WHERE c.[key] {taken} AND {InBetween}
            ORDER BY 1
            {dialect.Limit("@limit")} {dialect.PlanEachTime}
            """);
        Changes = new($"""
            {lists}
            SELECT DISTINCT c.[key]
            FROM ledger l
            {dialect.LookUp} revision c ON c.id BETWEEN l.changeset_id * {Dialect.Two32} AND l.changeset_id * {Dialect.Two32} + {Dialect.Two32} - 1
            WHERE l.position > @since AND l.position <= @position AND c.kind IN (0, 1) AND c.[key] {taken}
            ORDER BY c.[key]
            {dialect.Limit("@limit")} {dialect.PlanEachTime}
            """);
        Count = new($"""
            SELECT COALESCE(SUM(changes), 0)
            FROM (
                SELECT 1 + CASE l.kind WHEN 1 THEN c.created + c.revised WHEN 2 THEN c.next_offset ELSE 0 END AS changes
                FROM ledger l
                JOIN changeset c ON c.id = l.changeset_id
                WHERE l.position > @since AND l.position <= @position
                ORDER BY l.position
                {dialect.Limit("@limit")}
            ) n
            """);
        WalkEnd = new($"SELECT c.[key] AS [Key] FROM [current] c WHERE c.[key] > @afterKey ORDER BY c.[key] {dialect.After("@steps")}");
    }

    public Query<long> Keys { get; }

    public Query<long> Walk { get; }

    public Query<long> Changes { get; }

    /// <summary>Changes of each entry in between, and one for the entry, of @limit entries at the most.</summary>
    public Query<long> Count { get; }

    /// <summary>The key to which so many steps lead; none: the walk goes to the end.</summary>
    public Query<KeyRow> WalkEnd { get; }
}

/// <summary>A key.</summary>
internal sealed class KeyRow
{
    public long Key { get; init; }
}
