namespace WasteFree.Exchange.Storage;

/// <summary>
/// How visible observations are read. Two ways: by keys, where few series in few periods are asked, and by a range of
/// keys. Two instants: the latest, straight from current; and as of @position, which looks behind it where it came later.
/// </summary>
internal sealed class ObservationSql
{
    public const string Columns = """
        r.id AS Id, r.version_minor AS Minor, r.value_mantissa AS ValueMantissa, r.value_scale AS ValueScale,
        r.numerator_mantissa AS NumeratorMantissa, r.numerator_scale AS NumeratorScale,
        r.denominator_mantissa AS DenominatorMantissa, r.denominator_scale AS DenominatorScale,
        r.unit_id AS Unit, r.status AS Status, r.confidentiality AS Confidentiality,
        r.note AS Note, r.collection_method AS CollectionMethod, r.evidence AS Evidence,
        r.numerator_unit_id AS NumeratorUnit, r.denominator_unit_id AS DenominatorUnit
        """;

    /// <summary>
    /// The revision of a key that was visible at @position: the current one, unless it came later; then the replaced one
    /// that was there by then, and whose successor was not.
    /// </summary>
    internal const string RevisionAsOf = $"""
        CASE WHEN (SELECT a.position FROM changeset a WHERE a.id = c.revision_id / {Dialect.Two32}) <= @position THEN c.revision_id ELSE (
            SELECT o.revision_id
            FROM superseded o
            WHERE o.[key] = c.[key]
                AND (SELECT a.position FROM changeset a WHERE a.id = o.revision_id / {Dialect.Two32}) <= @position
                AND (SELECT b.position FROM changeset b WHERE b.id = o.by_id / {Dialect.Two32}) > @position
        ) END
        """;

    private const string LatestRevision = "c.revision_id";

    /// <summary>At the instant at which a revision appears nobody has repeated it yet.</summary>
    private const string NoAffirmation = "CAST(NULL AS BIGINT) AS AffirmedId";

    private const string LatestAffirmation = "CASE WHEN c.asserted_id <> c.revision_id THEN c.asserted_id END";

    /// <summary>
    /// The last row that repeated revision <c>r</c> of a key by @position: the one that current names, unless that came later
    /// or is of another revision; then it is looked for.
    /// </summary>
    private static string AffirmationAsOf(Dialect dialect) => $"""
        CASE
            WHEN c.asserted_id = r.id THEN NULL
            WHEN (SELECT a.position FROM changeset a WHERE a.id = c.asserted_id / {Dialect.Two32}) <= @position THEN c.asserted_id
            ELSE {LastAffirmation(dialect, $"(SELECT o.position FROM changeset o WHERE o.id = r.id / {Dialect.Two32})")}
        END
        """;

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
        var lists = VisibilityParameters.Lists(dialect);
        var ordered = $"ORDER BY s.id {dialect.Limit("@limit")} {dialect.PlanEachTime}";
        SelectSeries = new($"{lists}SELECT s.id FROM series s WHERE {series} {ordered}");
        SelectSeriesOfIndicators = new($"{lists}SELECT s.id FROM series s WHERE {indicators} AND {series} {ordered}");
        SelectSeriesOfBoth = new($"{lists}SELECT s.id FROM series s WHERE {indicators} AND {regions} AND {series} {ordered}");
        SelectPeriods = new($"""
            SELECT number FROM period
            WHERE (@periods IS NULL OR number IN (SELECT value FROM {dialect.Numbers("@periods")})) AND number >= @from
            ORDER BY number
            """);

