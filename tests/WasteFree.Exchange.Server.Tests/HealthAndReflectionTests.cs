using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

public sealed class HealthAndReflectionTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Fact]
    public async Task Health_says_that_the_hub_serves_to_anybody()
    {
        var health = new Health.HealthClient(shared.Hub.Channel);

        var answer = await health.CheckAsync(new HealthCheckRequest(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Health_says_that_a_hub_without_its_database_does_not_serve()
    {
        await using var hub = await RunningHub.StartAsync();
        var health = new Health.HealthClient(hub.Channel);
        Database.Execute(hub, "DROP TABLE ledger_head");

        var answer = await health.CheckAsync(new HealthCheckRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var refused = await Refused.ByAsync(hub.Catalog.GetServerInfoAsync(new V1.GetServerInfoRequest(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, answer.Status);
        Assert.Equal(V1.ErrorReason.StoreUnavailable, refused.Reason);
        Assert.DoesNotContain("ledger", refused.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_without_its_database_lives_and_is_not_ready()
    {
        await using var hub = await RunningHub.StartAsync();
        var health = new Health.HealthClient(hub.Channel);
        Assert.Equal(
            [HealthCheckResponse.Types.ServingStatus.Serving, HealthCheckResponse.Types.ServingStatus.Serving],
            [await AskAsync(health, "liveness"), await AskAsync(health, "readiness")]);

        Database.Execute(hub, "DROP TABLE ledger_head");

        Assert.Equal(
            [HealthCheckResponse.Types.ServingStatus.Serving, HealthCheckResponse.Types.ServingStatus.NotServing],
            [await AskAsync(health, "liveness"), await AskAsync(health, "readiness")]);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => AskAsync(health, "other"))).StatusCode);
    }

    private static async Task<HealthCheckResponse.Types.ServingStatus> AskAsync(Health.HealthClient health, string service) =>
        (await health.CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: TestContext.Current.CancellationToken)).Status;

    [Fact]
    public async Task Reflection_lists_every_service()
    {
        using var call = new ServerReflection.ServerReflectionClient(shared.Hub.Channel).ServerReflectionInfo(cancellationToken: TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "*" }, TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToList();

        foreach (var name in new[] { "AdminService", "CatalogService", "MetricService", "ReportService" }) Assert.Contains($"wastefree.exchange.v1.{name}", services);
        await call.RequestStream.CompleteAsync();
    }
}
