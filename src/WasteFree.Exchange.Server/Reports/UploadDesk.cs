using System.Text.RegularExpressions;
using Google.Protobuf;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Feed;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using Finding = WasteFree.Exchange.Validation.Finding;
using OpenUpload = WasteFree.Exchange.Store.OpenUpload;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>Opens uploads for the stream and the single calls, and does what a single call asks.</summary>
internal sealed partial class UploadDesk(
    IExchangeStore store, CatalogHistory catalog, HubOptions options, TimeProvider time, LedgerTail tail, DatabaseSize size, StorageQuota storage, MessageMemory memory)
{
    /// <summary>The upload, or why there is none.</summary>
    public async Task<(UploadSession? Session, Refusal? Refusal)> OpenAsync(UploadOpen open, AuditCall by, CancellationToken cancellationToken)
    {
        if (!WriterPattern().IsMatch(open.Writer)) return (null, UploadRefusals.Writer);
        var latest = await catalog.ReadLatestAsync(cancellationToken).ConfigureAwait(false);
        if (Refuse(open.Report, by, latest, out var name) is { } refusal) return (null, refusal);
        if (await FindCatalogAsync(open.CatalogVersion, latest, name, cancellationToken).ConfigureAwait(false) is not { } version)
            return (null, UploadRefusals.CatalogUnknown(open.CatalogVersion));

        var request = new OpenUpload
        {
            Report = name,
            RowPolicy = ReportMapping.ToPolicy(open.RowPolicy),
            CatalogVersion = version,
            Restart = open.Restart,
            ValidateOnly = open.ValidateOnly,
            Writer = open.Writer,
        };
        if (await size.RefusalAsync(cancellationToken).ConfigureAwait(false) is { } full && !await HasArrivedAsync(open, name, cancellationToken).ConfigureAwait(false))
            return (null, full);
        var upload = await Upload.OpenAsync(store, catalog, time, request, by, cancellationToken).ConfigureAwait(false);
        if (upload is null) return (null, UploadRefusals.Fenced);
        if (upload is { ValidateOnly: false, State: Store.ReportState.Open }) await storage.LookAsync(name.Organization, cancellationToken).ConfigureAwait(false);
        return (SessionOf(upload), null);
    }

    /// <summary>Appends to an upload that is open, and returns when the rows are durable.</summary>
    public async Task<(UploadAck? Ack, Refusal? Refusal)> AppendAsync(AppendRowsRequest request, AuditCall by, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (session, refusal) = await ResumeAsync(request.Report, request.Epoch, by, cancellationToken).ConfigureAwait(false);
            if (session is null) return (null, refusal);
            switch (await session.TakeAsync(request.Offset, request.Rows, cancellationToken).ConfigureAwait(false))
            {
                case UploadStep.Refused refused:
                    return (null, refused.Refusal);
                case UploadStep.Append append when await append.Stored.ConfigureAwait(false) == AppendResult.Appended:
                    Failpoint.Reached(Failpoint.BeforeAck);
                    return (session.Acknowledge(append)[0], null);
                case UploadStep.Again:
                    return (session.Ack(), null);
                default:
                    // Another call was faster: of this writer, which sends the rows a second time, or of one that has taken over.
                    break;
            }
        }
    }

    /// <summary>What became of the commit, or why it could not be.</summary>
    public async Task<(CommitOutcome? Outcome, Refusal? Refusal)> CommitAsync(CommitUploadRequest request, AuditCall by, CancellationToken cancellationToken)
    {
        var (session, refusal) = await ResumeAsync(request.Report, request.Epoch, by, cancellationToken).ConfigureAwait(false);
        if (session is null) return (null, refusal);
        var result = await session.CommitAsync(request.Commit ?? new UploadCommit(), cancellationToken).ConfigureAwait(false);
        Failpoint.Reached(Failpoint.BeforeAnswer);
        return result;
    }

    /// <summary>All rows at once, then the commit. A check leaves nothing behind, whatever becomes of it.</summary>
    public async Task<(CommitOutcome? Outcome, Refusal? Refusal)> SubmitAsync(SubmitReportRequest request, AuditCall by, CancellationToken cancellationToken)
    {
        if (request.Rows.Count == 0) return (null, UploadRefusals.Empty);
        var open = new UploadOpen
        {
            Report = request.Report,
            CatalogVersion = request.CatalogVersion,
            RowPolicy = request.RowPolicy,
            ValidateOnly = request.ValidateOnly,
            Restart = true,
        };
        var (session, refusal) = await OpenAsync(open, by, cancellationToken).ConfigureAwait(false);
        if (session is null) return (null, refusal);
        await using var opened = session.ConfigureAwait(false);

        IReadOnlyList<Finding> findings = [];
        if (session.IsOpen)
        {
            var step = await session.TakeAsync(0, request.Rows, cancellationToken).ConfigureAwait(false);
            if (step is UploadStep.Refused refused) return (null, refused.Refusal);
            var append = (UploadStep.Append)step;
            if (await append.Stored.ConfigureAwait(false) == AppendResult.Fenced) return (null, UploadRefusals.Fenced);
            findings = append.Chunk.Findings;
        }
        var digest = new RowDigest();
        foreach (var row in request.Rows) digest.Append(ReportMapping.ToRow(row));
        var commit = new UploadCommit { RowCount = request.Rows.Count, Digest = UnsafeByteOperations.UnsafeWrap(digest.Value) };
        (var outcome, refusal) = await session.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        return (request.ValidateOnly ? WithFindings(outcome, findings) : outcome, refusal);
    }

    /// <summary>The upload as its writer left it, or why it may not go on.</summary>
    private async Task<(UploadSession? Session, Refusal? Refusal)> ResumeAsync(string report, long epoch, AuditCall by, CancellationToken cancellationToken)
    {
        var latest = await catalog.ReadLatestAsync(cancellationToken).ConfigureAwait(false);
        if (Refuse(report, by, latest, out var name) is { } refusal) return (null, refusal);
        if (await store.FindUploadAsync(name, cancellationToken).ConfigureAwait(false) is not { } cursor) return (null, Refusals.ReportUnknown(report));
        if (cursor.Epoch != epoch) return (null, UploadRefusals.Fenced);
        if (cursor.State == Store.ReportState.Open) await storage.KnowAsync(name.Organization, cancellationToken).ConfigureAwait(false);
        return (SessionOf(await Upload.ResumeAsync(store, catalog, time, name, cursor, by, cancellationToken).ConfigureAwait(false)), null);
    }

    private UploadSession SessionOf(Upload upload) => new(upload, catalog, tail, size, storage, memory);

    private Refusal? Refuse(string report, AuditCall by, CatalogSnapshot latest, out ReportName name)
    {
        if (!ReportName.TryParse(report, out name)) return Refusals.ReportName("report");
        if (by.Caller.Organization != name.Organization) return Refusals.NotYourOrganization(name.Organization);
        if (latest.FindOrganization(name.Organization) is not { } organization) return Refusals.OrganizationUnknown(name.Organization);
        return organization.Illustrative && !options.AllowIllustrative ? Refusals.IllustrativeRefused(organization.Id) : null;
    }

    /// <summary>A check stores no findings and a single call has no acks to carry them: the answer tells them all.</summary>
    private static CommitOutcome? WithFindings(CommitOutcome? outcome, IReadOnlyList<Finding> findings) => outcome switch
    {
        CommitOutcome.Rejected rejected => rejected with { Findings = InRowOrder(findings, rejected.Findings) },
        CommitOutcome.Committed committed => committed with { Findings = InRowOrder(findings, committed.Findings) },
        _ => outcome,
    };

    private static IReadOnlyList<Finding> InRowOrder(IReadOnlyList<Finding> ofRows, IReadOnlyList<Finding> atCommit) =>
        [.. ofRows.Concat(atCommit).OrderBy(finding => finding.Row).Take(ReportLimits.MessageFindings)];

    /// <summary>Rows of the report are there, perhaps all of them, and opening it brings no new ones.</summary>
    private async Task<bool> HasArrivedAsync(UploadOpen open, ReportName name, CancellationToken cancellationToken) =>
        !open.ValidateOnly && (await store.FindReportAsync(name, cancellationToken).ConfigureAwait(false))?.State switch
        {
            Store.ReportState.Committed or Store.ReportState.Withdrawn => true,
            Store.ReportState.Open => !open.Restart,
            _ => false,
        };

    private async Task<long?> FindCatalogAsync(long asked, CatalogSnapshot latest, ReportName name, CancellationToken cancellationToken)
    {
        if (asked == 0 || asked == latest.Version) return latest.Version;
        if (asked < 0 || asked > latest.Version) return null;
        var at = await store.FindPositionAsync(asked, cancellationToken).ConfigureAwait(false);
        if (at?.CatalogVersion != asked) return null;
        var pinned = await catalog.ReadAsync(asked, cancellationToken).ConfigureAwait(false);
        return pinned.FindOrganization(name.Organization) is null ? null : asked;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{0,64}\z")]
    private static partial Regex WriterPattern();
}
