namespace WasteFree.Exchange.Storage;

/// <summary>
/// Finds keys that ever had a confidential value, or one that was retracted. The condition on the confidentiality is that of an index, word for word.
/// </summary>
internal sealed class ConfidentialSql(Dialect dialect)
{
    public Query<ConfidentialCountRow> Count { get; } = new($"""
        SELECT s.indicator AS Indicator, r.[key] / {Dialect.Two38} AS Period, COUNT(*) AS [Count]
        FROM revision r
        JOIN series s ON s.id = r.[key] % {Dialect.Two38}
        WHERE r.confidentiality > 1 AND r.[key] BETWEEN @lo AND @hi AND s.indicator IN ({dialect.Codes("@indicators")})
        GROUP BY s.indicator, r.[key] / {Dialect.Two38}
        """);

    public Query<long> Keys { get; } = new($"""
        SELECT DISTINCT r.[key]
        FROM revision r
        JOIN series s ON s.id = r.[key] % {Dialect.Two38}
        WHERE r.confidentiality > 1 AND r.[key] BETWEEN @lo AND @hi AND s.indicator = @indicator
            AND r.[key] / {Dialect.Two38} IN (SELECT value FROM {dialect.Numbers("@periods")})
        """);

    public Query<ConfidentialCountRow> CountRetracted { get; } = new($"""
        SELECT s.indicator AS Indicator, x.[key] / {Dialect.Two38} AS Period, COUNT(*) AS [Count]
        FROM retracted x
        JOIN series s ON s.id = x.[key] % {Dialect.Two38}
        WHERE x.[key] BETWEEN @lo AND @hi AND s.indicator IN ({dialect.Codes("@indicators")})
        GROUP BY s.indicator, x.[key] / {Dialect.Two38}
        """);

    /// <summary>Retracted values, and the position of what its sender says there at @position instead.</summary>
    public Query<RetractedRow> Retracted { get; } = new($"""
        SELECT x.[key] AS [Key], {ObservationSql.Columns}, CAST(NULL AS BIGINT) AS AffirmedId,
            CASE WHEN v.kind = 0 AND NOT EXISTS (SELECT 1 FROM retracted y WHERE y.[key] = x.[key] AND y.revision_id = v.id)
                THEN (SELECT p.position FROM changeset p WHERE p.id = v.id / {Dialect.Two32}) END AS InsteadPosition
        FROM retracted x
        JOIN series s ON s.id = x.[key] % {Dialect.Two38}
        JOIN [current] c ON c.[key] = x.[key]
        JOIN revision r ON r.id = x.revision_id
        LEFT JOIN revision v ON v.id = {ObservationSql.RevisionAsOf}
        WHERE x.[key] BETWEEN @lo AND @hi AND s.indicator = @indicator
            AND x.[key] / {Dialect.Two38} IN (SELECT value FROM {dialect.Numbers("@periods")})
        """);

    /// <summary>Confidential rows of an upload. Every key is in the range: it leads to the index, past the rows of the upload.</summary>
    public Query<UploadRow> OfUpload { get; } = new($"""
        SELECT r.id AS Id, r.[key] AS [Key]
        FROM revision r
        WHERE r.confidentiality > 1 AND r.[key] BETWEEN @first AND @last AND r.id + 0 BETWEEN @lo AND @hi AND r.kind = 0 AND (r.value_mantissa IS NOT NULL OR r.numerator_mantissa IS NOT NULL)
        ORDER BY r.id
        {dialect.Limit("@limit")}
        """);

    public Query<SeriesRow> SeriesOfRegions { get; } = new($"""
        SELECT s.id AS Id, s.indicator AS Indicator, s.region AS Region, s.scope AS Scope, s.category AS Category, s.organization AS Organization, s.major AS Major
        FROM series s
        WHERE s.indicator IN ({dialect.Codes("@indicators")}) AND s.region IN ({dialect.Codes("@regions")}) AND s.organization = @organization
        """);

    /// <summary>Free rows of an upload.</summary>
    public Query<UploadRow> FreeOfUpload { get; } = new($"""
        SELECT r.id AS Id, r.[key] AS [Key]
        FROM revision r
        WHERE r.id BETWEEN @lo AND @hi AND r.confidentiality = 1 AND r.kind = 0 AND r.[key] IN (SELECT value FROM {dialect.Numbers("@keys")})
            AND (r.value_mantissa IS NOT NULL OR r.numerator_mantissa IS NOT NULL)
        ORDER BY r.id
        {dialect.Limit("@limit")}
        """);
}

/// <summary>A row of an upload by its key.</summary>
internal sealed class UploadRow
{
    public long Id { get; init; }
    public long Key { get; init; }
}

/// <summary>How many rows of an indicator and a period are confidential, visible or not.</summary>
internal sealed class ConfidentialCountRow
{
    public string Indicator { get; init; } = "";
    public long Period { get; init; }
    public long Count { get; init; }
}

/// <summary>A retracted value.</summary>
internal sealed class RetractedRow : RevisionRow
{
    /// <summary>Where its sender said something else, which stands; null: nothing stands, or what was retracted.</summary>
    public long? InsteadPosition { get; init; }
}
