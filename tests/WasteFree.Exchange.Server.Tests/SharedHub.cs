using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>One hub for all tests of a class that do not disturb each other.</summary>
public sealed class SharedHub : IAsyncLifetime
{
    internal RunningHub Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Hub = await RunningHub.StartAsync();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
