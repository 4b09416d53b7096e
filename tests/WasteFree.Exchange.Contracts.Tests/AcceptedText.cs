namespace WasteFree.Exchange.Contracts.Tests;

/// <summary>
/// A text in the repository that is made from the contracts. Its changes are read by a person: the test fails until
/// they are accepted on purpose, and never passes in the run that accepts them.
/// </summary>
internal static class AcceptedText
{
    private const string Switch = "WASTEFREE_ACCEPT";

    public static void AssertEqual(string path, string current, string made, Func<string, string> replaceIn)
    {
        if (current == made) return;
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(Repository.PathOf(path), replaceIn(made));
            Assert.Skip($"{path} was rewritten. Read its change with git diff before you commit it.");
        }
        var before = current.Split('\n');
        var after = made.Split('\n');
        Assert.Fail($"""
            The contracts are not what {path} says.
            Only there:
            {Lines(before.Except(after))}
            Only in the contracts:
            {Lines(after.Except(before))}
            A removed or renumbered element breaks partners. If the change is meant, accept it and read the diff:
              {Switch}=1 dotnet run --project tests/WasteFree.Exchange.Contracts.Tests
            """);
    }

    /// <summary>As <see cref="AssertEqual"/>, for a part of a page between two marks.</summary>
    public static void AssertPart(string path, string start, string end, string made)
    {
        var text = Repository.ReadText(path);
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= start.Length && to >= from, $"{path} has no place for {start}");
        AssertEqual(path, text[from..to], made, part => text[..from] + part + text[to..]);
    }

    private static string Lines(IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines.Take(40).Select(line => "  " + line));
        return text.Length == 0 ? "  nothing" : text;
    }
}
