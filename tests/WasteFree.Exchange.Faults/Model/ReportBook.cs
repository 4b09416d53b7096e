using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Model;

/// <summary>Every report that was ever sent, written down before its first byte leaves.</summary>
internal sealed class ReportBook(int seed)
{
    private readonly ConcurrentDictionary<string, ModelReport> _reports = new();
    private readonly ConcurrentQueue<ModelReport> _abandoned = new();
    private int _last;

    public int Count => _reports.Count;

    public IEnumerable<ModelReport> All => _reports.Values;

    public IEnumerable<ModelReport> Committed => _reports.Values.Where(report => report.Receipt is not null);

    public IEnumerable<ModelReport> UnderWay => _reports.Values.Where(report => !report.IsDone);

    /// <summary>Leaves a report for somebody else to finish.</summary>
    public void Abandon(ModelReport report) => _abandoned.Enqueue(report);

    public bool TryAdopt([NotNullWhen(true)] out ModelReport? report) => _abandoned.TryDequeue(out report);

    public ModelReport? Find(string name) => _reports.GetValueOrDefault(name);

    /// <summary>
    /// A report of neighbouring cells. Reports of one organisation lie across each other, and half of their values are
    /// few: so there are revisions, and rows that change nothing.
    /// </summary>
    public ModelReport New(Random random, int rowCount, string kind, bool mayHaveBadRows = false, bool isLong = false, int? of = null)
    {
        var number = Interlocked.Increment(ref _last);
        var organization = of ?? random.Next(Cell.Organizations.Count);
        var first = random.Next(Math.Max(1, Math.Min(6_000, Cell.Days * 4 - rowCount)));
        var few = random.Next(2) == 0;
        var value = random.Next(3);
        // A page that ends where a filter ends must not be taken for the last one.
        var isBackwards = random.Next(2) == 0;
        var badEvery = mayHaveBadRows && random.Next(3) == 0 ? 1 + random.Next(rowCount) : int.MaxValue;
        var rows = new ModelRow[rowCount];
        for (var offset = 0; offset < rowCount; offset++)
        {
            int? stated = few ? value : random.Next(1, 1_000);
            if (isLong) stated += Cell.FirstLong;
            if (offset % badEvery == badEvery - 1) stated = null;
            rows[offset] = new ModelRow(Cell.At(organization, first + (isBackwards ? rowCount - 1 - offset : offset)), stated);
        }
        var policy = random.Next(2) == 0 ? RowPolicy.Quarantine : RowPolicy.RejectReport;
        var report = new ModelReport(organization, $"{kind}-{seed}-{number}", policy, rows);
        _reports[report.Name] = report;
        return report;
    }
}
