using System.Diagnostics;
using WasteFree.Exchange.Storage.SqlServer;

namespace WasteFree.Exchange.Storage.Tests.SqlServer;

public sealed class SqlServerSweeperTests
{
    [Fact]
    public async Task A_hub_that_ends_stops_its_sweep_at_once()
    {
        var began = new TaskCompletionSource();
        var sweeper = new SqlServerSweeper(async token =>
        {
            began.TrySetResult();
            await Task.Delay(5, token);
            return true;
        });
        sweeper.Tell();
        await began.Task;
        var started = Stopwatch.GetTimestamp();
        await sweeper.DisposeAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }
}
