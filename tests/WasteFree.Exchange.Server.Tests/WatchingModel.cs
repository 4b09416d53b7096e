using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>What a value is of. The region follows from the organisation.</summary>
internal sealed record ModelKey(string Organization, string Indicator, string Scope, string Period)
{
    public string Region => Organization == WatchingHub.DemoChengdu ? "510100" : "500101";

    public bool Illustrative => Organization.StartsWith("demo-", StringComparison.Ordinal);

    public Observation Row(string value) => new()
    {
        Region = Region, Indicator = Indicator, Scope = Scope, Period = Period, Value = value, Note = "示例",
    };

    public static ModelKey Of(ObservationRecord record) =>
        new(record.Organization, record.Observation.Indicator, record.Observation.Scope, record.Observation.Period);
}

/// <summary>One observation that was set (a value) or removed (null).</summary>
internal sealed record ModelRow(ModelKey Key, string? Value);

/// <summary>One ledger entry as the feed should tell it.</summary>
internal sealed record ModelChange(long Position, WatchChangeKind Kind, string Report, IReadOnlyList<ModelRow> Rows);

/// <summary>The ledger by the plainest rules: a dictionary and a list.</summary>
internal sealed class WatchingModel
{
    private readonly Dictionary<ModelKey, (string Value, string AssertedBy)> _current = [];
    private readonly List<ModelChange> _changes = [];
    private readonly List<string> _reports = [];

    public IReadOnlyList<ModelChange> Changes => _changes;

    /// <summary>Reports that are committed and not withdrawn.</summary>
    public IReadOnlyList<string> Reports => _reports;

    public Dictionary<ModelKey, string> Current => _current.ToDictionary(entry => entry.Key, entry => entry.Value.Value);

    public void Catalog() => Add(WatchChangeKind.CatalogChanged, "", []);

    public void Commit(string report, IReadOnlyList<ModelRow> rows)
    {
        // An equal value is affirmed: no change, but the report that asserts it is now this one.
        var set = rows.Where(row => !_current.TryGetValue(row.Key, out var known) || known.Value != row.Value).ToList();
        foreach (var row in rows) _current[row.Key] = (row.Value!, report);
        _reports.Add(report);
        Add(WatchChangeKind.ReportCommitted, report, set);
    }

    public void Withdraw(string report)
    {
        var gone = _current.Where(entry => entry.Value.AssertedBy == report).Select(entry => new ModelRow(entry.Key, null)).ToList();
        foreach (var row in gone) _current.Remove(row.Key);
        _reports.Remove(report);
        Add(WatchChangeKind.ReportWithdrawn, report, gone);
    }

    /// <summary>What a watcher with a filter is told: catalogue changes, and reports with a row that the filter takes.</summary>
    public List<ModelChange> Told(Func<ModelKey, bool> filter) =>
    [
        .. _changes
            .Select(change => change with { Rows = [.. change.Rows.Where(row => filter(row.Key))] })
            .Where(change => change.Kind == WatchChangeKind.CatalogChanged || change.Rows.Count > 0),
    ];

    /// <summary>The values that changes leave behind.</summary>
    public static Dictionary<ModelKey, string> Replay(IEnumerable<ModelChange> changes, IEnumerable<KeyValuePair<ModelKey, string>>? onto = null)
    {
        var values = new Dictionary<ModelKey, string>(onto ?? []);
        foreach (var row in changes.SelectMany(change => change.Rows))
        {
            if (row.Value is { } value) values[row.Key] = value;
            else values.Remove(row.Key);
        }
        return values;
    }

    private void Add(WatchChangeKind kind, string report, IReadOnlyList<ModelRow> rows) =>
        _changes.Add(new ModelChange(_changes.Count + 1, kind, report, rows));
}
