using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Looks every second whether the security folder has changed or a credential has ended, and warns of what will end.</summary>
internal sealed partial class TrustReload(
    TrustStore trust, CredentialWatch watch, CredentialLog log, TrustEnds ends, TimeProvider time, ILogger<TrustReload> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        ends.Tell();
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            var changed = trust.Reload(out var problem);
            if (problem is not null) LogKept(logger, problem);
            await watch.ReviewAsync(changed).ConfigureAwait(false);
            log.Sum();
            ends.Tell();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The security folder is not taken as it is now; the last good state stays in force. {Problem}")]
    private static partial void LogKept(ILogger logger, string problem);
}
