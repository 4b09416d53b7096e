using Microsoft.Extensions.Hosting;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>
/// Refused calls, so many and no more: of those of one caller, method and reason the first of a minute is logged at once,
/// and how many followed when the minute is over. A flood of them fills neither the disk nor the memory. What a crash
/// loses is the counts of a minute at most.
/// </summary>
internal sealed class RefusalLog(IExchangeStore store, TimeProvider time, StoreOutages outages) : BackgroundService
{
    /// <summary>Beyond so many kinds in one minute the rest is one: a caller may make up names.</summary>
    internal const int MostKinds = 100;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<AuditEntry, long> _following = [];

    /// <summary>Returns when it is logged, or counted.</summary>
    public async Task AddAsync(AuditEntry refusal)
    {
        var kind = refusal with { Resource = "" };
        if (!IsFirst(ref kind)) return;
        try
        {
            // Whoever hangs up at once is logged all the same.
            await store.AppendAuditAsync([refusal], CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            // The caller is refused as it is; the entry comes when the log can be written again.
            outages.Tell("the log of refusals", e);
            Count(kind, 1);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await WriteAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Minute, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await WriteAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The hub stops.
        }
    }

    private bool IsFirst(ref AuditEntry kind)
    {
        lock (_lock)
        {
            if (_following.Count >= MostKinds && !_following.ContainsKey(kind)) kind = Others(kind);
            if (_following.TryAdd(kind, 0)) return true;
            _following[kind]++;
            return false;
        }
    }

    private void Count(AuditEntry kind, long calls)
    {
        lock (_lock) _following[kind] = _following.GetValueOrDefault(kind) + calls;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        Dictionary<AuditEntry, long> over;
        lock (_lock) (over, _following) = (_following, []);
        AuditEntry[] counted = [.. over.Where(kind => kind.Value > 0).Select(kind => kind.Key with { Calls = kind.Value })];
        if (counted.Length == 0) return;
        try
        {
            await store.AppendAuditAsync(counted, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            if (e is StoreUnavailableException unavailable) outages.Tell("the log of refusals", unavailable);
            foreach (var entry in counted) Count(entry with { Calls = 1 }, entry.Calls);
        }
    }

    /// <summary>Callers beyond those that are told apart.</summary>
    private static AuditEntry Others(AuditEntry kind) =>
        AuditEntry.Of(AuditCall.OfHub("RefuseOthers"), "", kind.Status, kind.Reason);
}
