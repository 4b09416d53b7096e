using System.Globalization;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server.Ledger;

/// <summary>
/// Before anything is written: is this the store that the hub knows? Its ledger is signed by the hub's key, and has the entries
/// that the hub remembers; the clock is not far beyond the last thing that was seen. What is otherwise is refused in words, and
/// taken only where the operator says so, which the audit log then tells.
/// </summary>
internal sealed partial class KnownStore(IExchangeStore store, SigningKey key, LedgerEnd end, HubOptions options, TimeProvider time, ILogger<KnownStore> logger)
{
    /// <summary>
    /// Longer than a hub is mostly off, shorter than what a clock without a battery is wrong by. A hub that runs and has nothing to do
    /// is seen every hour.
    /// </summary>
    private static readonly TimeSpan LongestAway = TimeSpan.FromDays(31);

    /// <summary>What the operator took, for the audit log.</summary>
    /// <exception cref="InvalidDataException">The store is not as it is known; the message says how, and what to do.</exception>
    public async Task<IReadOnlyList<AuditEntry>> CheckAsync(CancellationToken cancellationToken)
    {
        // Before the ledger: another hub beside the same key may commit and remember meanwhile.
        var own = RememberedEnd.PathOf(end.Folder, await store.ReadLedgerIdAsync(cancellationToken).ConfigureAwait(false));
        var remembered = RememberedEnd.Read(own);
        var head = await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        if (head.Position == 0) return CheckEmpty();

        var last = await EntryAsync(head.Position, cancellationToken).ConfigureAwait(false);
        var taken = new List<AuditEntry>();
        if (CheckKey(last) is { } newKey) taken.Add(newKey);
        if (await CheckEndAsync(head, own, remembered, cancellationToken).ConfigureAwait(false) is { } restored) taken.Add(restored);
        if (await CheckClockAsync(head, remembered, cancellationToken).ConfigureAwait(false) is { } clock) taken.Add(clock);
        return taken;
    }

    private IReadOnlyList<AuditEntry> CheckEmpty()
    {
        if (RememberedEnd.AllIn(end.Folder).Select(RememberedEnd.Read).OfType<RememberedEnd>().MaxBy(known => known.Position) is not { } known) return [];
        if (options.MakeNew) return [Taken("NewStore", $"beside a ledger up to {known.Position}")];
        throw new InvalidDataException(
            $"数据库是空的，而密钥 {key.Path} 已签过账本，到位置 {known.Position}：请从备份恢复数据库；若确要新建，请加 --new。 "
            + $"The database is empty, and the key {key.Path} has signed a ledger up to position {known.Position}: restore the database from a backup; to begin a new one, start with --new.");
    }

    private AuditEntry? CheckKey(LedgerRecord? last)
    {
        if (last?.Signature is not { } signature || signature.KeyId == key.Key.KeyId) return null;
        if (options.MakeNew) return Taken("NewSigningKey", $"{key.Key.KeyId} after {signature.KeyId}");
        key.Undo();
        throw new InvalidDataException(
            $"账本由密钥 {signature.KeyId} 签名，{(key.IsNew ? $"而 {key.Path} 没有密钥" : $"而 {key.Path} 是密钥 {key.Key.KeyId}")}：请放回原密钥（--signing-key）；若确要换用新密钥，请加 --new，并保留旧公钥以便 wfx admin verify --key。 "
            + $"The ledger is signed by the key {signature.KeyId}, and {(key.IsNew ? $"there is no key in {key.Path}" : $"{key.Path} is the key {key.Key.KeyId}")}: put the key back (--signing-key); to go on with another one, start with --new, and keep the old public key for wfx admin verify --key.");
    }

