using System.Collections.Frozen;

namespace WasteFree.Exchange.Catalog;

/// <summary>Traditional characters and their simplified forms, character by character; see Data/README.md for the source.</summary>
internal static class TraditionalForms
{
    private static readonly FrozenDictionary<char, char> Simplified = Read();

    public static char ToSimplified(char c) => Simplified.GetValueOrDefault(c, c);

    private static FrozenDictionary<char, char> Read()
    {
        using var stream = typeof(TraditionalForms).Assembly.GetManifestResourceStream("catalog/traditional.txt")
            ?? throw new InvalidOperationException("The table of traditional characters is not in the assembly.");
        using var reader = new StreamReader(stream);
        // Two lines: the traditional forms, and below each its simplified one.
        return reader.ReadLine()!.Zip(reader.ReadLine()!).ToFrozenDictionary(pair => pair.First, pair => pair.Second);
    }
}
