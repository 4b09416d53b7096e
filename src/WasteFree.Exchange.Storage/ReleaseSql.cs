namespace WasteFree.Exchange.Storage;

/// <summary>
/// The set-based statements that turn an upload's rows into current values. Parameters: @lo and @hi, the first and
/// last revision id of the upload. A withdrawal, whose rows are not counted before, is planned each time.
/// </summary>
internal sealed class ReleaseSql(Dialect dialect, string planEachTime)
{
    /// <summary>Most uploads repeat no key, and need none of the statements on repeated rows.</summary>
    public Query<long> CountRepeatedKeys { get; } = new($"""
        SELECT COUNT(*) FROM (SELECT [key] FROM revision WHERE id BETWEEN @lo AND @hi GROUP BY [key] HAVING COUNT(*) > 1) d
        {planEachTime}
        """);

    public Command CreateRepeated { get; } = new(
        dialect.EmptyTemporary("#repeated", "id BIGINT NOT NULL PRIMARY KEY, first_id BIGINT NOT NULL, equal INT NOT NULL"));

    /// <summary>Rows whose key an earlier row of the upload has, and whether they say the same.</summary>
    public Command FindRepeated { get; } = new($"""
        INSERT INTO [#repeated] (id, first_id, equal)
        SELECT b.id, d.first_id, CASE WHEN {dialect.SameContent} THEN 1 ELSE 0 END
        FROM (
            SELECT [key], MIN(id) AS first_id FROM revision WHERE id BETWEEN @lo AND @hi GROUP BY [key] HAVING COUNT(*) > 1
        ) d
        {dialect.Match} revision b ON b.[key] = d.[key] AND b.id > d.first_id
        JOIN revision a ON a.id = d.first_id
        WHERE b.id BETWEEN @lo AND @hi
        {planEachTime}
        """);

    public Command CreateToTell { get; } = new(dialect.EmptyTemporary(
        "#to_tell", "id BIGINT NOT NULL PRIMARY KEY, other_id BIGINT NOT NULL, equal INT NOT NULL, contradicts_first INT NOT NULL"));

    /// <summary>
    /// Each repeated row with another row of its key: the first one, or, where the key contradicts itself, one that says
    /// something else.
    /// </summary>
    public Command FindToTell { get; } = new("""
        INSERT INTO [#to_tell] (id, other_id, equal, contradicts_first)
        SELECT id, CASE WHEN equal = 1 THEN COALESCE(contradiction_id, first_id) ELSE first_id END,
            CASE WHEN contradiction_id IS NULL THEN 1 ELSE 0 END, CASE WHEN id = contradiction_id THEN 1 ELSE 0 END
        FROM (
            SELECT id, first_id, equal, MIN(CASE WHEN equal = 0 THEN id END) OVER (PARTITION BY first_id) AS contradiction_id
            FROM [#repeated]
        ) p
        """);

    /// <summary>In order of rows.</summary>
    public Query<RepeatedRow> SelectToTell { get; } = new($"""
        SELECT q.id AS Id, q.other_id AS OtherId, q.equal AS Equal, q.contradicts_first AS ContradictsFirst, b.[key] AS [Key],
            b.value_mantissa AS Mantissa, b.value_scale AS Scale, a.value_mantissa AS OtherMantissa, a.value_scale AS OtherScale,
            s.indicator AS Indicator, s.region AS Region, s.scope AS Scope, s.category AS Category, s.organization AS Organization, s.major AS Major
        FROM [#to_tell] q
        JOIN revision b ON b.id = q.id
        JOIN revision a ON a.id = q.other_id
        JOIN series s ON s.id = b.[key] % {Dialect.Two38}
        WHERE q.id > @after
        ORDER BY q.id
        {dialect.Limit("@limit")} {planEachTime}
        """);

    /// <summary>A repeated row says nothing new; where rows contradict each other, none of the key is taken.</summary>
    public Command MarkRepeated { get; } = new($"""
        UPDATE revision SET kind = 3
        WHERE id IN (SELECT id FROM [#repeated] UNION SELECT first_id FROM [#repeated] WHERE equal = 0)
        {planEachTime}
        """);

    /// <summary>Rows of keys that contradict themselves, their first rows included.</summary>
    public Query<long> CountContradictory { get; } = new("""
        SELECT COUNT(*) + COUNT(DISTINCT first_id) FROM [#repeated] WHERE first_id IN (SELECT first_id FROM [#repeated] WHERE equal = 0)
        """);

