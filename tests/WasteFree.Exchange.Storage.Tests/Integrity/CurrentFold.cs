using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Current and superseded, made anew from the ledger and the revisions, row by row.</summary>
internal static class CurrentFold
{
    public static void Check(StoredRows stored)
    {
        var current = new SortedDictionary<long, StoredRows.CurrentRow>();
        var superseded = new List<StoredRows.SupersededRow>();
        var rows = stored.Revisions.Values.OrderBy(revision => revision.Id).ToLookup(revision => Keys.Changeset(revision.Id));

        foreach (var entry in stored.Ledger)
        {
            if (entry.Kind == (long)LedgerEntryKind.ReportWithdrawn) CheckTombstones(stored, entry, current.Values, rows[entry.Changeset]);
            foreach (var revision in rows[entry.Changeset])
                Apply(revision, current, superseded);
        }

        Assert.Equal(current.Values, stored.Current);
        Assert.Equal(superseded.OrderBy(row => row.Key).ThenBy(row => row.ById), stored.Superseded);
    }

    private static void Apply(
        StoredRows.RevisionRow revision,
        SortedDictionary<long, StoredRows.CurrentRow> current,
        List<StoredRows.SupersededRow> superseded)
    {
        var known = current.TryGetValue(revision.Key, out var before);
        if (revision.ChangesCurrent)
        {
            if (known) superseded.Add(new StoredRows.SupersededRow { Key = revision.Key, ById = revision.Id, Revision = before!.Revision });
            current[revision.Key] = new StoredRows.CurrentRow { Key = revision.Key, Revision = revision.Id, Asserted = revision.Id };
        }
        else if (revision.Kind == 2)
        {
            Assert.True(known, "A row affirms a value that is not there.");
            current[revision.Key] = before! with { Asserted = revision.Id };
        }
    }

    /// <summary>A withdrawal removes just what the report was the last to assert.</summary>
    private static void CheckTombstones(
        StoredRows stored,
        StoredRows.LedgerRow withdrawal,
        IEnumerable<StoredRows.CurrentRow> current,
        IEnumerable<StoredRows.RevisionRow> tombstones)
    {
        var report = stored.Reports.Single(report => report.WithdrawChangeset == withdrawal.Changeset);
        var asserted = current.Where(row => Keys.Changeset(row.Asserted) == report.Changeset).Select(row => row.Key);
        Assert.Equal(asserted, tombstones.Select(tombstone => tombstone.Key).Order());
    }
}
