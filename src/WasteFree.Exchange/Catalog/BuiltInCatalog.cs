using System.Text;

namespace WasteFree.Exchange.Catalog;

/// <summary>The tables that the project carries; see Data/README.md for what they hold and where it comes from.</summary>
public static class BuiltInCatalog
{
    /// <summary>The catalogue of a new hub.</summary>
    public static IReadOnlyList<CatalogTable> Tables { get; } =
    [
        Table(CatalogTableKind.Indicators, "indicators-2021.csv"),
        Table(CatalogTableKind.Indicators, "indicators-hub.csv"),
        Table(CatalogTableKind.Regions, "regions.csv"),
        Table(CatalogTableKind.Schemes, "schemes.csv"),
        Table(CatalogTableKind.SchemeMembers, "scheme-members.csv"),
        Table(CatalogTableKind.Categories, "categories.csv"),
        Table(CatalogTableKind.Targets, "targets.csv"),
        Table(CatalogTableKind.Tasks, "tasks.csv"),
        Table(CatalogTableKind.Organizations, "organizations.csv"),
        Table(CatalogTableKind.Mandates, "mandates.csv"),
    ];

    /// <summary>Organisations whose data are made up (示例): for demonstrations, never for a hub in service.</summary>
    public static IReadOnlyList<CatalogTable> IllustrativeTables { get; } =
    [
        Table(CatalogTableKind.Organizations, "illustrative-organizations.csv"),
    ];

    /// <summary>Words of Chinese tables for units; what each kind is, <see cref="Catalog.UnitNames"/> says.</summary>
    internal static IReadOnlyList<(string Word, string Kind, string Unit)> UnitNames =>
    [
        .. Encoding.UTF8.GetString(Read("unit-names.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Skip(1).Select(line => line.Split(',')).Select(cells => (cells[0], cells[1], cells[2])),
    ];

    private static CatalogTable Table(CatalogTableKind kind, string name) => new(kind, name, Read(name));

    private static byte[] Read(string name)
    {
        using var stream = typeof(BuiltInCatalog).Assembly.GetManifestResourceStream($"catalog/{name}")
            ?? throw new InvalidOperationException($"The catalogue table {name} is not in the assembly.");
        var csv = new byte[stream.Length];
        stream.ReadExactly(csv);
        return csv;
    }
}
