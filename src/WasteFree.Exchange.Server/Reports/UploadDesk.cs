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

/// <summary>Opens and ends uploads for the stream and for the single call: one set of rules, one set of refusals.</summary>
internal sealed class UploadDesk(
    IExchangeStore store, CatalogHistory catalog, HubOptions options, TimeProvider time, LedgerTail tail, DatabaseSize size, StorageQuota storage, MessageMemory memory,
    StoreOutages outages)
{
    private const int MaxWriter = 64;

    /// <summary>The upload, or why there is none.</summary>
    public async Task<(Upload? Upload, Refusal? Refusal)> OpenAsync(Open open, AuditCall by, CancellationToken cancellationToken)
    {
        if (!ReportName.TryParse(open.Report, out var name)) return (null, Refusals.ReportName("report"));
        if (by.Caller.Organization != name.Organization) return (null, Refusals.NotYourOrganization(name.Organization));
        if (!Enum.IsDefined(open.RowPolicy)) return (null, Refusal.FieldInvalid("row_policy", "没有这个取值。", "no such value."));
        if (open.Writer.Length > MaxWriter || (open.Reconnect && open.Writer.Length == 0))
            return (null, Refusal.FieldInvalid("writer", $"至多 {MaxWriter} 个字符；reconnect 时必填。", $"at most {MaxWriter} characters, required to reconnect."));

        var latest = await catalog.ReadLatestAsync(cancellationToken).ConfigureAwait(false);
        if (latest.FindOrganization(name.Organization) is not { } organization) return (null, Refusals.OrganizationUnknown(name.Organization));
        if (organization.Illustrative && !options.AllowIllustrative) return (null, Refusals.IllustrativeRefused(organization.Id));
        if (await FindCatalogAsync(open.CatalogVersion, latest, name, cancellationToken).ConfigureAwait(false) is not { } version)
            return (null, CatalogUnknown(open.CatalogVersion));

        var request = new OpenUpload
        {
            Report = name,
            RowPolicy = ReportMapping.ToPolicy(open.RowPolicy),
            CatalogVersion = version,
            Restart = open.Restart,
            ValidateOnly = open.ValidateOnly,
            Writer = open.Writer,
            Reconnect = open.Reconnect,
        };
        if (await size.RefusalAsync(cancellationToken).ConfigureAwait(false) is { } full && !await HasArrivedAsync(open, name, cancellationToken).ConfigureAwait(false))
            return (null, full);
        var upload = await Upload.OpenAsync(store, catalog, time, request, by, cancellationToken).ConfigureAwait(false);
        if (upload is null) return (null, Fenced);
        if (upload is { ValidateOnly: false, State: Store.ReportState.Open }) await storage.LookAsync(name.Organization, cancellationToken).ConfigureAwait(false);
        return (upload, null);
    }

    /// <summary>Rows are about to be stored.</summary>
    /// <returns>Why they are not; null: they may.</returns>
    public async Task<Refusal?> RefuseRowsAsync(Upload upload, int rows, CancellationToken cancellationToken) =>
        await size.RefusalAsync(cancellationToken).ConfigureAwait(false) ?? (upload.ValidateOnly ? null : storage.Take(upload.Report.Organization, rows));

    /// <summary>
    /// Keeps room for a chunk until it is stored. Where there is none it returns when the chunk is stored: until the next message
    /// is asked for, its own room is not given back.
    /// </summary>
    public async Task HoldAsync(Upload upload, int bytes, Task stored)
    {
        var holder = upload.Report.Organization;
        if (memory.TryHold(holder, bytes)) stored.GetAwaiter().OnCompleted(() => memory.Release(holder, bytes));
        else await stored.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What an upload is told that the store did not take; the administrator reads why.</summary>
    public Refusal Unavailable(StoreUnavailableException e)
    {
        outages.Tell("an upload", e);
        return Refusals.Of(e, Refusals.StoreUnavailable);
    }

    /// <summary>What became of the commit, or why it could not be.</summary>
    public async Task<(CommitOutcome? Outcome, Refusal? Refusal)> CommitAsync(
        Upload upload, long rowCount, byte[] digest, CancellationToken cancellationToken)
    {
        if (rowCount <= 0) return (null, Empty);
        if (digest.Length != RowDigest.Size) return (null, Refusal.FieldInvalid("digest", "应为 32 字节。", "must have 32 bytes."));
        var outcome = await upload.CommitAsync(catalog, rowCount, digest, cancellationToken).ConfigureAwait(false);
        if (outcome is CommitOutcome.Committed) tail.Signal();
        return outcome switch
        {
            null => (null, CatalogStale),
            CommitOutcome.Fenced => (null, Fenced),
            CommitOutcome.AuthorityMissing missing => (null, AuthorityMissing(upload.Report.Organization, missing.Place)),
            CommitOutcome.ContentConflict => (null, ContentConflict(upload.Report)),
            CommitOutcome.DigestMismatch mismatch => (null, DigestMismatch(mismatch.NextOffset)),
            _ => (outcome, null),
        };
    }

    /// <summary>All rows at once, then the commit. A check leaves nothing behind, whatever becomes of it.</summary>
    public async Task<(CommitOutcome? Outcome, Refusal? Refusal)> SubmitAsync(
        Upload upload, IReadOnlyList<SubmittedRow> rows, CancellationToken cancellationToken)
    {
        var digest = new RowDigest();
        foreach (var row in rows) digest.Append(row);
        if (upload.State != Store.ReportState.Open) return await CommitAsync(upload, rows.Count, digest.Value, cancellationToken).ConfigureAwait(false);

        if (await RefuseRowsAsync(upload, rows.Count, cancellationToken).ConfigureAwait(false) is { } full) return (null, full);
        var released = false;
        try
        {
            var chunk = upload.Receive(rows);
            if (await upload.AppendAsync(chunk, cancellationToken).ConfigureAwait(false) == AppendResult.Fenced) return (null, Fenced);
            var (outcome, refusal) = await CommitAsync(upload, rows.Count, digest.Value, cancellationToken).ConfigureAwait(false);
            released = refusal is null;
            return (upload.ValidateOnly ? WithFindings(outcome, chunk.Findings) : outcome, refusal);
        }
        finally
        {
            if (!released) await upload.DropAsync(CancellationToken.None).ConfigureAwait(false);
        }
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

    public static Refusal Empty { get; } = new(
        ErrorReason.ReportEmpty, "报告没有任何行；至少要有一行。", "The report has no row; it needs at least one.");

    public static Refusal TooManyRows { get; } = Refusal.FieldInvalid(
        "rows", $"一条消息至多 {ReportLimits.MaxMessageRows} 行；请分成较小的块。", $"at most {ReportLimits.MaxMessageRows} rows in one message; send smaller chunks.");

    public static Refusal Fenced { get; } = new(
        ErrorReason.WriterFenced,
        "另一个写入者已接管此报告；本次上传到此为止。",
        "Another writer has taken this report over; this upload ends here.");

    private static Refusal AuthorityMissing(string organization, UsedPlace place) => new(
        ErrorReason.AuthorityMissing,
        $"按当前目录，机构 {organization} 无权报送地区 {place.Region} 的指标 {place.Indicator}；此报告未发布，请去掉这些行后以 restart 重发，或请管理员载入职责。",
        $"By the catalogue of now organisation {organization} may not report indicator {place.Indicator} for region {place.Region}. Nothing of the report is released: send it again with restart without such rows, or ask an administrator.");

    private static Refusal CatalogStale { get; } = new(
        ErrorReason.CatalogStale,
        "这些行所用的指标定义在当前目录中已不再生效；请以 restart 重新打开并重发。",
        "A definition that the rows use is no longer in force; open again with restart and send again.");

    /// <summary>Rows of the report are there, perhaps all of them, and opening it brings no new ones.</summary>
    private async Task<bool> HasArrivedAsync(Open open, ReportName name, CancellationToken cancellationToken) =>
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

    private static Refusal CatalogUnknown(long version) => new(
        ErrorReason.CatalogVersionUnknown,
        $"没有目录版本 {version}，或其中还没有该机构；不填则用最新版本。",
        $"There is no catalogue version {version}, or it lacks the organisation; leave it out to use the latest.")
    {
        Field = "catalog_version",
    };

    public static Refusal ContentConflict(ReportName report) => new(
        ErrorReason.ReportContentConflict,
        $"报告名 {report} 已提交过其他内容；更正须用新的报告名。",
        $"The name {report} is committed with other content; a correction is a new report.");

    private static Refusal DigestMismatch(long received) => new(
        ErrorReason.DigestMismatch,
        $"行数或摘要与收到的 {received} 行不符；请以 restart 重新打开并重发。",
        $"Count or digest is not that of the {received} rows received; open again with restart and send again.")
    {
        Field = "digest",
    };
}
