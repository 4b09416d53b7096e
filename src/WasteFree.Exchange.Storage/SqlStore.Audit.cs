using WasteFree.Exchange.Audit;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    public Task AppendAuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) =>
        WriteAuditAsync(new AuditOperation(entries), cancellationToken);

    public Task<IReadOnlyList<AuditRecord>> ReadAuditAsync(long afterPosition, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<AuditRecord>>(
            async session => [.. (await session.ListAsync(session.Sql.Audit.SelectAfter, new { after = afterPosition, limit }).ConfigureAwait(false)).Select(row => row.ToRecord())],
            cancellationToken);

    public Task<IReadOnlyList<AuditRecord>> ListAuditAsync(AuditFilter filter, long beforePosition, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<AuditRecord>>(
            async session =>
            {
                var parameters = new
                {
                    before = beforePosition,
                    from = filter.From?.ToMicroseconds(),
                    to = filter.To?.ToMicroseconds(),
                    filter.Organization,
                    filter.Resource,
                    filter.Action,
                    filter.Concerning,
                    filter.After,
                    limit,
                };
                return [.. (await session.ListAsync(session.Sql.Audit.SelectBefore, parameters).ConfigureAwait(false)).Select(row => row.ToRecord())];
            },
            cancellationToken);

    public Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken) =>
        ReadAsync(async session => (await session.FindAsync(AuditSql.SelectHead).ConfigureAwait(false))?.ToHead(), cancellationToken);
}
