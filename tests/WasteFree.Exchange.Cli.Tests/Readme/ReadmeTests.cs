using Xunit;

namespace WasteFree.Exchange.Cli.Tests.Readme;

/// <summary>The root README says nothing that does not work.</summary>
public sealed class ReadmeTests
{
    internal static readonly string Root = FindRoot();

    [Fact]
    public async Task Every_command_of_the_readme_works_as_written()
    {
        var wfx = $"{ReadmeRunner.DotnetPath} {Path.Combine(AppContext.BaseDirectory, "wfx.dll")}";
        using var runner = new ReadmeRunner(wfx, TimeSpan.FromMinutes(5));
        CopySource(new DirectoryInfo(Root), runner.WorkFolder);

        var sections = ReadmeDocument.Sections(Readme());
        var left = ReadmeRunner.IsOnPath("npm") ? [] : sections.Where(NeedsNpm).ToList();
        foreach (var section in sections.Except(left))
        {
            var (exitCode, output) = await runner.RunAsync(section, TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine($"## {section.Title}\n{output}");
            Assert.True(exitCode == 0, $"Section '{section.Title}' ended with exit code {exitCode}:\n{output}");
        }
        Assert.SkipUnless(left.Count == 0, $"No npm on this machine: not run: {string.Join(", ", left.Select(section => section.Title))}");
    }

    [Fact]
    public void The_readme_marks_every_block_so_that_it_is_known_which_are_commands()
    {
        var readme = Readme();

        Assert.DoesNotContain("", ReadmeDocument.Marks(readme));
        Assert.Empty(ReadmeDocument.Marks(readme).Intersect(["bash", "shell", "zsh"]));
        Assert.NotEmpty(ReadmeDocument.Sections(readme));
    }

    private static bool NeedsNpm(ReadmeSection section) =>
        section.Commands.Any(command => command.StartsWith("npm ", StringComparison.Ordinal));

    internal static string Readme()
    {
        var path = Path.Combine(Root, "README.md");
        Assert.SkipUnless(File.Exists(path), "There is no README.md.");
        return File.ReadAllText(path);
    }

    // A copy, so that what a command writes never lands in the source tree.
    private static void CopySource(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories())
            if (folder.Name is not (".git" or "bin" or "obj" or "node_modules"))
                CopySource(folder, Path.Combine(to, folder.Name));
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "WasteFree.Exchange.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No WasteFree.Exchange.sln above {AppContext.BaseDirectory}.");
    }
}
