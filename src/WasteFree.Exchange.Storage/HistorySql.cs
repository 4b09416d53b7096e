namespace WasteFree.Exchange.Storage;

internal sealed class HistorySql
{
    public HistorySql(Dialect dialect)
    {
        var series = $"""
            s.indicator = @Indicator AND s.region = @Region AND s.scope = @Scope AND s.category = @Category
            AND (@Organization IS NULL OR s.organization = @Organization)
            AND (@Excluded IS NULL OR s.organization NOT IN ({dialect.Codes("@Excluded")}))
            AND {VisibilityParameters.Condition(dialect)}
            """;
        Select = new($"""
            {VisibilityParameters.Lists(dialect)}
            WITH entry AS (
                SELECT s.organization, s.major, c.[key], c.revision_id, NULL AS by_id
                FROM series s
                {dialect.LookUp} [current] c ON c.[key] = @Period * {Dialect.Two38} + s.id
                WHERE {series}
                UNION ALL
                SELECT s.organization, s.major, c.[key], c.revision_id, c.by_id
                FROM series s
                {dialect.LookUp} superseded c ON c.[key] = @Period * {Dialect.Two38} + s.id
                WHERE {series}
            )
            SELECT c.[key] AS [Key], {ObservationSql.Columns}, r.kind AS Kind, l.position AS SupersededPosition, l.committed_at AS SupersededAt,
                {ObservationSql.LastAffirmation(dialect, "a.position", "(l.position IS NULL OR b.position < l.position)")} AS AffirmedId
            FROM entry c
            {dialect.LookUp} changeset a ON a.id = c.revision_id / {Dialect.Two32}
            {dialect.LookUp} revision r ON r.id = c.revision_id
            LEFT JOIN ledger l ON l.changeset_id = c.by_id / {Dialect.Two32} AND l.position <= @position
            WHERE a.position <= @position
                AND (@after = 0 OR EXISTS (
                    SELECT 1
                    FROM revision o
                    JOIN series s ON s.id = o.[key] % {Dialect.Two38}
                    JOIN changeset b ON b.id = o.id / {Dialect.Two32}
                    WHERE o.id = @after AND {series} AND (c.organization > s.organization
                        OR (c.organization = s.organization AND (c.major > s.major OR (c.major = s.major AND a.position > b.position))))
                ))
            ORDER BY c.organization, c.major, a.position
            {dialect.Limit("@limit")}
            """);
    }

    /// <summary>
    /// The revisions of a key are those that were replaced and the current one. Their positions order them: ids do not,
    /// since an upload may be opened first and committed last.
    /// </summary>
    public Query<HistoryRow> Select { get; }
}

/// <summary>A revision of a history, and what took its place.</summary>
internal sealed class HistoryRow : RevisionRow
{
    public long Kind { get; init; }
    public long? SupersededPosition { get; init; }
    public long? SupersededAt { get; init; }
}
