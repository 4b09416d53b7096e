using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Tests.Sending;

/// <summary>Reads all pages; everything, unless the test says who reads.</summary>
internal static class Reading
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<IReadOnlyList<ObservationRevision>> ReadAllAsync(
        this IExchangeStore store, ObservationFilter filter, long position, int pageSize, Visibility? visibility = null)
    {
        var rows = new List<ObservationRevision>();
        long? after = -1;
        while (after is { } key)
        {
            var page = await store.ReadObservationsAsync(filter, visibility ?? Visibility.Everything, position, key, pageSize, Cancelled);
            Assert.InRange(page.Rows.Count, 0, pageSize);
            Assert.Equal(page.NextKey is null, page.Rows.Count < pageSize);
            Assert.True(page.NextKey is not { } next || next > key, "The reading does not get on.");
            rows.AddRange(page.Rows);
            after = page.NextKey;
        }
        return rows;
    }

    public static async Task<IReadOnlyList<HistoryEntry>> ReadWholeHistoryAsync(
        this IExchangeStore store, HistoryQuery query, long position, int pageSize, Visibility? visibility = null)
    {
        var entries = new List<HistoryEntry>();
        long? after = 0;
        while (after is { } cursor)
        {
            var page = await store.ReadHistoryAsync(query, visibility ?? Visibility.Everything, position, cursor, pageSize, Cancelled);
            Assert.InRange(page.Entries.Count, 0, pageSize);
            Assert.Equal(page.Next is null, page.Entries.Count < pageSize);
            Assert.True(page.Next is not { } next || next == page.Entries[^1].Cursor, "The history does not go on after its last entry.");
            entries.AddRange(page.Entries);
            after = page.Next;
        }
        Assert.Equal(entries.Select(entry => entry.Cursor).Distinct(), entries.Select(entry => entry.Cursor));
        return entries;
    }

    public static async Task<IReadOnlyList<Difference>> ReadAllDifferencesAsync(
        this IExchangeStore store, ObservationFilter filter, long since, long position, int pageSize, Visibility? visibility = null)
    {
        var differences = new List<Difference>();
        long? after = -1;
        while (after is { } key)
        {
            var page = await store.ReadDifferencesAsync(filter, visibility ?? Visibility.Everything, since, position, key, pageSize, Cancelled);
            Assert.InRange(page.Differences.Count, 0, pageSize);
            Assert.True(page.NextKey is not { } next || next > key, "The differences do not get on.");
            differences.AddRange(page.Differences);
            after = page.NextKey;
        }
        Assert.Equal(differences.Select(difference => difference.Cursor).Distinct().Order(), differences.Select(difference => difference.Cursor));
        return differences;
    }

    public static async Task<IReadOnlyList<Finding>> ListAllFindingsAsync(this IExchangeStore store, ReportName report, int pageSize)
    {
        var findings = new List<Finding>();
        long? after = -1;
        while (after is { } sequence)
        {
            var page = await store.ListFindingsAsync(report, sequence, pageSize, Cancelled);
            Assert.InRange(page.Findings.Count, 0, pageSize);
            Assert.True(page.NextSequence is not { } next || next > sequence, "The list does not get on.");
            findings.AddRange(page.Findings);
            after = page.NextSequence;
            if (after is not null) continue;
            Assert.Equal(findings.Count, page.Rules.Sum(rule => rule.Kept));
            Assert.Equal(page.Total, page.Rules.Sum(rule => rule.Found));
        }
        return findings;
    }
}
