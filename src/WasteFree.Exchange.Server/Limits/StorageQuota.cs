using System.Collections.Concurrent;
using System.Globalization;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// How many rows of each organisation are kept, where that is limited: as the store counts them whenever an upload is opened,
/// and what this hub has taken since. Several hubs may pass the limit together by what they take meanwhile.
/// </summary>
internal sealed class StorageQuota(IExchangeStore store, HubLimits limits)
{
    /// <summary>Room comes with what an administrator allows, or with an upload that is given up.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _stored = new(StringComparer.Ordinal);

    /// <summary>Counts anew.</summary>
    public async Task LookAsync(string organization, CancellationToken cancellationToken)
    {
        if (MostOf(organization) == long.MaxValue) return;
        _stored[organization] = await store.CountStoredRowsAsync(organization, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts what this hub has not counted yet.</summary>
    public Task KnowAsync(string organization, CancellationToken cancellationToken) =>
        _stored.ContainsKey(organization) ? Task.CompletedTask : LookAsync(organization, cancellationToken);

    /// <summary>Takes room for rows.</summary>
    /// <returns>Why there is none; null: it is taken.</returns>
    public Refusal? Take(string organization, int rows)
    {
        var most = MostOf(organization);
        if (most == long.MaxValue) return null;
        if (_stored.AddOrUpdate(organization, rows, (_, stored) => stored + rows) is var after && after <= most) return null;
        _stored.AddOrUpdate(organization, 0, (_, stored) => stored - rows);
        return Full(organization, after - rows, most, after);
    }

    private static Refusal Full(string organization, long stored, long most, long asked)
    {
        var (kept, limit) = (stored.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));
        return new Refusal(
            ErrorReason.QuotaExceeded,
            $"机构 {organization} 已存 {kept} 行，限额 stored_rows = {limit} 容不下这些行；请放弃未完成的上传，或请管理员调整。",
            $"Organisation {organization} has {kept} rows stored, and its limit stored_rows = {limit} has no room for these; give unfinished uploads up, or ask the administrator for more.")
        {
            RetryAfter = Wait,
            Quota = ($"organizations/{organization}", $"stored_rows = {limit}"),
        }.OfLimit("stored_rows", most, asked);
    }

    private long MostOf(string organization) => limits.Of(organization).StoredRows;
}
