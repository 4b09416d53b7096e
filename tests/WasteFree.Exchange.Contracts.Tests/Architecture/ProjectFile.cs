using System.Xml.Linq;

namespace WasteFree.Exchange.Contracts.Tests.Architecture;

/// <summary>What a project says that it needs.</summary>
internal sealed record ProjectFile(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks)
{
    /// <summary>The projects of the product: those in <c>src/</c> and <c>clients/</c>.</summary>
    public static IReadOnlyList<ProjectFile> Product { get; } = [.. Repository.Files(["src", "clients"], ".csproj").Select(Read)];

    private static ProjectFile Read(string path)
    {
        var xml = XDocument.Load(Repository.PathOf(path));
        return new(
            Path.GetFileNameWithoutExtension(path),
            [.. Includes(xml, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Includes(xml, "PackageReference")],
            [.. Includes(xml, "FrameworkReference").Append((string?)xml.Root!.Attribute("Sdk") ?? "")]);
    }

    private static IEnumerable<string> Includes(XDocument xml, string element) =>
        xml.Descendants(element).Select(item => (string?)item.Attribute("Include") ?? "");
}
