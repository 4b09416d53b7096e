using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// The one writer of this process. Operations of all streams queue here and commit together: many chunks, one sync of
/// the disk. An operation's task completes only after that commit, so what a caller acknowledges is durable.
/// </summary>
/// <remarks>
/// Two processes may share the file: the write lock is taken at the start (BEGIN IMMEDIATE), asked for every
/// millisecond instead of with SQLite's growing waits, and left free for a moment after each commit; with these a second
/// process gets its turn, without them it starves.
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Rows in one commit, about: larger groups gain no rate and make others wait.</summary>
    private const int GroupRows = 5_000;

    private const int QueueLength = 256;

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    private readonly SqliteConnections _connections;
    private readonly ILedgerSigner? _signer;
    private readonly TimeProvider _time;
    private readonly Func<WriteTransaction, bool> _tidy;
    private readonly Channel<WriteOperation> _queue = Channel.CreateBounded<WriteOperation>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Task _loop;

    /// <param name="connections">Where the database is.</param>
    /// <param name="signer">Signs ledger entries; null: they stay unsigned.</param>
    /// <param name="time">The clock of the ledger, and of the wait for the lock.</param>
    /// <param name="tidy">Runs while nothing is queued, as long as it answers true.</param>
    public SqliteWriter(SqliteConnections connections, ILedgerSigner? signer, TimeProvider time, Func<WriteTransaction, bool> tidy)
    {
        _connections = connections;
        _signer = signer;
        _time = time;
        _tidy = tidy;
        _loop = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>
    /// Runs an operation in the next transaction. It is not taken back once it is queued: cancelling ends only the wait.
    /// </summary>
    public async Task<T> WriteAsync<T>(int rows, Func<WriteTransaction, T> operation, CancellationToken cancellationToken)
    {
        var write = new WriteOperation<T>(rows, operation);
        try
        {
            await _queue.Writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException("The store is closing.", e);
        }
        return await write.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        WriterSession? session = null;
        var group = new List<WriteOperation>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            var rows = 0;
            while (rows < GroupRows && _queue.Reader.TryRead(out var operation))
            {
                group.Add(operation);
                rows += operation.Rows;
            }
            try
            {
                session ??= new WriterSession(_connections.OpenWrite(), _signer, _time);
                await CommitAsync(session, group).ConfigureAwait(false);
                while (!_queue.Reader.TryPeek(out _) && await TidyAsync(session).ConfigureAwait(false))
                {
                }
            }
            catch (Exception e) when (e is SqliteException or StoreUnavailableException)
            {
                foreach (var operation in group) operation.Fail(e as StoreUnavailableException ?? Unavailable(e));
                session?.Dispose();
                session = null;
            }
            await Task.Delay(LockPoll).ConfigureAwait(false);
        }
        session?.Dispose();
    }

    private async Task<bool> TidyAsync(WriterSession session)
    {
        var tidying = new WriteOperation<bool>(0, _tidy);
        await CommitAsync(session, [tidying]).ConfigureAwait(false);
        return await tidying.Task.ConfigureAwait(false);
    }

    private async Task CommitAsync(WriterSession session, List<WriteOperation> group)
    {
        await BeginAsync(session.Connection).ConfigureAwait(false);
        try
        {
            foreach (var operation in group) operation.Execute(session.Transaction);
            Failpoint.Reached(Failpoint.BeforeCommit);
            Require(session.Connection, SqliteConnections.Execute(session.Connection, "COMMIT"));
            Failpoint.Reached(Failpoint.AfterCommit);
        }
        catch (Exception e)
        {
            SqliteConnections.Execute(session.Connection, "ROLLBACK");
            session.Dictionaries.RolledBack();
            if (group.Count == 1)
            {
                group[0].Fail(e is SqliteException ? Unavailable(e) : e);
                return;
            }
            // One bad operation must not take the others with it: each again by itself.
            foreach (var operation in group) await CommitAsync(session, [operation]).ConfigureAwait(false);
            return;
        }
        session.Dictionaries.Committed();
        foreach (var operation in group) operation.Complete();
    }

    private async Task BeginAsync(SqliteConnection connection)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            var result = SqliteConnections.Execute(connection, "BEGIN IMMEDIATE");
            if (result == raw.SQLITE_OK) return;
            if ((result & 0xFF) != raw.SQLITE_BUSY) Require(connection, result);
            if (_time.GetElapsedTime(started) > LockTimeout) throw new StoreUnavailableException("The database is locked by another process.");
            await Task.Delay(LockPoll).ConfigureAwait(false);
        }
    }

    private static void Require(SqliteConnection connection, int result)
    {
        if (result != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), result, raw.sqlite3_extended_errcode(connection.Handle));
    }

    private static StoreUnavailableException Unavailable(Exception e) => new("The database did not take the write.", e);

    /// <summary>What lives as long as the write connection.</summary>
    private sealed class WriterSession : IDisposable
    {
        private readonly RevisionInsert _revisions;

        public WriterSession(SqliteConnection connection, ILedgerSigner? signer, TimeProvider time)
        {
            Connection = connection;
            Dictionaries = new WriteDictionaries(connection);
            try
            {
                _revisions = new RevisionInsert(connection);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
            Transaction = new WriteTransaction(connection, Dictionaries, _revisions, signer, time);
        }

        public SqliteConnection Connection { get; }

        public WriteDictionaries Dictionaries { get; }

        public WriteTransaction Transaction { get; }

        public void Dispose()
        {
            _revisions.Dispose();
            Connection.Dispose();
        }
    }
}

/// <summary>Work for the writer and the promise of its result.</summary>
internal abstract class WriteOperation(int rows)
{
    public int Rows => rows;

    public abstract void Execute(WriteTransaction transaction);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

internal sealed class WriteOperation<T>(int rows, Func<WriteTransaction, T> operation) : WriteOperation(rows)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    public override void Execute(WriteTransaction transaction) => _result = operation(transaction);

    public override void Complete() => _completion.TrySetResult(_result);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}