    private async Task<AuditEntry?> CheckEndAsync(LedgerHead head, string own, RememberedEnd? remembered, CancellationToken cancellationToken)
    {
        if (remembered is null)
        {
            // Not its own: another hub beside the same key may have remembered it meanwhile.
            var others = RememberedEnd.AllIn(end.Folder).Where(path => path != own).ToList();
            // A data folder is of one store; a key elsewhere may be of several.
            if (others.Count == 0 || options.SigningKeyFile is not null)
            {
                LogUnknown(logger, head.Position, end.Folder);
                return null;
            }
            return Restored("another ledger", "数据库中是另一个账本", "the database holds another ledger");
        }
        if (head.Position < remembered.Position)
            return Restored(
                $"ledger {head.Position} of {remembered.Position}",
                $"账本只到位置 {head.Position}，缺少 {head.Position + 1} 至 {remembered.Position}",
                $"the ledger ends at position {head.Position}, and {head.Position + 1} to {remembered.Position} are missing");
        if (await EntryAsync(remembered.Position, cancellationToken).ConfigureAwait(false) is not { } entry || Convert.ToHexStringLower(entry.EntryHash) != remembered.EntryHash)
            return Restored($"ledger other at {remembered.Position}", $"账本位置 {remembered.Position} 是另一条记录", $"the ledger has another entry at position {remembered.Position}");

        var audit = await store.ReadAuditAsync(remembered.AuditPosition - 1, 1, cancellationToken).ConfigureAwait(false);
        if (audit.Count == 0)
            return Restored($"audit of {remembered.AuditPosition}", $"审计日志缺少到 {remembered.AuditPosition} 为止的记录", $"the audit log lacks entries up to {remembered.AuditPosition}");
        return Convert.ToHexStringLower(audit[0].Hash) == remembered.AuditHash
            ? null
            : Restored($"audit other at {remembered.AuditPosition}", $"审计日志位置 {remembered.AuditPosition} 是另一条记录", $"the audit log has another entry at {remembered.AuditPosition}");
    }

    private AuditEntry Restored(string what, string zh, string en) => options.AcceptRestored
        ? Taken("AcceptRestored", what)
        : throw new InvalidDataException(
            $"数据库不是本服务最后所见的状态：{zh}。可能恢复了旧备份，或末端被截断。请换上最新的数据库；若确认使用此数据库，请加 --accept-restored，并请各机构按回执重发缺少的报告。 "
            + $"The database is not as this hub saw it last: {en}. An older copy was restored, or its end was cut off. Put the latest database in place; to go on with this one, start with --accept-restored, and have senders whose receipts name missing positions send those reports again.");

    private async Task<AuditEntry?> CheckClockAsync(LedgerHead head, RememberedEnd? remembered, CancellationToken cancellationToken)
    {
        var seen = head.CommittedAt;
        if (remembered?.SeenAt > seen) seen = remembered.SeenAt;
        if (await store.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false) is { Position: > 0 } audit
            && await store.ReadAuditAsync(audit.Position - 1, 1, cancellationToken).ConfigureAwait(false) is [var logged, ..] && logged.RecordedAt > seen)
            seen = logged.RecordedAt;
        var now = time.GetUtcNow();
        if (seen - now > StoreClock.Bound) LogBehind(logger, seen - now);
        if (now - seen <= LongestAway) return null;
        var (nowText, seenText) = (now.ToString("u", CultureInfo.InvariantCulture), seen.ToString("u", CultureInfo.InvariantCulture));
        if (options.AcceptClock) return Taken("AcceptClock", $"{nowText} after {seenText}");
        throw new InvalidDataException(
            $"本机时钟为 {nowText}，而此数据库最后一次活动在 {seenText}：请检查时钟；若时钟无误，请加 --accept-clock。账本的时间不能倒退，写入未来的时间后无法更正。 "
            + $"The clock of this machine says {nowText}, and the last thing that this database saw was at {seenText}: look at the clock; if it is right, start with --accept-clock. Instants of the ledger never go back: one from the future cannot be mended.");
    }

    private async Task<LedgerRecord?> EntryAsync(long position, CancellationToken cancellationToken) =>
        (await store.ReadLedgerAsync(position - 1, 1, cancellationToken).ConfigureAwait(false)) is [var entry] && entry.Position == position ? entry : null;

    private static AuditEntry Taken(string deed, string what) => AuditEntry.Of(AuditCall.OfHub(deed), what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This hub has not seen this ledger before: its end at position {Position} is remembered in {Folder} from now on.")]
    private static partial void LogUnknown(ILogger logger, long position, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of this machine is {Behind} behind the last entry: instants are counted on from there until it has caught up.")]
    private static partial void LogBehind(ILogger logger, TimeSpan behind);
}
