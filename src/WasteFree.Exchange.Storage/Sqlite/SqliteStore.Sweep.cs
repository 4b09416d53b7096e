using Dapper;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <summary>Rows deleted in one transaction, so that sweeping never holds the writer for long.</summary>
    private const int SweepRows = 5_000;

    /// <summary>
    /// Deletes some rows of refused and dropped attempts, when the writer has nothing else to do; answers whether there
    /// may be more. They were never visible. Findings stay while the report's last attempt is a refused one.
    /// </summary>
    private static bool SweepSome(WriteTransaction transaction)
    {
        var connection = transaction.Connection;
        var next = connection.QueryFirstOrDefault<SweepRow>(SelectNext);
        if (next is null) return false;

        var range = new { lo = Keys.FirstRevision(next.Id), hi = Keys.LastRevision(next.Id), limit = SweepRows, next.Id };
        if (connection.Execute(DeleteRevisions, range) == SweepRows) return true;
        if (next.State == 4 && connection.Execute(DeleteFindings, range) == SweepRows) return true;
        connection.Execute("UPDATE changeset SET swept = 1 WHERE id = @Id", range);
        return true;
    }

    private const string SelectNext = """
        SELECT id AS Id, state AS State FROM changeset WHERE state IN (3, 4) AND swept = 0 ORDER BY id LIMIT 1
        """;

    private const string DeleteRevisions = """
        DELETE FROM revision WHERE id IN (SELECT id FROM revision WHERE id BETWEEN @lo AND @hi LIMIT @limit)
        """;

    private const string DeleteFindings = """
        DELETE FROM finding WHERE changeset_id = @Id AND sequence IN (
            SELECT sequence FROM finding WHERE changeset_id = @Id ORDER BY sequence LIMIT @limit)
        """;

    private sealed class SweepRow
    {
        public long Id { get; init; }
        public long State { get; init; }
    }
}
