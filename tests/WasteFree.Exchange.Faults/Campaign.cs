using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Hubs;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Faults.Network;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults;

/// <summary>
/// Two hubs on one database under load and faults for a time; then the faults end, everything that was begun must be
/// finished, and what the hubs say must be what the model says.
/// </summary>
internal sealed class Campaign : IAsyncDisposable
{
    /// <summary>A hub's queues, caches and buffers are bounded: it never needs more, whatever the load.</summary>
    private const long MemoryLimit = 600L << 20;

    /// <summary>Who send again at one time after a restore.</summary>
    private const int Senders = 6;

    private static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(120);

    private readonly FaultProxy[] _proxies;
    private readonly KillSchedule[] _schedules;
    private readonly CutSweep _sweep;
    private readonly ClockSchedule _clock;
    private readonly DiskFiller _disk;
    private volatile bool _calm;

    private Campaign(Stage stage)
    {
        Stage = stage;
        _schedules = [.. Stage.Slots.Select(slot => new KillSchedule(slot, Stage.Book, Stage.Checks, Stage.Fork()))];
        var faults = new LineFaults(Stage.Fork());
        // One before each hub, and one that gives each connection to either, as a balancer does.
        _proxies =
        [
            new FaultProxy(() => Stage.Slots[0].EndPoint, () => _calm ? null : faults.Next()),
            new FaultProxy(() => Stage.Slots[1].EndPoint, () => _calm ? null : faults.Next()),
            new FaultProxy(Stage.Balance, () => _calm ? null : faults.Next()),
        ];
        _clock = new ClockSchedule(Stage, Stage.Fork());
        _disk = new DiskFiller(Stage.Slots, Stage.Fork());
        _sweep = new CutSweep(Stage.Balance, Stage.Book, Stage.Checks, Stage.Fork());
    }

    /// <param name="seed">Fixes what is sent and what is broken.</param>
    public static async Task<Campaign> CreateAsync(int seed) => new(await Stage.CreateAsync(seed));

    public Stage Stage { get; }

    public int Kills => _schedules.Sum(schedule => schedule.Kills);

    public int Cuts => _proxies.Sum(proxy => proxy.Cuts) + _sweep.Cuts;

    public int ClockSteps => _clock.Steps;

    public int Disks => _disk.Times;

    public int Descriptors => _schedules.Sum(schedule => schedule.Crowds);

    /// <summary>How often an older copy of the database was put in its place.</summary>
    public int Restores { get; private set; }

    public IReadOnlyList<string> Figures { get; private set; } = [];

    public async Task RunAsync(TimeSpan time)
    {
        using var storm = new CancellationTokenSource(time);
        Stage.Follow();
        var schedules = _schedules.Select(schedule => schedule.RunAsync(storm.Token)).ToList();
        Watch();
        var work = new Load(Stage, _sweep, Address, Line).RunAsync(storm.Token);
        var copying = CopyAsync(time / 2);
        await Task.WhenAll([.. schedules, new DatabaseLocker(Stage.Database, Stage.Fork()).RunAsync(storm.Token), _clock.RunAsync(storm.Token), _disk.RunAsync(storm.Token)]);

        _calm = true;
        foreach (var slot in Stage.Slots) await slot.StartAsync(CancellationToken.None);
        if (await Task.WhenAny(work, Task.Delay(FinishLimit)) == work) await work;
        else Stage.Violations.Require(Property.Finishes, false, () => $"the uploads did not end within {FinishLimit.TotalSeconds} s of calm");
        if (await copying is { } position) await RestoreAsync(position);
        var calm = await new CalmLoad(Stage).RunAsync();
        await Stage.SettleAsync();
        MeasureMemory();
        Figures =
        [
            $"  drains {_schedules.Sum(schedule => schedule.Drains)}, writers fenced by their own late Open {Stage.Checks.Fenced}, connections {_proxies.Sum(proxy => proxy.Connections)}",
            $"  largest hub {Stage.Slots.Max(slot => slot.PeakMemory) >> 20} MB",
            .. calm,
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies) await proxy.DisposeAsync();
        await Stage.DisposeAsync();
    }

    private async Task<long?> CopyAsync(TimeSpan after)
    {
        await Task.Delay(after);
        return Stage.Database.Exists ? Stage.Database.Copy() : null;
    }

    /// <summary>An operator puts an old copy back; senders whose receipts are gone send again.</summary>
    private async Task RestoreAsync(long position)
    {
        await Stage.SettleAsync();
        foreach (var slot in Stage.Slots) await slot.DisposeAsync();
        await Stage.RestoreAsync(position, () => Task.WhenAll(Stage.Slots.Select(slot => slot.StartAsync(CancellationToken.None))));
        Restores++;
        var writer = new SdkWriter(Stage.Checks);
        await Parallel.ForEachAsync(
            Stage.Book.UnderWay.ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = Senders },
            async (report, cancellationToken) => await writer.RunAsync(Address(), report, cancellationToken));
    }

    private void Watch()
    {
        Stage.Watch("all", Address, CellFilter.All);
        Stage.Watch("all-too", Address, CellFilter.All);
        Stage.Watch("snapshot", Address, CellFilter.All, WatchStart.Snapshot);
        Stage.Watch("stretch-snapshot", Address, CellFilter.Random(Stage.Fork()), WatchStart.Snapshot);
        Stage.Watch("stretch", Address, CellFilter.Random(Stage.Fork()));
        Stage.Watch("organisation", Address, CellFilter.All with { Organizations = [0] });
        Stage.Watch("reports", Address, CellFilter.Random(Stage.Fork()), detail: WatchDetail.Report);
        Stage.Watch("nothing", Address, CellFilter.Nothing);
        Stage.Watch("province", Address, CellFilter.All with { Caller = 0 });
        Stage.Watch("province-snapshot", Address, CellFilter.All with { Caller = 3 }, WatchStart.Snapshot);
        Stage.Watch("province-reports", Address, CellFilter.Random(Stage.Fork()) with { Caller = 1 }, detail: WatchDetail.Report);
    }

    private void MeasureMemory()
    {
        foreach (var slot in Stage.Slots)
        {
            slot.Measure();
            Stage.Violations.Require(Property.BoundedMemory, slot.PeakMemory < MemoryLimit, () => $"hub {slot.Number} needed {slot.PeakMemory >> 20} MB");
        }
    }

    /// <summary>Any line to any hub.</summary>
    private Uri Address() => Line(Stage.Next(_proxies.Length));

    private Uri Line(int number) => _proxies[number].Address;
}
