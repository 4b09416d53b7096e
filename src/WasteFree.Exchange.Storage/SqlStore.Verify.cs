using System.Runtime.CompilerServices;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Verification;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    /// <summary>The counts of the entries of a page are one step: few entries, and as soon as their rows are many fewer.</summary>
    private const int VerifyEntries = 100;

    private const int VerifyEntryRows = 200_000;

    /// <summary>Sets of rows whose digests are made at once: each holds some hundred bytes.</summary>
    private const int VerifySets = 2_000;

    /// <summary>A tenth of a second of work, so that no page holds the write-ahead log for long.</summary>
    private const int VerifyRows = 20_000;

    public async IAsyncEnumerable<VerifyStep> VerifyAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var fault in await ReadAsync(VerifyHeadAsync, cancellationToken).ConfigureAwait(false)) yield return new VerifyStep.Found(fault);

        var stages = new (VerifyStage Stage, Func<VerifySql, Query<PageEndRow>> Page, int Size, Func<Session, object, Task<IEnumerable<LedgerFault>>> Check)[]
        {
            (VerifyStage.Changesets, sql => sql.LedgerPage, VerifyEntries, VerifyEntriesAsync),
            (VerifyStage.Changesets, sql => sql.ChangesetPage, VerifyRows, VerifyChangesetsAsync),
            (VerifyStage.Changesets, sql => sql.ReportPage, VerifyRows, VerifyReportsAsync),
            (VerifyStage.Revisions, sql => sql.RevisionPage, VerifyRows, VerifyRevisionsAsync),
            (VerifyStage.Current, sql => sql.CurrentPage, VerifyRows, VerifyCurrentAsync),
            (VerifyStage.Superseded, sql => sql.SupersededPage, VerifyRows, VerifySupersededAsync),
        };
        var done = (Stage: VerifyStage.Chain, Count: 0L);
        foreach (var (stage, page, size, check) in stages)
        {
            if (stage != done.Stage) done = (stage, 0);
            yield return new VerifyStep.Progress(stage, done.Count);
            PageEndRow? after = new() { Upto = long.MinValue, UptoBy = long.MinValue };
            while (after is { } from)
            {
                var (faults, end) = await ReadAsync(session => VerifyPageAsync(session, page(session.Sql.Verify), size, from, check), cancellationToken)
                    .ConfigureAwait(false);
                foreach (var fault in faults) yield return new VerifyStep.Found(fault);
                if (end is not null)
                {
                    done.Count += end.Size;
                    yield return new VerifyStep.Progress(stage, done.Count);
                }
                after = end;
            }
        }
        await foreach (var step in VerifyStoredAsync(cancellationToken).ConfigureAwait(false)) yield return step;
    }

    /// <summary>
    /// The rows of each released set, as they are stored, against the digest that its entry's hash covers. A set is read in
    /// pages, and the digest goes on from one to the next.
    /// </summary>
    private async IAsyncEnumerable<VerifyStep> VerifyStoredAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var done = 0L;
        yield return new VerifyStep.Progress(VerifyStage.Rows, done);
        PageEndRow? after = new() { Upto = long.MinValue };
        while (after is { } from)
        {
            var (sets, end) = await ReadAsync(session => ReadStoredSetsAsync(session, from.Upto), cancellationToken).ConfigureAwait(false);
            var row = sets.Count == 0 ? 0 : Keys.FirstRevision(sets[0].Id) - 1;
            var last = sets.Count == 0 ? 0 : Keys.LastRevision(sets[^1].Id);
            var digests = sets.ToDictionary(set => set.Id, _ => new StoredDigest());
            List<StoredRevisionRow> rows;
            do
            {
                rows = await ReadAsync(session => ReadStoredRowsAsync(session, row, last), cancellationToken).ConfigureAwait(false);
                // Between them may lie rows of uploads that are under way, or were never released.
                foreach (var stored in rows)
                    if (digests.TryGetValue(Keys.Changeset(stored.Id), out var digest)) digest.Append(stored.ToStored());
                if (rows.Count > 0) row = rows[^1].Id;
                done += rows.Count;
                yield return new VerifyStep.Progress(VerifyStage.Rows, done);
            }
            while (rows.Count == VerifyRows);
            foreach (var set in sets.Where(set => !digests[set.Id].State.AsSpan().SequenceEqual(set.StoredState)))
                yield return new VerifyStep.Found(VerifyFaults.Rows(set.Position, set.Subject));
            after = end;
        }
    }

    private static async Task<(List<StoredChangesetRow> Sets, PageEndRow? End)> ReadStoredSetsAsync(Session session, long after)
    {
        session.TimeoutSeconds = 0;
        var sql = session.Sql.Verify;
        var end = await session.FindAsync(sql.ChangesetPage, new { after, limit = VerifySets }).ConfigureAwait(false);
        if (end is null or { Size: 0 }) return ([], null);
        return (await session.ListAsync(sql.StoredChangesets, new { after, upto = end.Upto }).ConfigureAwait(false), end);
    }

    private static Task<List<StoredRevisionRow>> ReadStoredRowsAsync(Session session, long after, long upto)
    {
        session.TimeoutSeconds = 0;
        return session.ListAsync(session.Sql.Verify.StoredRows, new { after, upto, limit = VerifyRows });
    }

    /// <summary>The end of the page and its faults in one transaction: they are of one state of the database.</summary>
    private static async Task<(IReadOnlyList<LedgerFault> Faults, PageEndRow? End)> VerifyPageAsync(
        Session session, Query<PageEndRow> page, int size, PageEndRow from, Func<Session, object, Task<IEnumerable<LedgerFault>>> check)
    {
        session.TimeoutSeconds = 0; // Who asked for it can interrupt.
        var end = await session.FindAsync(page, new { after = from.Upto, afterBy = from.UptoBy, limit = size, rows = VerifyEntryRows }).ConfigureAwait(false);
        if (end is null or { Size: 0 }) return ([], null);
        return ([.. await check(session, new { after = from.Upto, afterBy = from.UptoBy, upto = end.Upto, uptoBy = end.UptoBy }).ConfigureAwait(false)], end);
    }

    private static async Task<IReadOnlyList<LedgerFault>> VerifyHeadAsync(Session session)
    {
        session.TimeoutSeconds = 0;
        var sql = session.Sql.Verify;
        var heads = await session.ListAsync(sql.Head, new { zero = new byte[32] }).ConfigureAwait(false);
        var catalog = await session.ListAsync(sql.UnreleasedCatalog).ConfigureAwait(false);
        return [.. heads.Select(row => VerifyFaults.Head(row.Head, row.Last)), .. catalog.Select(VerifyFaults.UnreleasedCatalog)];
    }

    private static async Task<IEnumerable<LedgerFault>> VerifyEntriesAsync(Session session, object page)
    {
        var sql = session.Sql.Verify;
        var faults = new List<LedgerFault>();
        foreach (var row in await session.ListAsync(sql.Entries, page).ConfigureAwait(false))
            faults.Add(VerifyFaults.EntryWithoutChangeset(row.Position, row.Subject));
        foreach (var row in await session.ListAsync(sql.Counts, page).ConfigureAwait(false))
            faults.Add(VerifyFaults.Counts(row.Position, row.Subject, row.Assigned, row.Removed, row.Affirmed, row.Repeated));
        foreach (var row in await session.ListAsync(sql.Contents, page).ConfigureAwait(false))
        {
            var isLoad = row.Kind == (long)LedgerEntryKind.CatalogChanged;
            var state = isLoad
                ? LedgerEntry.CatalogState(
                    (await session.ListAsync(sql.CatalogRows, new { changeset = row.Changeset }).ConfigureAwait(false)).Select(line => line.ToCatalogRow()))
                : LedgerEntry.ReasonState(row.Reason ?? "");
            if (!state.AsSpan().SequenceEqual(row.DigestState) || (isLoad && !state.AsSpan().SequenceEqual(row.StoredState)))
                faults.Add(VerifyFaults.Content(row.Position));
        }
        return faults;
    }

    private static async Task<IEnumerable<LedgerFault>> VerifyChangesetsAsync(Session session, object page) =>
        (await session.ListAsync(session.Sql.Verify.Changesets, page).ConfigureAwait(false))
            .Select(row => VerifyFaults.ChangesetWithoutEntry(row.Changeset, row.Position));

    private static async Task<IEnumerable<LedgerFault>> VerifyReportsAsync(Session session, object page) =>
        (await session.ListAsync(session.Sql.Verify.Reports, page).ConfigureAwait(false)).Select(VerifyFaults.ReportState);

    private static async Task<IEnumerable<LedgerFault>> VerifyRevisionsAsync(Session session, object page) =>
    [
        .. await VerifyKeysAsync(session, session.Sql.Verify.Revisions, page, (row, name) => row.Loose == 1 ? VerifyFaults.Orphan(row.Id) : VerifyFaults.Revision(row.Position, name)).ConfigureAwait(false),
        .. await VerifyKeysAsync(session, session.Sql.Verify.Retracted, page, (row, name) => VerifyFaults.NotWithheld(row.Position, name)).ConfigureAwait(false),
    ];

    private static Task<IEnumerable<LedgerFault>> VerifyCurrentAsync(Session session, object page) =>
        VerifyKeysAsync(session, session.Sql.Verify.Current, page, (row, name) => row.Loose == 1 ? VerifyFaults.Unreleased(name) : VerifyFaults.Current(row.Position, name));

    private static Task<IEnumerable<LedgerFault>> VerifySupersededAsync(Session session, object page) =>
        VerifyKeysAsync(session, session.Sql.Verify.Superseded, page, (row, name) => row.Loose == 1 ? VerifyFaults.Unreleased(name) : VerifyFaults.Superseded(row.Position, name));

    private static async Task<IEnumerable<LedgerFault>> VerifyKeysAsync(
        Session session, Query<KeyFaultRow> query, object page, Func<KeyFaultRow, string, LedgerFault> fault)
    {
        var faults = new List<LedgerFault>();
        foreach (var row in await session.ListAsync(query, page).ConfigureAwait(false))
        {
            var series = await session.FindAsync(session.Sql.Verify.Series, new { id = Keys.Series(row.Key) }).ConfigureAwait(false);
            faults.Add(fault(row, series is null ? $"key {row.Key}" : $"{series}|{Keys.Period(row.Key)}"));
        }
        return faults;
    }
}
