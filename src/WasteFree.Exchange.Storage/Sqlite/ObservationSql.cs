namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// How visible observations are read. Two ways: by keys, where few series in few periods are asked, and by a range of
/// keys. Two instants: the latest, straight from current; and as of @position, which looks behind it where it came later.
/// </summary>
internal static class ObservationSql
{
    /// <summary>Parameters are JSON arrays; NULL: any.</summary>
    public const string SeriesCondition = """
        (@indicators IS NULL OR s.indicator IN (SELECT value FROM json_each(@indicators)))
        AND (@regions IS NULL OR s.region IN (SELECT value FROM json_each(@regions)))
        AND (@scopes IS NULL OR s.scope IN (SELECT value FROM json_each(@scopes)))
        AND (@categories IS NULL OR s.category IN (SELECT value FROM json_each(@categories)))
        AND (@organizations IS NULL OR s.organization IN (SELECT value FROM json_each(@organizations)))
        AND (@excluded IS NULL OR s.organization NOT IN (SELECT value FROM json_each(@excluded)))
        """;

    public const string Columns = """
        r.id AS Id, r.version_major AS Major, r.version_minor AS Minor, r.value_mantissa AS ValueMantissa, r.value_scale AS ValueScale,
        r.numerator_mantissa AS NumeratorMantissa, r.numerator_scale AS NumeratorScale,
        r.denominator_mantissa AS DenominatorMantissa, r.denominator_scale AS DenominatorScale,
        r.unit_id AS Unit, r.status AS Status, r.confidentiality AS Confidentiality,
        r.note AS Note, r.method AS Method, r.evidence AS Evidence
        """;

    public const string RangeCondition = $"""
        BETWEEN @lo AND @hi
        AND (@periods IS NULL OR (c.key >> 38) IN (SELECT value FROM json_each(@periods)))
        AND (@anySeries = 1 OR EXISTS (SELECT 1 FROM series s WHERE s.id = c.key & 0x3FFFFFFFFF AND {SeriesCondition}))
        """;

    /// <summary>
    /// The revision of a key that was visible at @position: the current one, unless it came later; then the replaced one
    /// that was there by then, and whose successor was not.
    /// </summary>
    private const string RevisionAsOf = """
        CASE WHEN (SELECT a.position FROM changeset a WHERE a.id = c.revision_id >> 32) <= @position THEN c.revision_id ELSE (
            SELECT o.revision_id
            FROM superseded o
            WHERE o.key = c.key
                AND (SELECT a.position FROM changeset a WHERE a.id = o.revision_id >> 32) <= @position
                AND (SELECT b.position FROM changeset b WHERE b.id = o.by_id >> 32) > @position
        ) END
        """;

    private const string Indicators = "s.indicator IN (SELECT value FROM json_each(@indicators))";
    private const string Regions = "s.region IN (SELECT value FROM json_each(@regions))";
    private const string OrderedSeries = "ORDER BY s.id LIMIT @limit";

    public const string SelectSeries = $"SELECT s.id FROM series s WHERE {SeriesCondition} {OrderedSeries}";

    /// <summary>The same where indicators are given: they lead the index of series.</summary>
    public const string SelectSeriesOfIndicators = $"SELECT s.id FROM series s WHERE {Indicators} AND {SeriesCondition} {OrderedSeries}";

    /// <summary>The same where indicators and regions are given: both lead it.</summary>
    public const string SelectSeriesOfBoth = $"SELECT s.id FROM series s WHERE {Indicators} AND {Regions} AND {SeriesCondition} {OrderedSeries}";

    public const string SelectPeriods = """
        SELECT number FROM period
        WHERE (@periods IS NULL OR number IN (SELECT value FROM json_each(@periods))) AND number >= @from
        ORDER BY number
        """;

    public const string RangeLatest = $"""
        SELECT c.key AS Key, {Columns}
        FROM current c
        CROSS JOIN revision r ON r.id = c.revision_id
        WHERE c.key {RangeCondition} AND r.kind = 0
        ORDER BY c.key
        LIMIT @limit
        """;

    public const string RangeAsOf = $"""
        SELECT c.key AS Key, {Columns}
        FROM current c
        CROSS JOIN revision r ON r.id = {RevisionAsOf}
        WHERE c.key {RangeCondition} AND r.kind = 0
        ORDER BY c.key
        LIMIT @limit
        """;

    public const string KeysLatest = $"""
        SELECT c.key AS Key, {Columns}
        FROM json_each(@keys) k
        CROSS JOIN current c ON c.key = k.value
        CROSS JOIN revision r ON r.id = c.revision_id
        WHERE r.kind = 0
        """;

    public const string KeysAsOf = $"""
        SELECT c.key AS Key, {Columns}
        FROM json_each(@keys) k
        CROSS JOIN current c ON c.key = k.value
        CROSS JOIN revision r ON r.id = {RevisionAsOf}
        WHERE r.kind = 0
        """;

    /// <summary>Rows of one changeset that the filter takes. The filter stands before the limit: a page is never short of them.</summary>
    public const string Changes = $"""
        SELECT r.key AS Key, {Columns}
        FROM revision r
        WHERE r.id BETWEEN @lo AND @hi AND r.kind = @kind
            AND (r.key >> 38) >= @from
            AND (@periods IS NULL OR (r.key >> 38) IN (SELECT value FROM json_each(@periods)))
            AND (@anySeries = 1 OR EXISTS (SELECT 1 FROM series s WHERE s.id = r.key & 0x3FFFFFFFFF AND {SeriesCondition}))
        ORDER BY r.id
        LIMIT @limit
        """;
}
