using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// How large the database may become. Beyond it no new rows are taken: what is there is committed, withdrawn and read as ever,
/// and with the log of who read it goes a little beyond the limit. It is measured every few seconds, so that what comes in
/// between does as well.
/// </summary>
internal sealed class DatabaseSize(IExchangeStore store, HubOptions options, TimeProvider time)
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    private long? _measuredAt;
    private long _size;

    /// <summary>Why no new rows are taken; null: they are.</summary>
    public async Task<Refusal?> RefusalAsync(CancellationToken cancellationToken)
    {
        if (options.MaxDatabaseBytes is not { } limit) return null;
        // Of several at once each measures for itself: that is a look at a number.
        if (_measuredAt is not { } last || time.GetElapsedTime(last) >= Often)
        {
            Interlocked.Exchange(ref _size, await store.MeasureAsync(cancellationToken).ConfigureAwait(false));
            _measuredAt = time.GetTimestamp();
        }
        return Interlocked.Read(ref _size) < limit ? null : Full(Interlocked.Read(ref _size), limit);
    }

    private static Refusal Full(long size, long limit) => new Refusal(
        ErrorReason.StoreFull,
        $"数据库已用 {size} 字节，达到管理员设定的上限 {limit} 字节，暂不接收新数据；已收到的仍可提交。请联系管理员。",
        $"The database uses {size} bytes and may use {limit}: no new rows are taken; what has arrived can still be committed. Ask the hub's administrator.")
        .OfLimit("database_bytes", limit, size);
}
