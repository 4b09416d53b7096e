namespace WasteFree.Exchange.Storage;

/// <summary>New reports and sets of rows.</summary>
internal sealed class AttemptSql(Dialect dialect)
{
    public Query<long> InsertReport { get; } = new($"""
        INSERT INTO report (organization, name, state, changeset_id, created_at) {dialect.OutputId}
        VALUES (@organization, @name, 1, 0, @now) {dialect.ReturningId}
        """);

    public Query<long> InsertChangeset { get; } = new($"""
        INSERT INTO changeset (kind, report_id, state, epoch, writer, next_offset, digest_state, stored_state, row_policy, catalog_version, created_at, touched_at)
        {dialect.OutputId}
        VALUES (@kind, @report, @state, @epoch, @writer, @rows, @digestState, @storedState, @policy, @catalogVersion, @now, @now) {dialect.ReturningId}
        """);
}
