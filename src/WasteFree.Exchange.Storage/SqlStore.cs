using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>
/// The store in SQL: what both databases do alike. How a transaction is made, and how rows go in, is theirs.
/// </summary>
public abstract partial class SqlStore : IExchangeStore
{
    public abstract ValueTask DisposeAsync();

    public abstract Task Working { get; }

    public bool IsDamaged => Condition.IsDamaged;

    public StoreClock Clock => Condition.Clock;

    public abstract Task<long> MeasureAsync(CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<string>?> CheckPagesAsync(CancellationToken cancellationToken);

    public abstract Task MigrateAsync(CancellationToken cancellationToken);

    public Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken) =>
        ReadAsync(async session => (await session.SingleAsync(HeadRow.Select).ConfigureAwait(false)).ToHead(), cancellationToken);

    public Task<LedgerHead?> FindPositionAsync(long position, CancellationToken cancellationToken) =>
        ReadAsync(async session => (await session.FindAsync(SelectPosition, new { position }).ConfigureAwait(false))?.ToHead(), cancellationToken);

    public Task<LedgerHead?> FindPositionAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        ReadAsync(
            async session => (await session.FindAsync(session.Sql.Ledger.SelectAt, new { at = time.ToMicroseconds() }).ConfigureAwait(false))?.ToHead(),
            cancellationToken);

    private protected abstract StoreCondition Condition { get; }

    /// <summary>Reads one state of the database.</summary>
    private protected abstract Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>Reads one state of the database, or of a copy of it that has come as far as the position.</summary>
    private protected virtual Task<T> ReadAtAsync<T>(long position, Func<Session, Task<T>> read, CancellationToken cancellationToken) =>
        ReadAsync(read, cancellationToken);

    /// <summary>Runs an operation whole or not at all; what it answers is durable.</summary>
    /// <param name="rows">How many rows it writes, about.</param>
    /// <param name="operation">May run more than once: what it does outside the session must bear that.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private protected abstract Task<T> WriteAsync<T>(int rows, Func<WriteSession, Task<T>> operation, CancellationToken cancellationToken);

    /// <summary>The same, never before an operation that was handed over earlier.</summary>
    private protected abstract Task<T> WriteInOrderAsync<T>(WriteOperation<T> operation, CancellationToken cancellationToken);

    /// <summary>The same for entries of the audit log alone, as many as wait in one transaction.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    private protected abstract Task WriteAuditAsync(AuditOperation operation, CancellationToken cancellationToken);

    private static readonly Query<HeadRow> SelectPosition = new("""
        SELECT position AS Position, committed_at AS CommittedAt, catalog_version AS CatalogVersion, entry_hash AS EntryHash
        FROM ledger WHERE position = @position
        """);
}
