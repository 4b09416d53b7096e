using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>Gives up uploads for which nothing has come for long, and what was found in those that were refused: they would lie there for ever.</summary>
internal sealed partial class UploadExpiry(IExchangeStore store, TimeProvider time, StoreOutages outages, ILogger<UploadExpiry> logger) : BackgroundService
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);
    private static readonly TimeSpan FindingLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await ExpireAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The hub stops.
        }
    }

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        try
        {
            var expired = await store.ExpireAsync(time.GetUtcNow() - Lifetime, cancellationToken);
            if (expired > 0) LogExpired(logger, expired, Lifetime.Days);
            var refused = 0;
            while (await store.ExpireFindingsAsync(time.GetUtcNow() - FindingLifetime, cancellationToken) is > 0 and var some) refused += some;
            if (refused > 0) LogForgotten(logger, refused, FindingLifetime.Days);
        }
        catch (StoreUnavailableException e)
        {
            outages.Tell("the search for unfinished uploads", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Gave up {Uploads} uploads unfinished for {Days} days.")]
    private static partial void LogExpired(ILogger logger, int uploads, int days);

    [LoggerMessage(Level = LogLevel.Information, Message = "Dropped the findings of {Attempts} attempts refused more than {Days} days ago; their counts stay.")]
    private static partial void LogForgotten(ILogger logger, int attempts, int days);
}
