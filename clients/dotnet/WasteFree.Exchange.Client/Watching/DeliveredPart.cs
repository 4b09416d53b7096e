using Google.Protobuf.Collections;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>
/// How much of an unfinished change has been delivered. A token stands only at the end of it, so that after a break the hub
/// begins it anew: what is known already is left out. Rows are counted, not parts: another hub may cut the parts elsewhere,
/// but the rows of an entry and their order never change. Nothing is buffered, however large it is.
/// </summary>
internal sealed class DeliveredPart
{
    private WatchChange? _unfinished;
    private int _rows;
    private int _repeated;

    /// <summary>The stream begins anew after the last token.</summary>
    public void StreamBroke() => _repeated = _rows;

    /// <summary>Takes out of a message what was delivered before; false: nothing is left to deliver.</summary>
    /// <exception cref="ExchangeException">Another change stands where the unfinished one stood.</exception>
    public bool Take(WatchResponse message) => message.MessageCase != WatchResponse.MessageOneofCase.Change || Take(message.Change);

    private bool Take(WatchChange change)
    {
        if (_unfinished is { } before && !IsSame(before, change)) throw Rewound(before);
        var any = TakeRows(change.Observations);
        if (!change.Last)
        {
            _unfinished ??= new WatchChange { Position = change.Position, CommitTime = change.CommitTime, Report = change.Report };
            return any;
        }
        Finish();
        return true;
    }

    private bool TakeRows(RepeatedField<ObservationChange> rows)
    {
        var known = Math.Min(_repeated, rows.Count);
        if (known > 0)
        {
            _repeated -= known;
            ObservationChange[] rest = [.. rows.Skip(known)];
            rows.Clear();
            rows.AddRange(rest);
        }
        _rows += rows.Count;
        return rows.Count > 0;
    }

    private void Finish()
    {
        _unfinished = null;
        _rows = _repeated = 0;
    }

    private static bool IsSame(WatchChange one, WatchChange other) =>
        one.Position == other.Position && one.Report == other.Report && Equals(one.CommitTime, other.CommitTime);

    private static ExchangeException Rewound(WatchChange unfinished) =>
        new($"Position {unfinished.Position} of the ledger is another change now (the database may have been restored); start with a snapshot.")
        {
            Reason = ErrorReason.LedgerRewound,
            Code = Grpc.Core.StatusCode.FailedPrecondition,
            MessageZh = $"账本位置 {unfinished.Position} 现在是另一条变更（数据库可能由备份恢复）；请以快照重新开始。",
        };
}
