namespace WasteFree.Exchange.Storage;

/// <summary>
/// Finds keys that ever had a confidential value. The condition on the confidentiality is that of an index, word for word.
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
}

/// <summary>How many rows of an indicator and a period are confidential, visible or not.</summary>
internal sealed class ConfidentialCountRow
{
    public string Indicator { get; init; } = "";
    public long Period { get; init; }
    public long Count { get; init; }
}
