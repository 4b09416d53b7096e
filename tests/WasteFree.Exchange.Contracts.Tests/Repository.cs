namespace WasteFree.Exchange.Contracts.Tests;

/// <summary>The files of the repository that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string ReadText(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Files below the folders with one of the endings, relative to the root, build output left out.</summary>
    public static IReadOnlyList<string> Files(IEnumerable<string> folders, params string[] endings) =>
        [.. folders
            .Select(PathOf)
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "WasteFree.Exchange.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No WasteFree.Exchange.sln above {AppContext.BaseDirectory}.");
    }
}
