using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Errors;

/// <summary>
/// One line for each outage of the database, without a stack trace: a full disk refuses each call, and a log that grows with
/// them would fill what is left of it. What is refused later is counted, and told every ten minutes while it lasts.
/// </summary>
internal sealed partial class StoreOutages(TimeProvider time, ILogger<StoreOutages> logger)
{
    private const int MostCharacters = 200;

    /// <summary>After so long without a refusal the next one is another outage.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private (long Last, long Line, long Untold)? _outage;

    /// <param name="what">What was refused or put off.</param>
    /// <param name="failure">How the database failed.</param>
    public void Tell(string what, StoreUnavailableException failure)
    {
        // What lasts is told once, by StoreWatch.
        if (failure.Trouble != StoreTrouble.NoAnswer) return;
        long more;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var goesOn = _outage is { } before && time.GetElapsedTime(before.Last, now) < Quiet;
            var (line, untold) = goesOn ? (_outage!.Value.Line, _outage.Value.Untold + 1) : (now, 0);
            if (goesOn && time.GetElapsedTime(line, now) < BetweenLines)
            {
                _outage = (now, line, untold);
                return;
            }
            _outage = (now, now, 0);
            more = untold;
        }
        if (more == 0) LogBegins(logger, Cause(failure), what);
        else LogGoesOn(logger, Cause(failure), more);
    }

    /// <summary>Messages of SQL Server may hold values of rows: its number says enough.</summary>
    private static string Cause(StoreUnavailableException failure) => failure.InnerException switch
    {
        SqlException server => $"SQL Server {server.Number}",
        SqliteException sqlite => VisibleText.Of(sqlite.Message, MostCharacters),
        { } other => $"{failure.Message} {other.GetType().Name}",
        null => failure.Message,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer ({Cause}), first seen by {What}. What needs it is refused or put off; no further line until it has answered for a minute, or for ten minutes.")]
    private static partial void LogBegins(ILogger logger, string cause, string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database still does not answer ({Cause}): {Calls} more were refused or put off.")]
    private static partial void LogGoesOn(ILogger logger, string cause, long calls);
}
