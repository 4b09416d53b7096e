using WasteFree.Exchange.Catalog.Rows;

namespace WasteFree.Exchange.Catalog;

/// <summary>What a catalogue table holds.</summary>
public enum CatalogTableKind { Indicators, Regions, Categories, Targets, Tasks, Organizations, Mandates, Bridges, Densities, Grants, Schemes, SchemeMembers }

/// <summary>One table as CSV (RFC 4180, a header, UTF-8 with or without BOM); its columns are in Data/README.md.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">Its name in faults, mostly the file's name.</param>
/// <param name="Csv">The file.</param>
public sealed record CatalogTable(CatalogTableKind Kind, string Name, ReadOnlyMemory<byte> Csv)
{
    /// <summary>Columns of a file that holds these rows whole: all that the hub knows in their order, then the others that occur.</summary>
    public static IReadOnlyList<string> HeaderFor(CatalogTableKind kind, IEnumerable<IReadOnlyDictionary<string, string>> rows)
    {
        var known = TableSchema.Of(kind).Columns;
        return [.. known, .. rows.SelectMany(row => row.Keys).Except(known).Order(StringComparer.Ordinal)];
    }
}
