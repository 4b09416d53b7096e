namespace WasteFree.Exchange.Validation;

/// <summary>What is said of texts that are no units: a wrong one mostly stands in every row. Not for use by two threads.</summary>
internal sealed class UnknownUnits
{
    /// <summary>A sender cannot make the table grow without bound.</summary>
    private const int Capacity = 1_000;

    private readonly Dictionary<(string Field, string Unit, string Own), RuleFinding> _known = [];

    /// <param name="field">Where it was written.</param>
    /// <param name="unit">What was written.</param>
    /// <param name="own">The definition's unit; empty: it states none.</param>
    public RuleFinding Get(string field, string unit, string own)
    {
        if (_known.TryGetValue((field, unit, own), out var known)) return known;
        if (_known.Count >= Capacity) _known.Clear();
        return _known[(field, unit, own)] = Rules.UnitUnknown(field, unit, own);
    }
}
