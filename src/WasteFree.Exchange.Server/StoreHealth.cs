using Microsoft.Extensions.Diagnostics.HealthChecks;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server;

/// <summary>The hub serves while its database answers and is whole, its clock is right, and it is not about to stop.</summary>
internal sealed class StoreHealth(IExchangeStore store, Drain drain, StoreOutages outages) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (drain.Begun.IsCancellationRequested || store.IsDamaged || store.Clock.IsAhead) return HealthCheckResult.Unhealthy();
        try
        {
            await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException e)
        {
            outages.Tell("the health check", e);
            return HealthCheckResult.Unhealthy();
        }
    }
}
