using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Feed;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using ReportState = WasteFree.Exchange.Store.ReportState;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>An open upload, whichever call writes it: one set of rules for its rows and its commit.</summary>
internal sealed class UploadSession(Upload upload, CatalogHistory catalog, LedgerTail tail, DatabaseSize size, StorageQuota storage, MessageMemory memory) : IAsyncDisposable
{
    private long _durable = upload.Resumed;
    private long _rejected = upload.Rejected;
    private bool _released;

    public bool IsOpen => upload.State == ReportState.Open;

    public UploadOpened Opened => new()
    {
        State = ReportMapping.ToMessage(upload.State),
        DurableOffset = upload.Resumed,
        Epoch = upload.Epoch,
        CatalogVersion = upload.CatalogVersion,
        Limits = ReportLimits.Message,
    };

    /// <summary>Takes rows: those that come next are on their way to the store when it returns. Call in order.</summary>
    public async Task<UploadStep> TakeAsync(long offset, IReadOnlyList<V1.Observation> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > ReportLimits.MaxMessageRows) return new UploadStep.Refused(UploadRefusals.TooManyRows);
        if (UnknownFields.Find(rows) is { } unknown) return new UploadStep.Refused(UploadRefusals.UnknownField(unknown.Index, unknown.Number));
        var place = upload.Place(offset, rows.Count);
        if (upload.State is ReportState.Rejected or ReportState.Aborted) return new UploadStep.Refused(UploadRefusals.Ended);
        if (place == ChunkPlace.Repeated) return new UploadStep.Again();
        if (!IsOpen) return new UploadStep.Refused(UploadRefusals.ContentConflict(upload.Report));
        if (place == ChunkPlace.Unexpected) return new UploadStep.Refused(UploadRefusals.OffsetUnexpected(offset, upload.Received));
        if (rows.Count > ReportLimits.MaxRows - upload.Received) return new UploadStep.Refused(UploadRefusals.ReportTooLarge);
        if (await RefuseRowsAsync(rows.Count, cancellationToken).ConfigureAwait(false) is { } full) return new UploadStep.Refused(full);
        var chunk = upload.Receive(ReportMapping.ToRows(rows));
        return new UploadStep.Append(chunk, upload.AppendAsync(chunk, cancellationToken), upload.Rejected);
    }

    /// <summary>
    /// Keeps room for a chunk until it is stored. Where there is none it returns when the chunk is stored: until the next message
    /// is asked for, its own room is not given back.
    /// </summary>
    public async Task HoldAsync(int bytes, Task stored)
    {
        var holder = upload.Report.Organization;
        if (memory.TryHold(holder, bytes)) stored.GetAwaiter().OnCompleted(() => memory.Release(holder, bytes));
        else await stored.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Rows are durable. A check tells every finding, in as many messages as they need; otherwise all are listable.</summary>
    public IReadOnlyList<UploadAck> Acknowledge(UploadStep.Append append)
    {
        (_durable, _rejected) = (append.Chunk.Offset + append.Chunk.RowCount, append.RejectedRows);
        if (append.Chunk.Findings.Count == 0) return [Ack()];
        return
        [
            .. append.Chunk.Findings.Take(upload.ValidateOnly ? int.MaxValue : ReportLimits.AnswerFindings).Chunk(ReportLimits.MessageFindings).Select(part =>
            {
                var ack = Ack();
                ack.Findings.AddRange(part.Select(ReportMapping.ToMessage));
                return ack;
            }),
        ];
    }

    /// <summary>Where the upload stands.</summary>
    public UploadAck Ack() => new() { DurableOffset = _durable, RejectedRows = _rejected };

    /// <summary>What became of the commit, or why it could not be.</summary>
    public async Task<(CommitOutcome? Outcome, Refusal? Refusal)> CommitAsync(UploadCommit commit, CancellationToken cancellationToken)
    {
        if (commit.DigestRule is not (DigestRule.Unspecified or DigestRule.RowsSha256)) return (null, UploadRefusals.OtherRule);
        if (commit.RowCount <= 0) return (null, UploadRefusals.Empty);
        if (commit.Digest.Length != RowDigest.Size) return (null, UploadRefusals.DigestLength);
        var outcome = await upload.CommitAsync(catalog, commit.RowCount, commit.Digest.ToByteArray(), cancellationToken).ConfigureAwait(false);
        if (outcome is CommitOutcome.Committed) tail.Signal();
        var refusal = outcome switch
        {
            null => UploadRefusals.CatalogStale,
            CommitOutcome.Fenced => UploadRefusals.Fenced,
            CommitOutcome.AuthorityMissing missing => UploadRefusals.AuthorityMissing(upload.Report.Organization, missing.Place),
            CommitOutcome.ContentConflict => UploadRefusals.ContentConflict(upload.Report),
            CommitOutcome.DigestMismatch mismatch => UploadRefusals.DigestMismatch(mismatch.NextOffset),
            _ => null,
        };
        _released = refusal is null;
        return refusal is null ? (outcome, null) : (null, refusal);
    }

    /// <summary>A check that came to no result leaves nothing behind.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_released) await upload.DropAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<Refusal?> RefuseRowsAsync(int rows, CancellationToken cancellationToken) =>
        await size.RefusalAsync(cancellationToken).ConfigureAwait(false) ?? (upload.ValidateOnly ? null : storage.Take(upload.Report.Organization, rows));
}
