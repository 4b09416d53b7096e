using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Tests.Disclosures;

/// <summary>
/// What somebody knows of numbers by sums and differences: linear equations over fractions, each brought in when it is
/// learned. It answers which numbers follow from them.
/// </summary>
internal sealed class Equations
{
    /// <summary>By the unknown that each has been solved for; none of the others holds it.</summary>
    private readonly Dictionary<int, SortedDictionary<int, Rational>> _solved = [];

    /// <summary>That a combination of the unknowns is a known number, whichever.</summary>
    public void Learn(IEnumerable<(int Unknown, Rational Factor)> combination)
    {
        var row = new SortedDictionary<int, Rational>();
        foreach (var (unknown, factor) in combination) Add(row, unknown, factor);
        foreach (var unknown in row.Keys.ToList())
            if (_solved.TryGetValue(unknown, out var known) && row.TryGetValue(unknown, out var factor)) Subtract(row, known, factor);
        if (row.Count == 0) return;
        var pivot = row.Keys.First();
        var scale = row[pivot];
        foreach (var unknown in row.Keys.ToList()) row[unknown] /= scale;
        foreach (var other in _solved.Values)
            if (other.TryGetValue(pivot, out var factor)) Subtract(other, row, factor);
        _solved[pivot] = row;
    }

    /// <summary>Whether its number follows.</summary>
    public bool Tell(int unknown) => _solved.TryGetValue(unknown, out var row) && row.Count == 1;

    private static void Subtract(SortedDictionary<int, Rational> row, SortedDictionary<int, Rational> other, Rational factor)
    {
        foreach (var (unknown, its) in other) Add(row, unknown, -its * factor);
    }

    private static void Add(SortedDictionary<int, Rational> row, int unknown, Rational factor)
    {
        var sum = row.GetValueOrDefault(unknown) + factor;
        if (sum.Sign == 0) row.Remove(unknown);
        else row[unknown] = sum;
    }
}
