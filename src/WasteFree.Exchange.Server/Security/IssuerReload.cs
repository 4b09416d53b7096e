using Microsoft.Extensions.Hosting;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Fetches the keys of issuers when they are due, so that one that is withdrawn ends open streams also where no new token comes.
/// Apart from the security folder: an issuer that answers slowly delays no denial.
/// </summary>
internal sealed class IssuerReload(BearerTokens tokens, CredentialWatch watch, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if (await tokens.RefreshKeysAsync(stoppingToken).ConfigureAwait(false)) await watch.ReviewAsync(trustChanged: true).ConfigureAwait(false);
        }
    }
}
