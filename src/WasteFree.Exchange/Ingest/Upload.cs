using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Validation;

namespace WasteFree.Exchange.Ingest;

/// <summary>Where a chunk stands against the rows that were received.</summary>
public enum ChunkPlace
{
    /// <summary>Right after them.</summary>
    Next,

    /// <summary>Wholly below them: it was sent before.</summary>
    Repeated,

    /// <summary>Beyond them, or over their end.</summary>
    Unexpected,
}

/// <summary>
/// One writer's view of one upload: it validates and digests rows in the order in which they come and hands them to the
/// store. Several chunks may be on their way to the store; the cursor there decides.
/// </summary>
public sealed class Upload
{
    /// <summary>Periods and deadlines are calendar dates there.</summary>
    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);

    private readonly IExchangeStore _store;
    private readonly RowValidator _validator;
    private readonly UploadCursor _cursor;
    private readonly AuditCall _by;
    private readonly string _writer;
    private readonly RowDigest _digest;
    private readonly StoredDigest _stored;

    private Upload(IExchangeStore store, RowValidator validator, ReportName report, UploadCursor cursor, AuditCall by, string writer, bool validateOnly)
    {
        _store = store;
        _validator = validator;
        _cursor = cursor;
        _by = by;
        _writer = writer;
        _digest = new RowDigest(cursor.DigestState);
        _stored = new StoredDigest(cursor.StoredState);
        Report = report;
        ValidateOnly = validateOnly;
        Received = cursor.NextOffset;
        Rejected = cursor.Rejected;
    }

    public ReportName Report { get; }

    public bool ValidateOnly { get; }

    public ReportState State => _cursor.State;

    public long Epoch => _cursor.Epoch;

    public long CatalogVersion => _cursor.CatalogVersion;

    /// <summary>Rows received, durable or not: the offset of the next one.</summary>
    public long Received { get; private set; }

    /// <summary>Rows that were durable when it was opened.</summary>
    public long Resumed => _cursor.NextOffset;

    /// <summary>Rows not taken so far.</summary>
    public long Rejected { get; private set; }

    /// <param name="store">The store.</param>
    /// <param name="catalog">Gives the catalogue of a version: a resumed upload keeps the one it began with.</param>
    /// <param name="time">The clock that tells which periods lie in the future.</param>
    /// <param name="request">What to open.</param>
    /// <param name="by">Who opens it, and will commit it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The upload; null: another writer has opened the report since this one did.</returns>
    public static async Task<Upload?> OpenAsync(
        IExchangeStore store, CatalogHistory catalog, TimeProvider time, OpenUpload request, AuditCall by, CancellationToken cancellationToken)
    {
        if (await store.OpenUploadAsync(request, cancellationToken).ConfigureAwait(false) is not { } cursor) return null;
        var validator = await ValidatorAsync(catalog, time, request.Report, cursor, cancellationToken).ConfigureAwait(false);
        return new Upload(store, validator, request.Report, cursor, by, request.Writer, request.ValidateOnly);
    }

    /// <summary>The upload as an earlier call has opened it.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static async Task<Upload> ResumeAsync(
        IExchangeStore store, CatalogHistory catalog, TimeProvider time, ReportName report, UploadCursor cursor, AuditCall by, CancellationToken cancellationToken)
    {
        var validator = await ValidatorAsync(catalog, time, report, cursor, cancellationToken).ConfigureAwait(false);
        return new Upload(store, validator, report, cursor, by, writer: "", validateOnly: false);
    }

    private static async Task<RowValidator> ValidatorAsync(
        CatalogHistory catalog, TimeProvider time, ReportName report, UploadCursor cursor, CancellationToken cancellationToken)
    {
        var snapshot = await catalog.ReadAsync(cursor.CatalogVersion, cancellationToken).ConfigureAwait(false);
        var organization = snapshot.FindOrganization(report.Organization) ?? throw new InvalidOperationException("The organisation left the catalogue.");
        return new RowValidator(snapshot, organization, Today(time));
    }

    /// <summary>The calendar day in China.</summary>
    internal static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().ToOffset(ChinaStandardTime).DateTime);

    public ChunkPlace Place(long offset, int count) =>
        offset == Received ? ChunkPlace.Next
        : offset >= 0 && offset <= Received - count ? ChunkPlace.Repeated
        : ChunkPlace.Unexpected;

    /// <summary>
    /// Validates the rows that come next and returns them as a chunk for <see cref="AppendAsync"/>. Call in order; the
    /// chunks may then be appended without waiting for each other.
    /// </summary>
    public UploadChunk Receive(IReadOnlyList<SubmittedRow> rows)
    {
        var good = new List<OffsetRow>(rows.Count);
        var findings = new List<Finding>();
        var offset = Received;
        foreach (var row in rows)
        {
            _digest.Append(row);
            if (_validator.Validate(offset, row, findings) is { } observation)
            {
                good.Add(new OffsetRow(offset, observation));
                _stored.Append(StoredRow.Of(Report.Organization, offset, observation));
            }
            offset++;
        }
        var chunk = new UploadChunk
        {
            Changeset = _cursor.Changeset,
            Epoch = _cursor.Epoch,
            Offset = Received,
            RowCount = rows.Count,
            DigestState = _digest.State,
            StoredState = _stored.State,
            Organization = Report.Organization,
            Rows = good,
            Findings = findings,
            Rejected = rows.Count - good.Count,
        };
        Received = offset;
        Rejected += chunk.Rejected;
        return chunk;
    }

    /// <summary>Makes a chunk durable.</summary>
    public Task<AppendResult> AppendAsync(UploadChunk chunk, CancellationToken cancellationToken) => _store.AppendAsync(chunk, cancellationToken);

    /// <summary>
    /// Commits, in the current catalogue. If it has moved since the rows were checked, whoever sends must still have the
    /// authority for them there, and the definitions that they use must still be in force; null: they are not.
    /// </summary>
    public async Task<CommitOutcome?> CommitAsync(
        CatalogHistory catalog, long rowCount, byte[] digest, CancellationToken cancellationToken)
    {
        var version = _cursor.CatalogVersion;
        while (true)
        {
            var outcome = await _store.CommitAsync(
                new CommitUpload
                {
                    Report = Report,
                    Changeset = _cursor.Changeset,
                    Epoch = _cursor.Epoch,
                    RowCount = rowCount,
                    Digest = digest,
                    ValidateOnly = ValidateOnly,
                    Writer = _writer,
                    CatalogVersion = version,
                    Catalog = await catalog.ReadAsync(version, cancellationToken).ConfigureAwait(false),
                    By = _by,
                },
                cancellationToken).ConfigureAwait(false);
            if (outcome is not CommitOutcome.CatalogMoved moved) return outcome;
            var now = await catalog.ReadAsync(moved.Version, cancellationToken).ConfigureAwait(false);
            if (moved.Places.FirstOrDefault(place => !MayReport(now, place)) is { } lost) return new CommitOutcome.AuthorityMissing(lost);
            if (!moved.Used.All(used => IsInForce(now, used))) return null;
            version = moved.Version;
        }
    }

    /// <summary>Drops what a check has stored, if it did not end with a commit; nothing for an upload that is none.</summary>
    public Task DropAsync(CancellationToken cancellationToken) =>
        ValidateOnly ? _store.DropAsync(_cursor.Changeset, cancellationToken) : Task.CompletedTask;

    private bool MayReport(CatalogSnapshot catalog, UsedPlace place) =>
        catalog.FindOrganization(Report.Organization) is { } organization && catalog.MayReport(organization, place.Indicator, place.Region);

    private static bool IsInForce(CatalogSnapshot catalog, UsedDefinition used) =>
        DefinitionVersion.TryParse(used.Version, out var version)
        && catalog.FindDefinition(used.Indicator, version) is { } definition
        && definition.InForce(used.Period);
}
