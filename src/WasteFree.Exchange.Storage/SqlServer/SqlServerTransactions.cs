using System.Data;
using Microsoft.Data.SqlClient;
using Polly;
using Polly.Retry;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>
/// Runs work in transactions, again where an error passes by itself. A commit that fails is not run again: nobody knows
/// whether it took place, and the sender asks.
/// </summary>
internal sealed class SqlServerTransactions(
    SqlServerConnections connections, SqlServerNumbers numbers, ILedgerSigner? signer, StoreCondition condition, Action onOutage)
{
    /// <summary>About four seconds in all: a sender waits longer than that, and a failover takes longer.</summary>
    private static RetryStrategyOptions Again(Action onBroken) => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<Exception>(SqlServerErrors.IsPassing),
        MaxRetryAttempts = 7,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(20),
        MaxDelay = TimeSpan.FromSeconds(2),
        OnRetry = again =>
        {
            // Behind the next connection may be a copy of the database that lacks the last commits.
            if (SqlServerErrors.IsBroken(again.Outcome.Exception)) onBroken();
            return ValueTask.CompletedTask;
        },
    };

    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder().AddRetry(Again(onOutage)).Build();

    /// <summary>Reads one state of the database: a snapshot, which blocks nobody and is blocked by nobody.</summary>
    public Task<T> ReadAsync<T>(bool ofCopy, Func<Session, Task<T>> read, CancellationToken cancellationToken) =>
        RunAsync(
            async token =>
            {
                await using var connection = ofCopy
                    ? await connections.OpenCopyAsync(token).ConfigureAwait(false)
                    : await connections.OpenAsync(token).ConfigureAwait(false);
                await using var transaction = connection.BeginTransaction(IsolationLevel.Snapshot);
                var result = await read(new Session(connection, transaction, SqlServerStore.Statements, token)).ConfigureAwait(false);
                await transaction.CommitAsync(token).ConfigureAwait(false);
                return result;
            },
            cancellationToken);

    public Task<T> WriteAsync<T>(Func<SqlServerWriteSession, Task<T>> write, CancellationToken cancellationToken) =>
        RunAsync(
            async token =>
            {
                condition.RequireWhole();
                await using var connection = await connections.OpenAsync(token).ConfigureAwait(false);
                await using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
                var session = new SqlServerWriteSession(connection, transaction, numbers, signer, condition.Clock, token);
                await session.PrepareAsync().ConfigureAwait(false);
                var result = await write(session).ConfigureAwait(false);
                await session.FlushAsync().ConfigureAwait(false);
                Failpoint.Reached(Failpoint.BeforeCommit);
                await CommitAsync(transaction).ConfigureAwait(false);
                Failpoint.Reached(Failpoint.AfterCommit);
                return result;
            },
            cancellationToken);

    /// <summary>Runs work that makes its own transactions.</summary>
    public Task<T> OnConnectionAsync<T>(Func<SqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            async token =>
            {
                await using var connection = await connections.OpenAsync(token).ConfigureAwait(false);
                return await work(connection, token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>From here on the caller's wish to stop is not heard: a commit is not left half asked for.</summary>
    private static async Task CommitAsync(SqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (SqlServerErrors.IsOfDatabase(e))
        {
            throw new StoreUnavailableException("The database did not say whether it has committed.", e);
        }
    }

    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await work(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (SqlServerErrors.IsDamage(e))
        {
            onOutage();
            throw condition.Damaged(e);
        }
        catch (Exception e) when (SqlServerErrors.IsOfDatabase(e))
        {
            // A statement that was cancelled says so with an error of its own.
            cancellationToken.ThrowIfCancellationRequested();
            onOutage();
            throw new StoreUnavailableException("The database did not answer.", e);
        }
        catch (StoreUnavailableException)
        {
            onOutage();
            throw;
        }
    }
}
