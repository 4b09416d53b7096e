using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server;

/// <summary>
/// Says once what keeps the store from writing, and once that it is over: a damaged database, or a clock that is ahead. A
/// database that was found damaged is looked through every minute; it counts as whole again when nothing is found.
/// </summary>
internal sealed partial class StoreWatch(IExchangeStore store, HubOptions options, TimeProvider time, ILogger<StoreWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(1);

    private bool _damaged;
    private long? _checkedAt;
    private bool _ahead;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(false);
                LookAtClock();
                await LookAtDatabaseAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The hub stops.
        }
    }

    private void LookAtClock()
    {
        var ahead = store.Clock.Ahead;
        var isAhead = ahead > StoreClock.Bound;
        if (isAhead == _ahead) return;
        _ahead = isAhead;
        if (isAhead) LogAhead(logger, ahead);
        else LogRight(logger);
    }

    private async Task LookAtDatabaseAsync(CancellationToken cancellationToken)
    {
        if (!store.IsDamaged)
        {
            // A verification that somebody asked for may have found it whole.
            if (_damaged) LogWhole(logger);
            _damaged = false;
            return;
        }
        if (!_damaged) LogDamaged(logger, options.SqlServer is null ? DamagedWords.Sqlite : DamagedWords.SqlServer);
        _damaged = true;
        if (_checkedAt is { } last && time.GetElapsedTime(last) < CheckInterval) return;
        _checkedAt = time.GetTimestamp();
        try
        {
            await store.CheckPagesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // It stays damaged; the next look may tell.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Words}")]
    private static partial void LogDamaged(ILogger logger, string words);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pages of the database were looked through and are whole again; the hub writes to it again. Find out what was wrong with the disk or the memory of this machine.")]
    private static partial void LogWhole(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "The clock of this machine has stepped forward and is ahead by {Ahead}: nothing is written until it is right. If it is right now and was wrong before, or if the machine was suspended, start the hub again.")]
    private static partial void LogAhead(ILogger logger, TimeSpan ahead);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of this machine is right again; the hub writes again.")]
    private static partial void LogRight(ILogger logger);
}
