using Grpc.AspNetCore.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WasteFree.Exchange.Server;

/// <summary>
/// What <c>grpc.health.v1.Health</c> is asked for. A supervisor that restarts a hub asks for its liveness: a database that
/// does not answer is not mended by a restart, and a hub that drains is to end by itself. A balancer asks for its readiness.
/// </summary>
internal static class HubHealth
{
    /// <summary>The process answers.</summary>
    public const string Liveness = "liveness";

    /// <summary>It takes calls: see <see cref="StoreHealth"/>. The same as no name.</summary>
    public const string Readiness = "readiness";

    public static void AddTo(IServiceCollection services) =>
        services.AddGrpcHealthChecks(health =>
            {
                health.Services.Map("", check => check.Name == Readiness);
                health.Services.Map(Readiness, check => check.Name == Readiness);
                health.Services.Map(Liveness, check => check.Name == Liveness);
            })
            .AddCheck(Liveness, () => HealthCheckResult.Healthy())
            .AddCheck<StoreHealth>(Readiness);
}
