using System.Diagnostics;
using System.Net;
using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Databases;
using WasteFree.Exchange.Faults.Hubs;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Faults.Watching;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults;

/// <summary>Two places for hubs on one database, the model of what they were told, and the eyes on both.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan StandstillLimit = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _data;
    private readonly List<(FeedWatcher Watcher, Func<Uri> Address)> _watchers = [];
    private readonly StoreReader _store;
    private readonly LedgerFollower _follower;
    private readonly Random _random;
    private readonly Lock _randomLock = new();
    private CancellationTokenSource _watching = new();
    private Task _following = Task.CompletedTask;
    private List<Task> _feeds = [];

    private Stage(int seed, DirectoryInfo data, StageDatabase database)
    {
        _data = data;
        Database = database;
        _random = new Random(seed);
        Book = new ReportBook(seed);
        Checks = new UploadChecks(Violations);
        _store = new StoreReader(database);
        _follower = new LedgerFollower(_store, Book, Model, new StoreProperties(Violations));
        Slots = [new HubSlot(0, this), new HubSlot(1, this)];
    }

    public static async Task<Stage> CreateAsync(int seed)
    {
        var data = Directory.CreateTempSubdirectory("wfx-faults-");
        return new Stage(seed, data, await StageDatabase.CreateAsync(data.FullName));
    }

    public string Folder => _data.FullName;

    public IReadOnlyList<HubSlot> Slots { get; }

    public Violations Violations { get; } = new();

    public UploadChecks Checks { get; }

    public LedgerModel Model { get; } = new();

    public ReportBook Book { get; }

    public StageDatabase Database { get; }

    /// <summary>Rows in the ledger.</summary>
    public long Rows => _follower.Rows;

    /// <summary>Begins to compare the store with the model.</summary>
    public void Follow() => _following = Task.Run(() => _follower.FollowAsync(_watching.Token));

    /// <param name="name">By which it is known in findings.</param>
    /// <param name="address">Where it connects, asked anew each time.</param>
    /// <param name="filter">What it takes.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="detail">How much it is told.</param>
    public void Watch(
        string name, Func<Uri> address, CellFilter filter, WatchStart start = WatchStart.Earliest, WatchDetail detail = WatchDetail.Observations)
    {
        var watcher = new FeedWatcher(name, filter, detail, start, Model, Checks, Fork());
        _watchers.Add((watcher, address));
        _feeds.Add(watcher.RunAsync(address, _watching.Token));
    }

    /// <summary>Either hub, whichever is up: what a balancer does.</summary>
    public IPEndPoint? Balance()
    {
        var first = Next(Slots.Count);
        return Slots[first].EndPoint ?? Slots[1 - first].EndPoint;
    }

    /// <summary>When all is quiet: every watcher is at the head, every report was answered, every row is where it belongs.</summary>
    public async Task SettleAsync()
    {
        await CatchUpAsync();
        await CloseEyesAsync();
        _follower.CompareAll();
        foreach (var report in Book.UnderWay)
            Violations.Require(Property.Finishes, false, () => $"{report.Name} was never answered, sent {report.Sent} of {report.Rows.Count}");
        if (Database.CheckIntegrity() is { } integrity) Violations.Require(Property.NothingTwice, integrity == "ok", () => integrity);
    }

    /// <summary>An older copy was put back: hubs start on it only where their operator says so.</summary>
    public bool IsRestored { get; private set; }

    /// <summary>
    /// Everything is settled and the hubs are gone: the database is put back to its copy. Watchers that were beyond it must be
    /// told so, and what was committed since is under way once more.
    /// </summary>
    /// <param name="position">Of the copy.</param>
    /// <param name="startHubs">Starts them on the copy.</param>
    public async Task RestoreAsync(long position, Func<Task> startHubs)
    {
        IsRestored = true;
        Database.PutBack();
        _follower.Rewind(position);
        foreach (var report in Book.All) report.Rewind(position);
        foreach (var (watcher, _) in _watchers) watcher.Rewind(position);
        await startHubs();
        _watching.Dispose();
        _watching = new CancellationTokenSource();
        Follow();
        _feeds = [.. _watchers.Select(entry => entry.Watcher.RunAsync(entry.Address, _watching.Token))];
    }

    private async Task CatchUpAsync()
    {
        var head = _store.Current().Position;
        var (moved, told) = (Stopwatch.GetTimestamp(), 0L);
        // A busy machine makes them slow, and is no fault of theirs as long as they come on.
        while (_watchers.Any(entry => entry.Watcher.Delivered < head) && Stopwatch.GetElapsedTime(moved) < StandstillLimit)
        {
            await Task.Delay(50);
            var now = _watchers.Sum(entry => entry.Watcher.Told);
            if (now > told) (moved, told) = (Stopwatch.GetTimestamp(), now);
        }
        foreach (var (watcher, _) in _watchers) watcher.Finish(head);
    }

    private async Task CloseEyesAsync()
    {
        await _watching.CancelAsync();
        await Task.WhenAll([_following, .. _feeds]);
    }

    public int Next(int limit)
    {
        lock (_randomLock) return _random.Next(limit);
    }

    /// <summary>Randomness for one task: sharing one would make each run another.</summary>
    public Random Fork() => new(Next(int.MaxValue));

    public async ValueTask DisposeAsync()
    {
        await _watching.CancelAsync();
        foreach (var slot in Slots) await slot.DisposeAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _watching.Dispose();
        await Database.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
