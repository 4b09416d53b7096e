using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Model;

/// <summary>What a ledger entry does to one cell; no value: it has none any more.</summary>
internal readonly record struct ModelChange(Cell Cell, int? Value);

/// <summary>A ledger entry and everything it changes, in key order of nothing in particular: a set.</summary>
internal sealed record ModelEntry(long Position, WatchChangeKind Kind, string Report, IReadOnlyList<ModelChange> Changes)
{
    public long Created { get; init; }

    public long Revised { get; init; }

    public long Unchanged { get; init; }
}

/// <summary>
/// The model's own store: folds the entries of the ledger, one after the other, by the rules of the contract. What hubs
/// and feeds say is compared with it.
/// </summary>
internal sealed class LedgerModel
{
    private readonly Lock _lock = new();
    private readonly List<ModelEntry> _entries = [];
    private readonly List<ModelReport?> _reports = [];
    private readonly Dictionary<Cell, History> _cells = [];
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Head
    {
        get { lock (_lock) return _entries.Count; }
    }

    public ModelEntry At(long position)
    {
        lock (_lock) return _entries[(int)position - 1];
    }

    public async Task<ModelEntry> ReachedAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_entries.Count >= position) return _entries[(int)position - 1];
                moved = _moved.Task;
            }
            await moved.WaitAsync(cancellationToken);
        }
    }

    public ModelEntry AppendCatalog(long position) => Append(new ModelEntry(position, WatchChangeKind.CatalogChanged, "", []), null);

    /// <summary>Goes back to an earlier position, and folds everything up to it once more.</summary>
    /// <returns>Reports whose commit is gone.</returns>
    public IReadOnlyList<string> Rewind(long position)
    {
        List<(ModelEntry Entry, ModelReport? Report)> told;
        lock (_lock)
        {
            told = [.. _entries.Zip(_reports)];
            _entries.Clear();
            _reports.Clear();
            _cells.Clear();
        }
        foreach (var (entry, report) in told.Take((int)position))
        {
            if (report is null) AppendCatalog(entry.Position);
            else if (entry.Kind == WatchChangeKind.ReportWithdrawn) AppendWithdrawal(entry.Position, report);
            else AppendCommit(entry.Position, report);
        }
        return [.. told.Skip((int)position).Where(entry => entry.Entry.Kind == WatchChangeKind.ReportCommitted).Select(entry => entry.Entry.Report)];
    }

    public ModelEntry AppendCommit(long position, ModelReport report)
    {
        var changes = new List<ModelChange>();
        long created = 0, revised = 0, unchanged = 0;
        lock (_lock)
        {
            foreach (var (cell, value) in report.Rows)
            {
                if (value is null) continue;
                if (!_cells.TryGetValue(cell, out var history)) _cells[cell] = history = new History();
                var known = history.Versions.Count > 0;
                var equal = known && history.Versions[^1].Value == value;
                history.AssertedBy = report.Name;
                if (equal)
                {
                    unchanged++;
                    continue;
                }
                history.Versions.Add((position, value));
                changes.Add(new ModelChange(cell, value));
                if (known) revised++;
                else created++;
            }
        }
        return Append(new ModelEntry(position, WatchChangeKind.ReportCommitted, report.Name, changes)
        {
            Created = created,
            Revised = revised,
            Unchanged = unchanged,
        }, report);
    }

    public ModelEntry AppendWithdrawal(long position, ModelReport report)
    {
        var changes = new List<ModelChange>();
        lock (_lock)
        {
            foreach (var (cell, value) in report.Rows)
            {
                if (value is null || _cells[cell].AssertedBy != report.Name) continue;
                _cells[cell].AssertedBy = "";
                _cells[cell].Versions.Add((position, null));
                changes.Add(new ModelChange(cell, null));
            }
        }
        return Append(new ModelEntry(position, WatchChangeKind.ReportWithdrawn, report.Name, changes), report);
    }

    /// <summary>The values at a position that the model has reached.</summary>
    public Dictionary<Cell, int> StateAt(long position, Predicate<Cell> filter)
    {
        var state = new Dictionary<Cell, int>();
        lock (_lock)
        {
            foreach (var (cell, history) in _cells)
            {
                if (filter(cell) && history.At(position) is { } value) state[cell] = value;
            }
        }
        return state;
    }

    private ModelEntry Append(ModelEntry entry, ModelReport? report)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            _entries.Add(entry);
            _reports.Add(report);
            moved = _moved;
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        moved.SetResult();
        return entry;
    }

    private sealed class History
    {
        public List<(long Position, int? Value)> Versions { get; } = [];

        public string AssertedBy { get; set; } = "";

        public int? At(long position)
        {
            for (var i = Versions.Count - 1; i >= 0; i--)
                if (Versions[i].Position <= position) return Versions[i].Value;
            return null;
        }
    }
}
