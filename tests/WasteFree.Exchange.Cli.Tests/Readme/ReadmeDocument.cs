namespace WasteFree.Exchange.Cli.Tests.Readme;

/// <summary>The commands of one section of a README, in order.</summary>
/// <param name="Title">Heading of level 2; empty for what stands before the first.</param>
/// <param name="Commands">Lines of its <c>sh</c> blocks; lines continued by a backslash are one.</param>
internal sealed record ReadmeSection(string Title, IReadOnlyList<string> Commands);

/// <summary>A README as a list of commands: only blocks marked <c>sh</c> are commands, all others are for the eye.</summary>
internal static class ReadmeDocument
{
    private const string Fence = "```";

    public static IReadOnlyList<ReadmeSection> Sections(string markdown)
    {
        var sections = new List<ReadmeSection>();
        var title = "";
        var commands = new List<string>();
        foreach (var (mark, line) in Lines(markdown))
        {
            if (mark is null && line.StartsWith("## ", StringComparison.Ordinal))
            {
                sections.Add(new ReadmeSection(title, commands));
                (title, commands) = (line[3..].Trim(), []);
            }
            else if (mark == "sh")
            {
                if (commands is [.., var last] && last.EndsWith('\\')) commands[^1] = $"{last}\n{line}";
                else commands.Add(line);
            }
        }
        sections.Add(new ReadmeSection(title, commands));
        return [.. sections.Where(section => section.Commands.Count > 0)];
    }

    /// <summary>What the code blocks are marked with.</summary>
    public static IEnumerable<string> Marks(string markdown) => Lines(markdown).Select(line => line.Mark).OfType<string>().Distinct();

    /// <summary>The lines, each with the mark of the block it stands in; null outside of blocks.</summary>
    private static IEnumerable<(string? Mark, string Line)> Lines(string markdown)
    {
        string? mark = null;
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal)) mark = mark is null ? line[Fence.Length..].Trim() : null;
            else yield return (mark, line);
        }
    }
}