        string OfSeries(string row) => $"(@anySeries = 1 OR EXISTS (SELECT 1 FROM series s WHERE s.id = {row}.[key] % {Dialect.Two38} AND {series}))";
        string Taken(string row) => $"""
            (@periods IS NULL OR {row}.[key] / {Dialect.Two38} IN (SELECT value FROM {dialect.Numbers("@periods")}))
            AND {OfSeries(row)}
            """;
        RangeCondition = $"BETWEEN @lo AND @hi AND {Taken("c")}";
        Query<RevisionRow> Range(string revision, string affirmation) => new($"""
            {lists}
            SELECT c.[key] AS [Key], {Columns}, {affirmation} AS AffirmedId
            FROM [current] c
            {dialect.LookUp} revision r ON r.id = {revision}
            WHERE c.[key] {RangeCondition} AND r.kind = 0
            ORDER BY c.[key]
            {dialect.Limit("@limit")} {dialect.PlanEachTime}
            """);
        Query<RevisionRow> Keys(string revision, string affirmation) => new($"""
            SELECT c.[key] AS [Key], {Columns}, {affirmation} AS AffirmedId
            FROM {dialect.Numbers("@keys")} k
            {dialect.LookUp} [current] c ON c.[key] = k.value
            {dialect.LookUp} revision r ON r.id = {revision}
            WHERE r.kind = 0
            """);
        (RangeLatest, RangeAsOf) = (Range(LatestRevision, LatestAffirmation), Range(RevisionAsOf, AffirmationAsOf(dialect)));
        (KeysLatest, KeysAsOf) = (Keys(LatestRevision, LatestAffirmation), Keys(RevisionAsOf, AffirmationAsOf(dialect)));
        Query<long> PeriodsOfKeys(string revision) => new($"""
            SELECT p.value
            FROM {dialect.Numbers("@some")} p
            WHERE EXISTS (
                SELECT 1
                FROM {dialect.Numbers("@series")} i
                {dialect.LookUp} [current] c ON c.[key] = p.value * {Dialect.Two38} + i.value
                {dialect.LookUp} revision r ON r.id = {revision}
                WHERE r.kind = 0)
            """);
        Query<long> PeriodsOfRange(string revision) => new($"""
            {lists}
            SELECT p.value
            FROM {dialect.Numbers("@some")} p
            WHERE EXISTS (
                SELECT 1
                FROM [current] c
                {dialect.LookUp} revision r ON r.id = {revision}
                WHERE c.[key] BETWEEN p.value * {Dialect.Two38} AND p.value * {Dialect.Two38} + {Dialect.Two38} - 1 AND r.kind = 0 AND {OfSeries("c")})
            {dialect.PlanEachTime}
            """);
        (PeriodsOfKeysLatest, PeriodsOfKeysAsOf) = (PeriodsOfKeys(LatestRevision), PeriodsOfKeys(RevisionAsOf));
        (PeriodsOfRangeLatest, PeriodsOfRangeAsOf) = (PeriodsOfRange(LatestRevision), PeriodsOfRange(RevisionAsOf));
        Replaced = new($"""
            SELECT p.by_id AS ById, r.[key] AS [Key], {Columns}, {NoAffirmation}
            FROM {dialect.Numbers("@ids")} k
            {dialect.LookUp} revision n ON n.id = k.value
            {dialect.LookUp} superseded p ON p.[key] = n.[key] AND p.by_id = n.id
            {dialect.LookUp} revision r ON r.id = p.revision_id
            WHERE r.kind = 0
            """);
        Changes = new($"""
            {lists}
            SELECT r.[key] AS [Key], {Columns}, {NoAffirmation}
            FROM revision r
            WHERE r.id BETWEEN @lo AND @hi AND r.kind = @kind AND {Taken("r")}
            ORDER BY r.id
            {dialect.Limit("@limit")} {dialect.PlanEachTime}
            """);
    }

    /// <summary>The last row that repeated the value of c.key after the position <paramref name="from"/> and by @position.</summary>
    public static string LastAffirmation(Dialect dialect, string from, string until = "1 = 1") => $"""
        (
            SELECT v.id
            FROM revision v
            {dialect.LookUp} changeset b ON b.id = v.id / {Dialect.Two32}
            WHERE v.[key] = c.[key] AND v.kind = 2 AND b.position > {from} AND b.position <= @position AND {until}
            ORDER BY b.position DESC
            {dialect.Limit("1")}
        )
        """;

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

    /// <summary>Which of the periods @some have a row of the @series.</summary>
    public Query<long> PeriodsOfKeysLatest { get; }

    public Query<long> PeriodsOfKeysAsOf { get; }

    /// <summary>Which of the periods @some have a row of a series that the filter takes: each is gone through up to its first one.</summary>
    public Query<long> PeriodsOfRangeLatest { get; }

    public Query<long> PeriodsOfRangeAsOf { get; }

    /// <summary>The values that the revisions @ids replaced; none for those that replaced none, or a withdrawal.</summary>
    public Query<ReplacedRow> Replaced { get; }

    /// <summary>Rows of one changeset that the filter takes. The filter stands before the limit: a page is never short of them.</summary>
    public Query<RevisionRow> Changes { get; }
}
