using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WasteFree.Exchange.Server.Tests.NonInterference;

/// <summary>What an answer cost the database.</summary>
/// <param name="Statements">Questions to it.</param>
/// <param name="Steps">Steps of SQLite's virtual machine, in hundreds.</param>
internal readonly record struct Work(long Statements, long Steps)
{
    private const long MoreStatements = 2;
    private const long MoreSteps = 50;

    /// <summary>
    /// Nearly as many statements: a change of which the caller may read a row costs one more where any row of its report was
    /// revised. And steps that are not twice as many: what a reading passes over in a range costs some steps a row.
    /// </summary>
    public bool IsOfTheClassOf(Work other) =>
        Math.Abs(Statements - other.Statements) <= MoreStatements + Math.Max(Statements, other.Statements) / 20
        && Math.Max(Steps, other.Steps) <= 2 * Math.Min(Steps, other.Steps) + MoreSteps;
}

/// <summary>
/// Counts what the reading connections of a hub do. They are pooled: this class takes the same ones from the pool, hangs
/// its counters on them and gives them back.
/// </summary>
internal sealed class StoreWork
{
    /// <summary>More than one question and what the hub does beside it take at one time.</summary>
    private const int Connections = 8;

    private const int StepsOfATurn = 100;

    /// <summary>How the hub looks for new entries by itself, ten times a second. Watches look so, too.</summary>
    private const string LookOfTheTail = "SELECT l.position AS Position";

    private readonly strdelegate_trace _trace;
    private readonly delegate_progress _progress;
    private long _statements;
    private long _steps;

    public StoreWork(RunningHub hub)
    {
        _trace = (_, text) =>
        {
            // Of what begins and ends a transaction it cannot be said whose it is.
            if (text.StartsWith("SELECT", StringComparison.Ordinal) || text.StartsWith("WITH", StringComparison.Ordinal))
                if (!text.StartsWith(LookOfTheTail, StringComparison.Ordinal)) Interlocked.Increment(ref _statements);
        };
        _progress = _ =>
        {
            Interlocked.Increment(ref _steps);
            return 0;
        };
        var pooled = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(hub.Data.FullName, HubOptions.DatabaseFile), Mode = SqliteOpenMode.ReadWrite, Pooling = true, DefaultTimeout = 30,
        }.ToString();
        var connections = Enumerable.Range(0, Connections).Select(_ => new SqliteConnection(pooled)).ToList();
        foreach (var connection in connections)
        {
            connection.Open();
            raw.sqlite3_trace(connection.Handle, _trace, null);
            raw.sqlite3_progress_handler(connection.Handle, StepsOfATurn, _progress, null);
        }
        foreach (var connection in connections) connection.Dispose();
    }

    public Work Total => new(Interlocked.Read(ref _statements), Interlocked.Read(ref _steps));

    public async Task<(T Answer, Work Work)> OfAsync<T>(Func<Task<T>> ask)
    {
        var before = Total;
        var answer = await ask();
        var after = Total;
        return (answer, new Work(after.Statements - before.Statements, after.Steps - before.Steps));
    }
}
