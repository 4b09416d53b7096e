using System.Collections.Concurrent;

namespace WasteFree.Exchange.Faults.Checks;

/// <summary>Counts what was broken, property by property, and keeps the first cases of each.</summary>
internal sealed class Violations
{
    private const int Kept = 5;

    private readonly ConcurrentDictionary<Property, ConcurrentQueue<string>> _cases = new();
    private readonly ConcurrentDictionary<Property, int> _counts = new();
    private readonly ConcurrentDictionary<Property, int> _checked = new();

    public int Total => _counts.Values.Sum();

    public int Count(Property property) => _counts.GetValueOrDefault(property);

    /// <summary>How often a property was looked at: a property that never was proves nothing.</summary>
    public int Checked(Property property) => _checked.GetValueOrDefault(property);

    public IReadOnlyCollection<string> Cases(Property property) => _cases.GetValueOrDefault(property) ?? [];

    /// <summary>Looks at a property once.</summary>
    public void Require(Property property, bool holds, Func<string> what)
    {
        _checked.AddOrUpdate(property, 1, (_, count) => count + 1);
        if (holds) return;
        _counts.AddOrUpdate(property, 1, (_, count) => count + 1);
        var cases = _cases.GetOrAdd(property, _ => new ConcurrentQueue<string>());
        if (cases.Count >= Kept) return;
        var text = what();
        cases.Enqueue(text);
        Console.Error.WriteLine($"VIOLATION {property}: {text}");
    }

    /// <summary>One line per property: looked at, broken.</summary>
    public IEnumerable<string> Report() =>
        Enum.GetValues<Property>().Select(property => $"  {property,-18} checked {Checked(property),9}  violated {Count(property)}");
}
