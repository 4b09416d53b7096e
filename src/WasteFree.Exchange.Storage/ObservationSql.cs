namespace WasteFree.Exchange.Storage;

/// <summary>
/// How visible observations are read. Two ways: by keys, where few series in few periods are asked, and by a range of
/// keys. Two instants: the latest, straight from current; and as of @position, which looks behind it where it came later.
/// </summary>
internal sealed class ObservationSql
{
    public const string Columns = """
        r.id AS Id, r.version_major AS Major, r.version_minor AS Minor, r.value_mantissa AS ValueMantissa, r.value_scale AS ValueScale,
        r.numerator_mantissa AS NumeratorMantissa, r.numerator_scale AS NumeratorScale,
        r.denominator_mantissa AS DenominatorMantissa, r.denominator_scale AS DenominatorScale,
        r.unit_id AS Unit, r.status AS Status, r.confidentiality AS Confidentiality,
        r.note AS Note, r.method AS Method, r.evidence AS Evidence
        """;

    /// <summary>
    /// The revision of a key that was visible at @position: the current one, unless it came later; then the replaced one
    /// that was there by then, and whose successor was not.
    /// </summary>
    private const string RevisionAsOf = $"""
        CASE WHEN (SELECT a.position FROM changeset a WHERE a.id = c.revision_id / {Dialect.Two32}) <= @position THEN c.revision_id ELSE (
            SELECT o.revision_id
            FROM superseded o
            WHERE o.[key] = c.[key]
                AND (SELECT a.position FROM changeset a WHERE a.id = o.revision_id / {Dialect.Two32}) <= @position
                AND (SELECT b.position FROM changeset b WHERE b.id = o.by_id / {Dialect.Two32}) > @position
        ) END
        """;

    private const string LatestRevision = "c.revision_id";

    public ObservationSql(Dialect dialect)
    {
        var indicators = $"s.indicator IN ({dialect.Codes("@indicators")})";
        var regions = $"s.region IN ({dialect.Codes("@regions")})";
        // Parameters are JSON arrays; NULL: any.
        var series = $"""
            (@indicators IS NULL OR {indicators})
            AND (@regions IS NULL OR {regions})
            AND (@scopes IS NULL OR s.scope IN (SELECT value FROM {dialect.Numbers("@scopes")}))
            AND (@categories IS NULL OR s.category IN ({dialect.Codes("@categories")}))
            AND (@organizations IS NULL OR s.organization IN ({dialect.Codes("@organizations")}))
            AND (@excluded IS NULL OR s.organization NOT IN ({dialect.Codes("@excluded")}))
            AND {VisibilityParameters.Condition(dialect)}
            """;
        var ordered = $"ORDER BY s.id {dialect.Limit("@limit")} {dialect.PlanEachTime}";
        SelectSeries = new($"SELECT s.id FROM series s WHERE {series} {ordered}");
        SelectSeriesOfIndicators = new($"SELECT s.id FROM series s WHERE {indicators} AND {series} {ordered}");
        SelectSeriesOfBoth = new($"SELECT s.id FROM series s WHERE {indicators} AND {regions} AND {series} {ordered}");
        SelectPeriods = new($"""
            SELECT number FROM period
            WHERE (@periods IS NULL OR number IN (SELECT value FROM {dialect.Numbers("@periods")})) AND number >= @from
            ORDER BY number
            """);

        string Taken(string row) => $"""
            (@periods IS NULL OR {row}.[key] / {Dialect.Two38} IN (SELECT value FROM {dialect.Numbers("@periods")}))
            AND (@anySeries = 1 OR EXISTS (SELECT 1 FROM series s WHERE s.id = {row}.[key] % {Dialect.Two38} AND {series}))
            """;
        RangeCondition = $"BETWEEN @lo AND @hi AND {Taken("c")}";
        Query<RevisionRow> Range(string revision) => new($"""
            SELECT c.[key] AS [Key], {Columns}
            FROM [current] c
            {dialect.LookUp} revision r ON r.id = {revision}
            WHERE c.[key] {RangeCondition} AND r.kind = 0
            ORDER BY c.[key]
            {dialect.Limit("@limit")} {dialect.PlanEachTime}
            """);
        Query<RevisionRow> Keys(string revision) => new($"""
            SELECT c.[key] AS [Key], {Columns}
            FROM {dialect.Numbers("@keys")} k
            {dialect.LookUp} [current] c ON c.[key] = k.value
            {dialect.LookUp} revision r ON r.id = {revision}
            WHERE r.kind = 0
            """);
        (RangeLatest, RangeAsOf) = (Range(LatestRevision), Range(RevisionAsOf));
        (KeysLatest, KeysAsOf) = (Keys(LatestRevision), Keys(RevisionAsOf));
        Changes = new($"""
            SELECT r.[key] AS [Key], {Columns}
            FROM revision r
            WHERE r.id BETWEEN @lo AND @hi AND r.kind = @kind AND {Taken("r")}
            ORDER BY r.id
            {dialect.Limit("@limit")} {dialect.PlanEachTime}
            """);
    }

    /// <summary>Which keys c.key of a range a filter takes.</summary>
    public string RangeCondition { get; }

    public Query<long> SelectSeries { get; }

    /// <summary>The same where indicators are given: they lead the index of series.</summary>
    public Query<long> SelectSeriesOfIndicators { get; }

    /// <summary>The same where indicators and regions are given: both lead it.</summary>
    public Query<long> SelectSeriesOfBoth { get; }

    public Query<long> SelectPeriods { get; }

    public Query<RevisionRow> RangeLatest { get; }

    public Query<RevisionRow> RangeAsOf { get; }

    public Query<RevisionRow> KeysLatest { get; }

    public Query<RevisionRow> KeysAsOf { get; }

    /// <summary>Rows of one changeset that the filter takes. The filter stands before the limit: a page is never short of them.</summary>
    public Query<RevisionRow> Changes { get; }
}
