using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Verification;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <summary>A report may have a million rows, whose count is one step: few entries in a page.</summary>
    private const int VerifyEntries = 100;

    /// <summary>A tenth of a second of work, so that no page holds the write-ahead log for long.</summary>
    private const int VerifyRows = 20_000;

    public async IAsyncEnumerable<VerifyStep> VerifyAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var whole = await ReadAsync(VerifyHead, cancellationToken).ConfigureAwait(false);
        foreach (var fault in whole) yield return new VerifyStep.Found(fault);

        var stages = new (VerifyStage Stage, string Page, int Size, Func<SqliteConnection, object, IEnumerable<LedgerFault>> Check)[]
        {
            (VerifyStage.Changesets, VerifySql.Page("ledger", "position"), VerifyEntries, VerifyEntryPage),
            (VerifyStage.Changesets, VerifySql.Page("changeset", "id"), VerifyRows, VerifyChangesets),
            (VerifyStage.Changesets, VerifySql.Page("report", "id"), VerifyRows, VerifyReports),
            (VerifyStage.Revisions, VerifySql.Page("revision", "id"), VerifyRows, VerifyRevisions),
            (VerifyStage.Current, VerifySql.Page("current", "key"), VerifyRows, VerifyCurrent),
            (VerifyStage.Superseded, VerifySql.SupersededPage, VerifyRows, VerifySuperseded),
        };
        var done = (Stage: VerifyStage.Chain, Count: 0L);
        foreach (var (stage, sql, size, check) in stages)
        {
            if (stage != done.Stage) done = (stage, 0);
            yield return new VerifyStep.Progress(stage, done.Count);
            PageEnd? after = new() { Upto = long.MinValue, UptoBy = long.MinValue };
            while (after is { } from)
            {
                var (faults, end) = await ReadAsync(connection => VerifyPage(connection, sql, size, from, check), cancellationToken)
                    .ConfigureAwait(false);
                foreach (var fault in faults) yield return new VerifyStep.Found(fault);
                if (end is not null)
                {
                    done.Count += end.Count;
                    yield return new VerifyStep.Progress(stage, done.Count);
                }
                after = end;
            }
        }
    }

    /// <summary>The end of the page and its faults in one transaction: they are of one state of the database.</summary>
    private static (List<LedgerFault> Faults, PageEnd? End) VerifyPage(
        SqliteConnection connection, string sql, int size, PageEnd from, Func<SqliteConnection, object, IEnumerable<LedgerFault>> check)
    {
        var end = connection.QuerySingleOrDefault<PageEnd>(sql, new { after = from.Upto, afterBy = from.UptoBy, limit = size });
        if (end is null or { Count: 0 }) return ([], null);
        return ([.. check(connection, new { after = from.Upto, afterBy = from.UptoBy, upto = end.Upto, uptoBy = end.UptoBy })], end);
    }

    private static List<LedgerFault> VerifyHead(SqliteConnection connection)
    {
        var faults = new List<LedgerFault>();
        foreach (var (head, last) in connection.Query<(long Head, long Last)>(VerifySql.Head))
            faults.Add(VerifyFaults.Head(head, last));
        foreach (var changeset in connection.Query<long>(VerifySql.UnreleasedCatalog))
            faults.Add(VerifyFaults.UnreleasedCatalog(changeset));
        return faults;
    }

    private static IEnumerable<LedgerFault> VerifyEntryPage(SqliteConnection connection, object page)
    {
        foreach (var (position, subject) in connection.Query<(long Position, string Subject)>(VerifySql.Entries, page))
            yield return VerifyFaults.EntryWithoutChangeset(position, subject);
        foreach (var row in connection.Query<CountRow>(VerifySql.Counts, page))
            yield return VerifyFaults.Counts(row.Position, row.Subject, (long)row.Set_, (long)row.Removed, (long)row.Affirmed, (long)row.Repeated);
        foreach (var row in connection.Query<ContentRow>(VerifySql.Contents, page))
        {
            var digest = row.Kind == (long)LedgerEntryKind.ReportWithdrawn
                ? LedgerEntry.ReasonDigest(row.Reason ?? "")
                : LedgerEntry.CatalogDigest(connection
                    .Query<(string Kind, string Key, string Content)>(VerifySql.CatalogRows, new { changeset = row.Changeset })
                    .Select(line => new CatalogRow(line.Kind, line.Key, line.Content)));
            if (!digest.AsSpan().SequenceEqual(row.Digest)) yield return VerifyFaults.Content(row.Position);
        }
    }

    private static IEnumerable<LedgerFault> VerifyChangesets(SqliteConnection connection, object page) =>
        connection.Query<(long Changeset, long Position)>(VerifySql.Changesets, page)
            .Select(row => VerifyFaults.ChangesetWithoutEntry(row.Changeset, row.Position));

    private static IEnumerable<LedgerFault> VerifyReports(SqliteConnection connection, object page) =>
        connection.Query<string>(VerifySql.Reports, page).Select(VerifyFaults.ReportState);

    private static IEnumerable<LedgerFault> VerifyRevisions(SqliteConnection connection, object page) =>
        connection.Query<KeyRow>(VerifySql.Revisions, page).Select(row => row.Orphan == 1
            ? VerifyFaults.Orphan(row.Id)
            : VerifyFaults.Revision(row.Position, NameOf(connection, row.Key)));

    private static IEnumerable<LedgerFault> VerifyCurrent(SqliteConnection connection, object page) =>
        connection.Query<KeyRow>(VerifySql.Current, page).Select(row => row.Unreleased == 1
            ? VerifyFaults.Unreleased(NameOf(connection, row.Key))
            : VerifyFaults.Current(row.Position, NameOf(connection, row.Key)));

    private static IEnumerable<LedgerFault> VerifySuperseded(SqliteConnection connection, object page) =>
        connection.Query<KeyRow>(VerifySql.Superseded, page).Select(row => row.Unreleased == 1
            ? VerifyFaults.Unreleased(NameOf(connection, row.Key))
            : VerifyFaults.Superseded(row.Position, NameOf(connection, row.Key)));

    private static string NameOf(SqliteConnection connection, long key)
    {
        var series = connection.QuerySingleOrDefault<string>(VerifySql.Series, new { id = Keys.Series(key) });
        return series is null ? $"key {key}" : $"{series}|{Keys.Period(key)}";
    }

    /// <summary>Where a page ends; the second part is of a key of two columns.</summary>
    private sealed class PageEnd
    {
        public long Upto { get; init; }
        public long UptoBy { get; init; }
        public long Count { get; init; }
    }

    private sealed class CountRow
    {
        public long Position { get; init; }
        public string Subject { get; init; } = "";
        public double Set_ { get; init; }
        public double Removed { get; init; }
        public double Affirmed { get; init; }
        public double Repeated { get; init; }
    }

    private sealed class ContentRow
    {
        public long Position { get; init; }
        public long Kind { get; init; }
        public long Changeset { get; init; }
        public byte[] Digest { get; init; } = [];
        public string? Reason { get; init; }
    }

    /// <summary>A row at fault, found by its key.</summary>
    private sealed class KeyRow
    {
        public long Id { get; init; }
        public long Key { get; init; }
        public long Position { get; init; }
        public long Orphan { get; init; }
        public long Unreleased { get; init; }
    }
}