    /// <summary>A value of a retracted report is no value to be equal to: whoever sends it anew makes it one that is told.</summary>
    public Command MarkUnchanged { get; } = new($"""
        UPDATE revision SET kind = 2
        WHERE id IN (
            SELECT b.id
            FROM revision b
            JOIN [current] c ON c.[key] = b.[key]
            JOIN revision a ON a.id = c.revision_id
            WHERE b.id BETWEEN @lo AND @hi AND b.kind = 0 AND a.kind = 0 AND {dialect.SameContent}
                AND NOT EXISTS (SELECT 1 FROM retracted x WHERE x.[key] = a.[key] AND x.revision_id = a.id))
        {planEachTime}
        """);

    public Command Affirm { get; } = new($"""
        UPDATE [current] SET asserted_id = r.id
        FROM revision r
        WHERE r.id BETWEEN @lo AND @hi AND r.kind = 2 AND [current].[key] = r.[key]
        {planEachTime}
        """);

    public Command Supersede { get; } = new($"""
        INSERT INTO superseded ([key], by_id, revision_id)
        SELECT r.[key], r.id, c.revision_id
        FROM revision r
        JOIN [current] c ON c.[key] = r.[key]
        WHERE r.id BETWEEN @lo AND @hi AND r.kind = 0
        ORDER BY r.[key]
        {planEachTime}
        """);

    public Command SetCurrent { get; } = new(dialect.SetCurrent(planEachTime));

    /// <summary>Rows of a report released at @position whose keys have got another value, or none, since then.</summary>
    public Query<long> CountSuperseded { get; } = new($"""
        SELECT COUNT(*)
        FROM (
            SELECT r.id
            FROM revision r
            {dialect.LookUp} [current] c ON c.[key] = r.[key]
            {dialect.LookUp} changeset a ON a.id = c.revision_id / {Dialect.Two32}
            WHERE r.id BETWEEN @lo AND @hi AND r.kind IN (0, 2) AND c.revision_id NOT BETWEEN @lo AND @hi AND a.position > @position
            ORDER BY r.id
            {dialect.Limit("@limit")}
        ) n
        """);

    /// <summary>A tombstone for each value that this upload asserted last.</summary>
    public Command InsertTombstones { get; } = new($"""
        INSERT INTO revision (id, [key], kind, version_minor, unit_id, status, confidentiality)
        SELECT @first + ROW_NUMBER() OVER (ORDER BY r.[key]) - 1, r.[key], 1, r.version_minor, r.unit_id, r.status, r.confidentiality
        FROM revision r
        JOIN [current] c ON c.[key] = r.[key] AND c.asserted_id = r.id
        WHERE r.id BETWEEN @lo AND @hi AND r.kind IN (0, 2)
        {dialect.PlanEachTime}
        """);

    public Command SupersedeByTombstones { get; } = new($"""
        INSERT INTO superseded ([key], by_id, revision_id)
        SELECT r.[key], r.id, c.revision_id
        FROM revision r
        JOIN [current] c ON c.[key] = r.[key]
        WHERE r.id BETWEEN @first AND @last
        {dialect.PlanEachTime}
        """);

    public Command SetTombstones { get; } = new($"""
        UPDATE [current] SET revision_id = r.id, asserted_id = r.id
        FROM revision r
        WHERE r.id BETWEEN @first AND @last AND [current].[key] = r.[key]
        {dialect.PlanEachTime}
        """);

    /// <summary>The values of an upload, from here on withheld.</summary>
    public Command InsertRetracted { get; } = new($"""
        INSERT INTO retracted ([key], revision_id)
        SELECT r.[key], r.id
        FROM revision r
        WHERE r.id BETWEEN @lo AND @hi AND r.kind = 0
        ORDER BY r.[key]
        {dialect.PlanEachTime}
        """);

    public Query<UsedRow> SelectUsed { get; } = new($"""
        SELECT DISTINCT s.indicator AS Indicator, s.major AS Major, r.version_minor AS Minor, r.[key] / {Dialect.Two38} AS Period
        FROM revision r
        JOIN series s ON s.id = r.[key] % {Dialect.Two38}
        WHERE r.id BETWEEN @lo AND @hi
        """);

    public Query<PlaceRow> SelectPlaces { get; } = new($"""
        SELECT DISTINCT s.indicator AS Indicator, s.region AS Region
        FROM revision r
        JOIN series s ON s.id = r.[key] % {Dialect.Two38}
        WHERE r.id BETWEEN @lo AND @hi
        """);
}
