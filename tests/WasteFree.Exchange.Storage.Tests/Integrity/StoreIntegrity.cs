using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>
/// Whether the tables agree with each other: the ledger is dense and chained, current and superseded are what the
/// visible revisions fold to in ledger order, nothing hangs loose, nothing unfinished or dropped is visible.
/// </summary>
internal static class StoreIntegrity
{
    public static async Task CheckAsync(StoreDatabase database, CancellationToken cancellationToken)
    {
        var stored = await StoredRows.ReadAsync(database, cancellationToken);
        CheckLedger(stored);
        CheckChangesets(stored);
        CheckReports(stored);
        CheckRevisions(stored);
        CheckCounts(stored);
        CurrentFold.Check(stored);
        await AuditIntegrity.CheckAsync(database, cancellationToken);
    }

    private static void CheckLedger(StoredRows stored)
    {
        var hash = new byte[32];
        var time = 0L;
        var catalog = 0L;
        var position = 0L;
        var salts = new HashSet<string>();
        foreach (var entry in stored.Ledger)
        {
            Assert.Equal(++position, entry.Position);
            Assert.True(entry.CommittedAt > time, $"Entry {position} is not later than the one before it.");
            Assert.Equal(hash, entry.PreviousHash);
            Assert.True(salts.Add(Convert.ToHexStringLower(entry.Salt)) && entry.Salt.Length == LedgerEntry.SaltSize, $"Entry {position} has no salt of its own.");
            Assert.Equal(Rebuild(stored, entry).Hash(hash), entry.EntryHash);
            catalog = entry.Kind == (long)LedgerEntryKind.CatalogChanged ? position : catalog;
            Assert.Equal(catalog, entry.CatalogVersion);
            (hash, time) = (entry.EntryHash, entry.CommittedAt);
        }
        Assert.Equal((position, time, catalog), (stored.Head.Position, stored.Head.CommittedAt, stored.Head.CatalogVersion));
        Assert.Equal(hash, stored.Head.EntryHash);
    }

    private static LedgerEntry Rebuild(StoredRows stored, StoredRows.LedgerRow entry)
    {
        var changeset = stored.Changesets[entry.Changeset];
        var report = stored.Reports.SingleOrDefault(report => report.Id == changeset.Report);
        return new LedgerEntry
        {
            LedgerId = stored.Head.LedgerId,
            Position = entry.Position,
            CommittedAtMicroseconds = entry.CommittedAt,
            Kind = (LedgerEntryKind)entry.Kind,
            Subject = report is null ? "catalog" : $"organizations/{report.Organization}/reports/{report.Name}",
            Digest = Sha256State.DigestOf(changeset.DigestState),
            StoredDigest = Sha256State.DigestOf(changeset.StoredState),
            SignatureAlgorithm = entry.Algorithm ?? "",
            KeyId = entry.KeyId ?? "",
            Salt = entry.Salt,
            Counts = new RowCounts
            {
                Submitted = changeset.NextOffset,
                Rejected = changeset.Rejected,
                Created = changeset.Created,
                Revised = changeset.Revised,
                Unchanged = changeset.Unchanged,
                Duplicate = changeset.Duplicate,
                Findings = changeset.Findings,
            },
        };
    }

    private static void CheckChangesets(StoredRows stored)
    {
        var positions = stored.Ledger.ToDictionary(entry => entry.Changeset, entry => (long?)entry.Position);
        foreach (var changeset in stored.Changesets.Values)
        {
            Assert.Equal(positions.GetValueOrDefault(changeset.Id), changeset.Position);
            Assert.Equal(changeset.State == 2, changeset.Position is not null);
            if (changeset.Report is { } report) Assert.Contains(stored.Reports, row => row.Id == report);
        }
        Assert.All(stored.Findings, changeset => Assert.Contains(changeset, stored.Changesets));
        Assert.All(stored.CatalogRows, changeset => Assert.Equal((3, 2), (stored.Changesets[changeset].Kind, stored.Changesets[changeset].State)));
    }

    private static void CheckReports(StoredRows stored)
    {
        foreach (var report in stored.Reports)
        {
            var attempt = stored.Changesets[report.Changeset];
            Assert.Equal(report.Id, attempt.Report);
            // A withdrawn report's attempt is a committed one, an aborted report's a dropped one.
            Assert.Equal(report.State switch { 4 => 2, 5 => 4, var state => state }, attempt.State);
            Assert.Equal(report.State == 4, report.WithdrawChangeset is not null);
            if (report.RetractChangeset is { } retraction) Assert.Equal((4, 2, 4), (stored.Changesets[retraction].Kind, stored.Changesets[retraction].State, report.State));
        }
        var retracted = stored.Reports.Where(report => report.RetractChangeset is not null).Select(report => report.Changeset).ToHashSet();
        Assert.Equal(
            stored.Revisions.Values.Where(revision => revision.Kind == 0 && retracted.Contains(Keys.Changeset(revision.Id))).Select(revision => (revision.Key, revision.Id)).Order(),
            stored.Retracted.Order());
        var unfinished = stored.Changesets.Values.Where(changeset => changeset is { State: 1, Report: not null }).Select(changeset => changeset.Id);
        Assert.Equal(stored.Reports.Where(report => report.State == 1).Select(report => report.Changeset).Order(), unfinished.Order());
    }

    private static void CheckRevisions(StoredRows stored)
    {
        foreach (var revision in stored.Revisions.Values)
        {
            var changeset = stored.Changesets[Keys.Changeset(revision.Id)];
            Assert.Equal(0, changeset.Swept);
            Assert.InRange(Keys.Offset(revision.Id), 0, changeset.NextOffset - 1);
            Assert.Contains(Keys.Series(revision.Key), stored.Series);
            Assert.Contains(Keys.Period(revision.Key).Number, stored.Periods);
            Assert.Contains(revision.Unit, stored.Units);
            Assert.Equal(changeset.Kind == (long)LedgerEntryKind.ReportWithdrawn, revision.Kind == 1);
        }
    }

    private static void CheckCounts(StoredRows stored)
    {
        var kinds = stored.Revisions.Values.ToLookup(revision => Keys.Changeset(revision.Id), revision => revision.Kind);
        var findings = stored.Findings.CountBy(changeset => changeset).ToDictionary();
        var counts = stored.FindingCounts.ToLookup(count => count.Changeset);
        foreach (var changeset in stored.Changesets.Values.Where(changeset => changeset.State != 4))
        {
            Assert.Equal(changeset.Findings, counts[changeset.Id].Sum(count => count.Found));
            Assert.Equal(findings.GetValueOrDefault(changeset.Id), counts[changeset.Id].Sum(count => count.Kept));
        }
        Assert.All(stored.FindingCounts, count => Assert.Contains(count.Changeset, stored.Changesets));

        foreach (var changeset in stored.Changesets.Values.Where(changeset => changeset is { Kind: 1, State: 2 }))
        {
            var taken = changeset.Created + changeset.Revised;
            Assert.Equal(taken, kinds[changeset.Id].LongCount(kind => kind == 0));
            Assert.Equal(changeset.Unchanged, kinds[changeset.Id].LongCount(kind => kind == 2));
            Assert.Equal(changeset.NextOffset - changeset.Rejected, taken + changeset.Unchanged + changeset.Duplicate);
        }
    }
}
