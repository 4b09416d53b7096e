using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Tests.Shared;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>A third hub on the same database, in this process, whose wall clock is set forward and back again and again while somebody sends to it.</summary>
internal sealed class ClockSchedule(Stage stage, Random random)
{
    private static readonly int[] Seconds = [-86_400, -7_200, -61, -1, 2, 200, 400, 3_600, 86_400, 30 * 86_400];

    public int Steps { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        var clock = new WallClock(TimeProvider.System);
        await using var hub = await HubHere.StartAsync(stage, clock, cancellationToken: CancellationToken.None);
        var sending = SendAsync(hub.Address, stop);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(200, 2_000), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            clock.Step = TimeSpan.FromSeconds(Seconds[random.Next(Seconds.Length)]);
            Steps++;
            await Task.Delay(random.Next(100, 1_000), CancellationToken.None);
            clock.Step = TimeSpan.Zero;
        }
        await sending;
    }

    private async Task SendAsync(Uri address, CancellationToken stop)
    {
        var load = stage.Fork();
        while (!stop.IsCancellationRequested)
        {
            await new SdkWriter(stage.Checks).RunAsync(address, stage.Book.New(load, load.Next(1, 60), "clock"), CancellationToken.None);
            await new ObservationReader(stage.Checks, stage.Model, load).RunAsync(address, CancellationToken.None);
        }
    }
}
