using System.Collections.Frozen;

namespace WasteFree.Exchange.Catalog;

/// <summary>Codes by their full Chinese and English names, in any case.</summary>
internal sealed class NameIndex(IEnumerable<NamedCode> names)
{
    private readonly FrozenDictionary<string, string[]> _codes = names
        .SelectMany(name => ((string Text, string Code)[])[(name.NameZh, name.Code), (name.NameEn, name.Code)])
        .Where(name => name.Text.Length > 0)
        .GroupBy(name => name.Text, name => name.Code, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(
            codes => codes.Key,
            codes => codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(),
            StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> CodesOf(string text) => _codes.GetValueOrDefault(text.Trim()) ?? [];
}
