namespace WasteFree.Exchange.Contracts.Tests.Architecture;

public sealed class ProjectTests
{
    private const string Core = "WasteFree.Exchange";

    // Another arrow is a decision on the shape of the whole: it is made here, in sight.
    private static readonly string[] Arrows =
    [
        "WasteFree.Exchange.Cli -> WasteFree.Exchange.Client",
        "WasteFree.Exchange.Cli -> WasteFree.Exchange.Server",
        "WasteFree.Exchange.Client -> WasteFree.Exchange.Contracts",
        "WasteFree.Exchange.Server -> WasteFree.Exchange",
        "WasteFree.Exchange.Server -> WasteFree.Exchange.Contracts",
        "WasteFree.Exchange.Server -> WasteFree.Exchange.Storage",
        "WasteFree.Exchange.Storage -> WasteFree.Exchange",
    ];

    [Fact]
    public void Projects_refer_to_each_other_in_the_agreed_direction_only() =>
        Assert.Equal(
            Arrows,
            ProjectFile.Product
                .SelectMany(project => project.Projects.Select(other => $"{project.Name} -> {other}"))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void The_core_knows_no_transport_no_database_and_no_web_framework()
    {
        var core = ProjectFile.Product.Single(project => project.Name == Core);

        Assert.Equal(["CsvHelper"], core.Packages);
        Assert.Equal(["Microsoft.NET.Sdk"], core.Frameworks);
        // System.Data is part of the runtime: no reference would show it.
        Assert.Empty(Source.UsesOf("System.Data", $"src/{Core}"));
    }

    [Theory]
    [InlineData("Dapper", "WasteFree.Exchange.Storage")]
    [InlineData("Microsoft.Data.Sqlite", "WasteFree.Exchange.Storage")]
    [InlineData("Grpc.AspNetCore", "WasteFree.Exchange.Server")]
    [InlineData("System.CommandLine", "WasteFree.Exchange.Cli")]
    [InlineData("Spectre.Console", "WasteFree.Exchange.Cli")]
    public void A_heavy_package_is_used_by_one_project(string package, string owner) =>
        Assert.Equal([owner], ProjectFile.Product.Where(project => project.Packages.Contains(package)).Select(project => project.Name));

    [Theory]
    [InlineData("Validation")]
    [InlineData("Comparison")]
    public void Validation_and_comparison_look_at_no_clock_no_disk_and_no_store(string feature)
    {
        // Pure functions of their inputs: what they say about a report can be said again, anywhere, at any time.
        var folder = $"src/{Core}/{feature}";

        foreach (var impure in new[] { "TimeProvider", "System.IO", "File.", "ILogger", "IExchangeStore", "Random", "async " })
            Assert.Empty(Source.UsesOf(impure, folder));
    }
}
