using Microsoft.Extensions.Diagnostics.HealthChecks;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server;

/// <summary>The hub serves while its database answers.</summary>
internal sealed class StoreHealth(IExchangeStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
