using WasteFree.Exchange.Catalog.Rows;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Catalog;

/// <summary>Makes the catalogue from stored rows.</summary>
public static class CatalogReader
{
    /// <exception cref="InvalidDataException">A row does not read: rows are checked before they are stored.</exception>
    public static CatalogSnapshot Read(long version, IReadOnlyList<CatalogRow> rows)
    {
        var values = rows.Select(row => Parse(row).Value).ToList();
        return new CatalogSnapshot(
            version,
            values.OfType<Indicator>(),
            values.OfType<Region>(),
            values.OfType<Category>(),
            values.OfType<Target>(),
            values.OfType<PlanTask>(),
            values.OfType<Organization>(),
            values.OfType<Mandate>(),
            values.OfType<Bridge>(),
            values.OfType<Density>(),
            values.OfType<Grant>());
    }

    internal static ParsedRow Parse(CatalogRow row)
    {
        var schema = TableSchema.Find(row.Kind) ?? throw new InvalidDataException($"A stored catalogue row is of the unknown kind '{row.Kind}'.");
        var faults = new List<CatalogFault>();
        var parsed = schema.Read(new RowFields(row.Kind, 0, CatalogContent.Read(row.Content), faults));
        return faults.Count == 0
            ? parsed
            : throw new InvalidDataException($"The stored row '{row.Key}' of {row.Kind} does not read: {faults[0].Column}: {faults[0].MessageEn}");
    }
}
