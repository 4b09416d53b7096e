using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>Whose rows were read for the answer of one call: its log entries name them. One object a call.</summary>
internal sealed class ReadOwners
{
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private readonly HashSet<string> _new = new(StringComparer.Ordinal);

    public void Add(IEnumerable<ObservationRevision> rows)
    {
        foreach (var row in rows) Add(row.Organization);
    }

    public void Add(string organization)
    {
        if (_all.Add(organization)) _new.Add(organization);
    }

    /// <summary>Those that have come since it was asked last.</summary>
    public IReadOnlyCollection<string> TakeNew()
    {
        if (_new.Count == 0) return [];
        string[] taken = [.. _new];
        _new.Clear();
        return taken;
    }
}
