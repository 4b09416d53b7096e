using System.Text.RegularExpressions;

namespace WasteFree.Exchange.Contracts.Tests.Architecture;

/// <summary>The C# source as text.</summary>
internal static partial class Source
{
    /// <summary>Where a word stands in code below a folder, comments left out, as <c>file:line</c>.</summary>
    public static IEnumerable<string> UsesOf(string word, string folder) =>
        from file in Repository.Files([folder], ".cs")
        from line in File.ReadLines(Repository.PathOf(file)).Index()
        where Regex.IsMatch(Comment().Replace(line.Item, ""), @"(?<![\w.])" + Regex.Escape(word))
        select $"{file}:{line.Index + 1} {line.Item.Trim()}";

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();
}
