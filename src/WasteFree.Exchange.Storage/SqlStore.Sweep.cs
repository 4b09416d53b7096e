namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    /// <summary>Rows deleted in one transaction, so that sweeping never holds others up for long: too few for the lock of a whole table.</summary>
    private const int SweepRows = 4_000;

    /// <summary>
    /// Deletes some rows of refused and dropped attempts; answers whether there may be more. They were never visible.
    /// Findings stay while the report's last attempt is a refused one.
    /// </summary>
    private protected static async Task<bool> SweepSomeAsync(WriteSession session)
    {
        var sql = session.Sql.Sweep;
        var next = await session.FindAsync(sql.SelectNext).ConfigureAwait(false);
        if (next is null) return false;

        var range = new { lo = Keys.FirstRevision(next.Id), hi = Keys.LastRevision(next.Id), limit = SweepRows, next.Id };
        if (await session.CountAsync(sql.DeleteRevisions, range).ConfigureAwait(false) == SweepRows) return true;
        if (next.State == 4 && await session.CountAsync(sql.DeleteFindings, range).ConfigureAwait(false) == SweepRows) return true;
        if (next.State == 4) await session.ExecuteAsync(sql.DeleteCounts, range).ConfigureAwait(false);
        await session.ExecuteAsync(sql.SetSwept, range).ConfigureAwait(false);
        return true;
    }
}

internal sealed class SweepSql(Dialect dialect)
{
    public Query<SweepRow> SelectNext { get; } = new($"""
        SELECT id AS Id, state AS State FROM changeset WHERE state IN (3, 4) AND swept = 0 ORDER BY id {dialect.Limit("1")}
        """);

    public Command DeleteRevisions { get; } = new($"""
        DELETE FROM revision WHERE id IN (SELECT id FROM revision WHERE id BETWEEN @lo AND @hi ORDER BY id {dialect.Limit("@limit")})
        """);

    public Command DeleteFindings { get; } = new($"""
        DELETE FROM finding WHERE changeset_id = @Id AND sequence IN (
            SELECT sequence FROM finding WHERE changeset_id = @Id ORDER BY sequence {dialect.Limit("@limit")})
        """);

    public Command DeleteCounts { get; } = new("DELETE FROM finding_count WHERE changeset_id = @Id");

    /// <summary>
    /// Not by the count of what this hub deleted: another one may be at the same rows, and a refused attempt may have been
    /// dropped meanwhile, whose findings go as well.
    /// </summary>
    public Command SetSwept { get; } = new("""
        UPDATE changeset SET swept = 1
        WHERE id = @Id AND NOT EXISTS (SELECT 1 FROM revision WHERE id BETWEEN @lo AND @hi)
            AND (state = 3 OR NOT EXISTS (SELECT 1 FROM finding WHERE changeset_id = @Id))
        """);
}

/// <summary>An attempt whose rows are to go.</summary>
internal sealed class SweepRow
{
    public long Id { get; init; }
    public long State { get; init; }
}
