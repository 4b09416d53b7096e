using WasteFree.Exchange.Validation;

namespace WasteFree.Exchange.Storage;

/// <summary>A finding as a row. Its sequence orders the findings of a report by row, those on the whole report first.</summary>
internal sealed class FindingRow
{
    /// <summary>Findings of one row that keep a place; what comes at commit takes the upper half.</summary>
    private const int PerRow = 256;

    private const int CommitNumber = PerRow / 2;

    public static readonly Command Insert = new("""
        INSERT INTO finding (
            changeset_id, sequence, [rule], severity, field, observed, expected, tolerance, message_zh, message_en, fingerprint)
        VALUES (
            @Changeset, @Sequence, @Rule, @Severity, @Field, @Observed, @Expected, @Tolerance, @MessageZh, @MessageEn, @Fingerprint)
        """);

    public long Changeset { get; init; }
    public long Sequence { get; init; }
    public string Rule { get; init; } = "";
    public long Severity { get; init; }
    public string Field { get; init; } = "";
    public string Observed { get; init; } = "";
    public string Expected { get; init; } = "";
    public string Tolerance { get; init; } = "";
    public string MessageZh { get; init; } = "";
    public string MessageEn { get; init; } = "";
    public string Fingerprint { get; init; } = "";

    public bool CameAtCommit => Sequence % PerRow >= CommitNumber;

    /// <summary>Findings on the rows of a chunk, those of one row together.</summary>
    public static IReadOnlyList<FindingRow> Of(long changeset, IReadOnlyList<Finding> findings)
    {
        var rows = new FindingRow[findings.Count];
        var number = 0;
        for (var i = 0; i < findings.Count; i++)
        {
            number = i > 0 && findings[i].Row == findings[i - 1].Row ? number + 1 : 0;
            rows[i] = Of(changeset, findings[i], number);
        }
        return rows;
    }

    public static FindingRow AtCommit(long changeset, Finding finding) => Of(changeset, finding, CommitNumber);

    public Finding ToFinding() => new()
    {
        Rule = Rule,
        Severity = (Severity)Severity,
        Row = Sequence / PerRow == 0 ? null : Sequence / PerRow - 1,
        Field = Field,
        Observed = Observed,
        Expected = Expected,
        Tolerance = Tolerance,
        MessageZh = MessageZh,
        MessageEn = MessageEn,
        Fingerprint = Fingerprint,
    };

    private static FindingRow Of(long changeset, Finding finding, int number) => new()
    {
        Changeset = changeset,
        Sequence = ((finding.Row ?? -1) + 1) * PerRow + number,
        Rule = finding.Rule,
        Severity = (long)finding.Severity,
        Field = finding.Field,
        Observed = finding.Observed,
        Expected = finding.Expected,
        Tolerance = finding.Tolerance,
        MessageZh = finding.MessageZh,
        MessageEn = finding.MessageEn,
        Fingerprint = finding.Fingerprint,
    };
}

/// <summary>How findings are counted, read and dropped.</summary>
internal sealed class FindingSql(Dialect dialect)
{
    public static readonly Command AddCount = new("""
        UPDATE finding_count SET found = found + @found, kept = kept + @kept WHERE changeset_id = @changeset AND [rule] = @rule
        """);

    public static readonly Command InsertCount = new("""
        INSERT INTO finding_count (changeset_id, [rule], organization, found, kept) VALUES (@changeset, @rule, @organization, @found, @kept)
        """);

    public static readonly Query<long> SumKept = new("""
        SELECT COALESCE(SUM(kept), 0) AS Kept FROM finding_count WHERE organization = @organization AND kept > 0
        """);

    public static readonly Query<RuleCountRow> SelectCounts = new("""
        SELECT [rule] AS [Rule], found AS Found, kept AS Kept FROM finding_count WHERE changeset_id = @changeset ORDER BY [rule]
        """);

    public static readonly Command DeleteFindings = new("DELETE FROM finding WHERE changeset_id = @changeset");

    public static readonly Command ForgetKept = new("UPDATE finding_count SET kept = 0 WHERE changeset_id = @changeset");

    public Query<FindingRow> Select { get; } = new($"""
        SELECT changeset_id AS Changeset, sequence AS Sequence, [rule] AS [Rule], severity AS Severity, field AS Field, observed AS Observed,
            expected AS Expected, tolerance AS Tolerance, message_zh AS MessageZh, message_en AS MessageEn, fingerprint AS Fingerprint
        FROM finding
        WHERE changeset_id = @changeset AND sequence > @after
        ORDER BY sequence
        {dialect.Limit("@limit")}
        """);

    /// <summary>The oldest attempt of an organisation that has findings, but for one.</summary>
    public Query<KeptRow> SelectOldest { get; } = new($"""
        SELECT changeset_id AS Changeset, SUM(kept) AS Kept
        FROM finding_count
        WHERE organization = @organization AND kept > 0 AND changeset_id <> @changeset
        GROUP BY changeset_id
        ORDER BY changeset_id
        {dialect.Limit("1")}
        """);

    /// <summary>Refused attempts that have findings, last touched before @before.</summary>
    public Query<long> SelectExpired { get; } = new($"""
        SELECT f.changeset_id AS Changeset
        FROM finding_count f
        JOIN changeset c ON c.id = f.changeset_id
        WHERE f.kept > 0 AND c.state = 3 AND c.touched_at < @before
        GROUP BY f.changeset_id
        ORDER BY f.changeset_id
        {dialect.Limit("@limit")}
        """);
}
