using WasteFree.Exchange.Catalog.Rows;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Catalog;

/// <summary>Makes the catalogue from stored rows.</summary>
public static class CatalogReader
{
    /// <exception cref="InvalidDataException">A row does not read: rows are checked before they are stored.</exception>
    public static CatalogSnapshot Read(long version, IReadOnlyList<CatalogRow> rows) => Of(version, [.. rows.Select(row => Parse(row).Value)]);

    internal static CatalogSnapshot Of(long version, IReadOnlyList<CatalogRecord> records) => new(
        version,
        records.OfType<Indicator>(),
        records.OfType<Region>(),
        records.OfType<Category>(),
        records.OfType<Target>(),
        records.OfType<PlanTask>(),
        records.OfType<Organization>(),
        records.OfType<Mandate>(),
        records.OfType<Bridge>(),
        records.OfType<Density>(),
        records.OfType<Grant>(),
        records.OfType<RegionScheme>(),
        records.OfType<SchemeMember>());

    internal static ParsedRow Parse(CatalogRow row)
    {
        var schema = TableSchema.Find(row.Kind) ?? throw new InvalidDataException($"A stored catalogue row is of the unknown kind '{row.Kind}'.");
        var columns = CatalogContent.Read(row.Content);
        var faults = new List<CatalogFault>();
        var parsed = schema.Read(new RowFields(row.Kind, 0, columns, faults));
        return faults.Count == 0
            ? parsed with { Value = parsed.Value with { Columns = columns } }
            : throw new InvalidDataException($"The stored row '{row.Key}' of {row.Kind} does not read: {faults[0].Column}: {faults[0].MessageEn}");
    }
}
