using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>Waits for what comes about within seconds by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task IsAsync(Func<bool> isSo) => IsAsync(() => Task.FromResult(isSo()));

    public static async Task IsAsync(Func<Task<bool>> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "It never comes.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
