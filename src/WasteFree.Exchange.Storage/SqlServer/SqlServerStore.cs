using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>The store on SQL Server 2019 or later, or Azure SQL: for as many hubs as share the database.</summary>
public sealed class SqlServerStore : SqlStore
{
    internal static readonly StoreSql Statements = new(SqlServerDialect.Instance);

    private readonly SqlServerConnections _connections;
    private readonly StoreCondition _condition;
    private readonly SqlServerNumbers _numbers;
    private readonly SqlServerTransactions _transactions;
    private readonly SqlServerAppender _appender;
    private readonly SqlServerAppender _auditor;
    private readonly SqlServerSweeper _sweeper;

    /// <param name="options">Where the database is.</param>
    /// <param name="time">The clock that ledger entries take their instants from.</param>
    /// <param name="signer">Signs ledger entries; null: they stay unsigned.</param>
    public SqlServerStore(SqlServerOptions options, TimeProvider time, ILedgerSigner? signer = null)
    {
        _connections = new SqlServerConnections(options);
        _numbers = new SqlServerNumbers(_connections);
        _condition = new StoreCondition(time);
        _transactions = new SqlServerTransactions(_connections, _numbers, signer, _condition, Forget);
        _appender = new SqlServerAppender(_transactions);
        _auditor = new SqlServerAppender(_transactions);
        _sweeper = new SqlServerSweeper(token => _transactions.WriteAsync(SweepSomeAsync, token));
    }

    public override Task Working => Task.WhenAny(_appender.Working, _auditor.Working, _sweeper.Working).Unwrap();

    private protected override StoreCondition Condition => _condition;

    /// <summary>The server checks its pages when its administrator asks it to (DBCC CHECKDB): it takes hours and rights that a hub lacks.</summary>
    public override Task<IReadOnlyList<string>?> CheckPagesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>?>(null);

    public override async ValueTask DisposeAsync()
    {
        // The sweeper first: nobody waits for what it does, and all wait for the database.
        await _sweeper.DisposeAsync().ConfigureAwait(false);
        await _appender.DisposeAsync().ConfigureAwait(false);
        await _auditor.DisposeAsync().ConfigureAwait(false);
        _connections.Clear();
    }

    public override async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await _transactions.OnConnectionAsync(SqlServerMigrations.ApplyAsync, cancellationToken).ConfigureAwait(false);
        _sweeper.Tell();
    }

    private protected override Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken) =>
        _transactions.ReadAsync(ofCopy: false, read, cancellationToken);

    /// <summary>A copy lags: what it does not have yet is read where it was written.</summary>
    private protected override async Task<T> ReadAtAsync<T>(long position, Func<Session, Task<T>> read, CancellationToken cancellationToken)
    {
        if (!_connections.HasCopy) return await ReadAsync(read, cancellationToken).ConfigureAwait(false);
        var (current, result) = await _transactions.ReadAsync(
            ofCopy: true,
            async session => (await session.SingleAsync(HeadRow.Select).ConfigureAwait(false)).Position >= Math.Max(position, LastRetraction)
                ? (true, await read(session).ConfigureAwait(false))
                : (false, default(T)!),
            cancellationToken).ConfigureAwait(false);
        return current ? result : await ReadAsync(read, cancellationToken).ConfigureAwait(false);
    }

    private protected override async Task<T> WriteAsync<T>(int rows, Func<WriteSession, Task<T>> operation, CancellationToken cancellationToken)
    {
        var result = await _transactions.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        _sweeper.Tell();
        return result;
    }

    private protected override Task<T> WriteInOrderAsync<T>(WriteOperation<T> operation, CancellationToken cancellationToken) =>
        _appender.WriteAsync(operation, cancellationToken);

    /// <summary>Apart from chunks: nobody who reads waits for a bulk copy, and the head of the log is not held during one.</summary>
    private protected override Task WriteAuditAsync(AuditOperation operation, CancellationToken cancellationToken) =>
        _auditor.WriteAsync(operation, cancellationToken);

    public override Task<long> MeasureAsync(CancellationToken cancellationToken) =>
        ReadAsync(session => session.SingleAsync(SelectSize), cancellationToken);

    /// <summary>Pages of 8 KB in the files of data.</summary>
    private static readonly Query<long> SelectSize = new("""
        SELECT COALESCE(SUM(CAST(FILEPROPERTY(name, 'SpaceUsed') AS BIGINT)), 0) * 8192 AS Size FROM sys.database_files WHERE type = 0
        """);

    private void Forget()
    {
        _numbers.Clear();
        ForgetNumbers();
    }
}
