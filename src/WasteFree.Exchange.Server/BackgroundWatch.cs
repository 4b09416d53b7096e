using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Feed;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server;

/// <summary>
/// A hub does not live on without one of its background services, nor end as if it had been told to: where one ends by
/// itself, for whatever reason, the log says which, the hub ends, and whoever runs it learns that it was a fault.
/// </summary>
public sealed partial class BackgroundWatch(IServiceProvider services, IExchangeStore store, LedgerTail tail, IHostApplicationLifetime lifetime, ILogger<BackgroundWatch> logger)
    : IHostedService, IDisposable
{
    private const string StoreWriter = "StoreWriter";

    private string? _ended;
    private volatile bool _disposed;

    /// <summary>The service that ended although nobody had told the hub to; null: none.</summary>
    public string? Ended => Volatile.Read(ref _ended);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Begin);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Comes before the services are disposed of that were there before it.</summary>
    public void Dispose() => _disposed = true;

    private void Begin()
    {
        foreach (var service in services.GetServices<IHostedService>().OfType<BackgroundService>())
            _ = WatchAsync(service.GetType().Name, service.ExecuteTask ?? Task.CompletedTask);
        _ = WatchAsync(nameof(LedgerTail), tail.Following);
        _ = WatchAsync(StoreWriter, store.Working);
    }

    private async Task WatchAsync(string name, Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_disposed || lifetime.ApplicationStopping.IsCancellationRequested) return;
        LogEnded(logger, work.Exception, name);
        Interlocked.CompareExchange(ref _ended, name, null);
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The background service {Service} has ended by itself; the hub ends, too.")]
    private static partial void LogEnded(ILogger logger, Exception? exception, string service);
}
