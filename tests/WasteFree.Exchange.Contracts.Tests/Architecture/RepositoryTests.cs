namespace WasteFree.Exchange.Contracts.Tests.Architecture;

public sealed class RepositoryTests
{
    private const int LongestFile = 400;

    // The six of the project, then what tools insist on finding at a root.
    private static readonly string[] TopLevel =
    [
        "README.md", "WasteFree.Exchange.sln", "clients", "protos", "src", "tests",
        ".ci", ".editorconfig", ".git", ".gitignore", "CHANGELOG.md", "Directory.Build.props", "Directory.Packages.props", "LICENSE", "global.json",
    ];

    [Fact]
    public void The_top_level_holds_the_agreed_names_only()
    {
        var ignored = File.ReadLines(Repository.PathOf(".gitignore")).Select(line => line.TrimEnd('/'));
        var names = Directory.EnumerateFileSystemEntries(Repository.Root).Select(Path.GetFileName);

        Assert.Empty(names.Except(TopLevel).Except(ignored));
    }

    [Fact]
    public void No_source_file_is_longer_than_one_idea()
    {
        var files = Repository.Files(["src", "clients", "tests"], ".cs", ".sql", ".sh");

        Assert.NotEmpty(files);
        Assert.Empty(files
            .Select(file => (file, lines: File.ReadLines(Repository.PathOf(file)).Count()))
            .Where(file => file.lines > LongestFile)
            .Select(file => $"{file.file}: {file.lines} lines"));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.ReadText("WasteFree.Exchange.sln").Replace('\\', '/');

        Assert.All(Repository.Files(["src", "clients", "tests"], ".csproj"), project => Assert.Contains(project, solution));
    }
}
