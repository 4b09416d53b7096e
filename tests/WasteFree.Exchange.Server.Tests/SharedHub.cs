using WasteFree.Exchange.Tests.Shared;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>One hub for all tests of a class that do not disturb each other.</summary>
public sealed class SharedHub : IAsyncLifetime
{
    private RunningHub? _hub;

    internal RunningHub Hub => HubFolder.Require(_hub);

    public async ValueTask InitializeAsync() => _hub = SqlServerForTests.IsMissing ? null : await RunningHub.StartAsync();

    public ValueTask DisposeAsync() => _hub?.DisposeAsync() ?? default;
}
