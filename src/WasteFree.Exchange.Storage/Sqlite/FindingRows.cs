using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Validation;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>Findings as rows. Their sequence orders them by row, those on the whole report first.</summary>
internal static class FindingRows
{
    /// <summary>Findings of one row that keep a place; what comes at commit takes the upper half.</summary>
    private const int PerRow = 256;

    private const int CommitNumber = PerRow / 2;

    public static long Sequence(long? row, int number) => ((row ?? -1) + 1) * PerRow + number;

    public static bool CameAtCommit(long sequence) => sequence % PerRow >= CommitNumber;

    public static void Insert(SqliteConnection connection, long changeset, IReadOnlyList<Finding> findings)
    {
        var number = 0;
        for (var i = 0; i < findings.Count; i++)
        {
            number = i > 0 && findings[i].Row == findings[i - 1].Row ? number + 1 : 0;
            Insert(connection, changeset, findings[i], number);
        }
    }

    public static void InsertAtCommit(SqliteConnection connection, long changeset, Finding finding) =>
        Insert(connection, changeset, finding, CommitNumber);

    public static IReadOnlyList<(long Sequence, Finding Finding)> Read(SqliteConnection connection, long changeset, long after, int limit) =>
        [.. connection.Query<Row>(Select, new { changeset, after, limit }).Select(row => (row.Sequence, row.ToFinding()))];

    private static void Insert(SqliteConnection connection, long changeset, Finding finding, int number) =>
        connection.Execute(
            InsertSql,
            new
            {
                changeset,
                sequence = Sequence(finding.Row, number),
                finding.Rule,
                severity = (long)finding.Severity,
                finding.Field,
                finding.Observed,
                finding.Expected,
                finding.Tolerance,
                finding.MessageZh,
                finding.MessageEn,
                finding.Fingerprint,
            });

    private const string InsertSql = """
        INSERT INTO finding (
            changeset_id, sequence, rule, severity, field, observed, expected, tolerance, message_zh, message_en, fingerprint)
        VALUES (
            @changeset, @sequence, @Rule, @severity, @Field, @Observed, @Expected, @Tolerance, @MessageZh, @MessageEn, @Fingerprint)
        """;

    private const string Select = """
        SELECT sequence AS Sequence, rule AS Rule, severity AS Severity, field AS Field, observed AS Observed, expected AS Expected,
            tolerance AS Tolerance, message_zh AS MessageZh, message_en AS MessageEn, fingerprint AS Fingerprint
        FROM finding
        WHERE changeset_id = @changeset AND sequence > @after
        ORDER BY sequence
        LIMIT @limit
        """;

    private sealed class Row
    {
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
    }
}
