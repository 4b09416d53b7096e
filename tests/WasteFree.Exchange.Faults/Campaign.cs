using System.Diagnostics;
using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Hubs;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Faults.Network;
using WasteFree.Exchange.Faults.Watching;
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

    private static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("wfx-faults-");
    private readonly Random _random;
    private readonly Lock _randomLock = new();
    private readonly HubSlot[] _slots;
    private readonly FaultProxy[] _proxies;
    private readonly KillSchedule[] _schedules;
    private readonly LedgerFollower _follower;
    private readonly StoreReader _store;
    private readonly UploadChecks _checks;
    private volatile bool _calm;

    public Campaign(int seed)
    {
        _random = new Random(seed);
        Book = new ReportBook(seed);
        Violations = new Violations();
        Model = new LedgerModel();
        _checks = new UploadChecks(Violations);
        _store = new StoreReader(_data.FullName);
        _follower = new LedgerFollower(_store, Book, Model, new StoreProperties(Violations));
        _slots = [new HubSlot(0, _data.FullName), new HubSlot(1, _data.FullName)];
        _schedules = [.. _slots.Select(slot => new KillSchedule(slot, Book, _checks, Fork()))];
        var faults = new LineFaults(Fork());
        // One before each hub, and one that gives each connection to either, as a balancer does.
        _proxies =
        [
            new FaultProxy(() => _slots[0].EndPoint, () => _calm ? null : faults.Next()),
            new FaultProxy(() => _slots[1].EndPoint, () => _calm ? null : faults.Next()),
            new FaultProxy(Balance, () => _calm ? null : faults.Next()),
        ];
        Sweep = new CutSweep(Balance, Book, _checks, Fork());
    }

    public ReportBook Book { get; }

    public LedgerModel Model { get; }

    public Violations Violations { get; }

    public CutSweep Sweep { get; }

    public int Kills => _schedules.Sum(schedule => schedule.Kills);

    public int Cuts => _proxies.Sum(proxy => proxy.Cuts) + Sweep.Cuts;

    public long Rows => _follower.Rows;

    public IReadOnlyList<string> Figures { get; private set; } = [];

    public async Task RunAsync(TimeSpan time)
    {
        using var storm = new CancellationTokenSource(time);
        using var watching = new CancellationTokenSource();
        var following = Task.Run(() => _follower.FollowAsync(watching.Token));
        var schedules = _schedules.Select(schedule => schedule.RunAsync(storm.Token)).ToList();
        var watchers = Watchers();
        var feeds = watchers.Select(watcher => watcher.RunAsync(Address, watching.Token)).ToList();
        var load = new Load(_checks, Book, Model, Sweep, Address, Line, () => Fork());
        var work = load.RunAsync(storm.Token);
        var locker = new DatabaseLocker(_store, Fork()).RunAsync(storm.Token);

        await Task.WhenAll([.. schedules, locker]);
        _calm = true;
        foreach (var slot in _slots) await slot.StartAsync(CancellationToken.None);
        await FinishAsync(work, "uploads");
        var calm = await new CalmLoad(_slots, Book, Violations, Fork()).RunAsync();

        await CatchUpAsync(watchers);
        await watching.CancelAsync();
        await Task.WhenAll([following, .. feeds]);
        _follower.CompareAll();
        foreach (var report in Book.UnderWay)
            Violations.Require(Property.Finishes, false, () => $"{report.Name} was never answered, sent {report.Sent} of {report.Rows.Count}");
        Violations.Require(Property.NothingTwice, _store.CheckIntegrity() == "ok", () => _store.CheckIntegrity());
        MeasureMemory();
        Figures =
        [
            $"  drains {_schedules.Sum(schedule => schedule.Drains)}, writers fenced by their own late Open {_checks.Fenced}, connections {_proxies.Sum(proxy => proxy.Connections)}",
            $"  largest hub {_slots.Max(slot => slot.PeakMemory) >> 20} MB",
            .. calm,
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies) await proxy.DisposeAsync();
        foreach (var slot in _slots) await slot.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private List<FeedWatcher> Watchers() =>
    [
        Watcher("all", CellFilter.All, WatchDetail.Observations, WatchStart.Earliest),
        Watcher("all-too", CellFilter.All, WatchDetail.Observations, WatchStart.Earliest),
        Watcher("snapshot", CellFilter.All, WatchDetail.Observations, WatchStart.Snapshot),
        Watcher("stretch-snapshot", CellFilter.Random(Fork()), WatchDetail.Observations, WatchStart.Snapshot),
        Watcher("stretch", CellFilter.Random(Fork()), WatchDetail.Observations, WatchStart.Earliest),
        Watcher("organisation", CellFilter.All with { Organizations = [0] }, WatchDetail.Observations, WatchStart.Earliest),
        Watcher("reports", CellFilter.Random(Fork()), WatchDetail.Report, WatchStart.Earliest),
        Watcher("nothing", CellFilter.Nothing, WatchDetail.Observations, WatchStart.Earliest),
    ];

    private FeedWatcher Watcher(string name, CellFilter filter, WatchDetail detail, WatchStart start) =>
        new(name, filter, detail, start, Model, _checks, Fork());

    private async Task CatchUpAsync(List<FeedWatcher> watchers)
    {
        var started = Stopwatch.GetTimestamp();
        var head = _store.Current().Position;
        while (watchers.Any(watcher => watcher.Delivered < head) && Stopwatch.GetElapsedTime(started) < FinishLimit)
            await Task.Delay(100);
        foreach (var watcher in watchers) watcher.Finish(head);
    }

    private async Task FinishAsync(Task work, string what)
    {
        if (await Task.WhenAny(work, Task.Delay(FinishLimit)) == work) await work;
        else Violations.Require(Property.Finishes, false, () => $"{what} did not end within {FinishLimit.TotalSeconds} s of calm");
    }

    private void MeasureMemory()
    {
        foreach (var slot in _slots)
        {
            slot.Measure();
            Violations.Require(Property.BoundedMemory, slot.PeakMemory < MemoryLimit, () => $"hub {slot.Number} needed {slot.PeakMemory >> 20} MB");
        }
    }

    /// <summary>Any line to any hub.</summary>
    private Uri Address() => Line(Next(_proxies.Length));

    private Uri Line(int number) => _proxies[number].Address;

    private System.Net.IPEndPoint? Balance()
    {
        var first = Next(_slots.Length);
        return _slots[first].EndPoint ?? _slots[1 - first].EndPoint;
    }

    private int Next(int limit)
    {
        lock (_randomLock) return _random.Next(limit);
    }

    private Random Fork()
    {
        lock (_randomLock) return new Random(_random.Next());
    }
}
