namespace WasteFree.Exchange.Catalog;

/// <summary>Codes separated by blanks; <c>*</c> matches every code, <c>HUB-HW-*</c> every code with that beginning.</summary>
public sealed class CodePatterns : IEquatable<CodePatterns>
{
    private readonly HashSet<string> _codes;
    private readonly string[] _prefixes;

    public CodePatterns(string text)
    {
        Items = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _codes = Items.Where(item => !item.EndsWith('*')).ToHashSet(StringComparer.Ordinal);
        _prefixes = Items.Where(item => item.EndsWith('*')).Select(item => item[..^1]).ToArray();
    }

    /// <summary>The patterns as written.</summary>
    public IReadOnlyList<string> Items { get; }

    /// <summary>The codes that are no pattern.</summary>
    public IReadOnlyCollection<string> Exact => _codes;

    public bool Match(string code) =>
        _codes.Contains(code) || Array.Exists(_prefixes, prefix => code.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>How near a match is: a code before a longer beginning before a shorter one; -1: none.</summary>
    public int Closeness(string code) => _codes.Contains(code)
        ? int.MaxValue
        : _prefixes.Where(prefix => code.StartsWith(prefix, StringComparison.Ordinal)).Select(prefix => prefix.Length).DefaultIfEmpty(-1).Max();

    public bool Equals(CodePatterns? other) => other is not null && Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => Equals(obj as CodePatterns);

    public override int GetHashCode() => Items.Count == 0 ? 0 : Items[0].GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join(' ', Items);
}
