using Microsoft.Data.Sqlite;
using SQLitePCL;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>The one writer of this process.</summary>
/// <remarks>
/// Two processes may share the file: the write lock is taken at the start (BEGIN IMMEDIATE), asked for every
/// millisecond instead of with SQLite's growing waits, and left free for a moment after each commit; with these a second
/// process gets its turn, without them it starves.
/// </remarks>
internal sealed class SqliteWriter : GroupWriter
{
    private const int GroupRows = 5_000;

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    private readonly SqliteConnections _connections;
    private readonly ILedgerSigner? _signer;
    private readonly StoreCondition _condition;
    private readonly Func<WriteSession, Task<bool>> _tidy;
    private SqliteWriteSession? _session;

    /// <param name="connections">Where the database is.</param>
    /// <param name="signer">Signs ledger entries; null: they stay unsigned.</param>
    /// <param name="condition">With the clock of the ledger, and of the wait for the lock.</param>
    /// <param name="tidy">Runs while nothing is queued, as long as it answers true; the next hub goes on with it.</param>
    public SqliteWriter(SqliteConnections connections, ILedgerSigner? signer, StoreCondition condition, Func<WriteSession, Task<bool>> tidy)
        : base(GroupRows)
    {
        _connections = connections;
        _signer = signer;
        _condition = condition;
        _tidy = tidy;
        Start();
    }

    protected override async Task RunAsync(IReadOnlyList<WriteOperation> group)
    {
        var session = await BeginAsync().ConfigureAwait(false);
        try
        {
            foreach (var operation in group) await operation.ExecuteAsync(session).ConfigureAwait(false);
            Failpoint.Reached(Failpoint.BeforeCommit);
            session.Commit();
            Failpoint.Reached(Failpoint.AfterCommit);
        }
        catch (Exception e)
        {
            session.RollBack();
            if (SqliteErrors.IsDamage(e))
            {
                // What it has in memory may be as wrong.
                Close();
                throw _condition.Damaged(e);
            }
            if (e is SqliteException && group.Count == 1) throw Unavailable(e);
            throw;
        }
    }

    protected override async Task RestAsync()
    {
        while (!IsWanted && !IsEnding)
        {
            var tidying = new SingleOperation<bool>(0, _tidy);
            await CommitAsync([tidying]).ConfigureAwait(false);
            try
            {
                if (!await tidying.Task.ConfigureAwait(false)) break;
            }
            catch (StoreUnavailableException)
            {
                break; // Another time.
            }
        }
        await Task.Delay(LockPoll).ConfigureAwait(false);
    }

    protected override Task CloseAsync()
    {
        Close();
        return Task.CompletedTask;
    }

    private void Close()
    {
        _session?.Dispose();
        _session = null;
    }

    /// <summary>A connection that failed to begin is not used again.</summary>
    private async Task<SqliteWriteSession> BeginAsync()
    {
        try
        {
            _condition.RequireWhole();
            _session ??= new SqliteWriteSession(_connections.OpenWrite(), _signer, _condition.Clock);
            var started = _condition.Time.GetTimestamp();
            while (!_session.TryBegin())
            {
                if (_condition.Time.GetElapsedTime(started) > LockTimeout) throw new StoreUnavailableException("The database is locked by another process.");
                await Task.Delay(LockPoll).ConfigureAwait(false);
            }
            return _session;
        }
        catch (Exception e) when (e is SqliteException or StoreUnavailableException)
        {
            Close();
            throw e as StoreUnavailableException ?? (SqliteErrors.IsDamage(e) ? _condition.Damaged(e) : Unavailable(e));
        }
    }

    private static StoreUnavailableException Unavailable(Exception e) => new("The database did not take the write.", e);
}
