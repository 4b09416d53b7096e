using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Catalog;

/// <summary>
/// Checks tables against each other and against the catalogue, and says what loading them would change. Pure: the
/// caller appends <see cref="CatalogLoad.Changed"/>.
/// </summary>
public static class CatalogLoader
{
    /// <summary>
    /// A row replaces the stored row of its key; a column that its file does not have keeps the stored text, an empty cell
    /// empties it. Rows that are not in the load stay. Rows may name others of the same load in any order. What stored
    /// values mean never changes: see <see cref="Rows.LastingMeaning"/>.
    /// </summary>
    /// <param name="tables">The tables, several of one kind permitted.</param>
    /// <param name="current">The catalogue's rows.</param>
    /// <param name="allowIllustrative">Whether organisations may be illustrative.</param>
    public static CatalogLoad Load(IReadOnlyList<CatalogTable> tables, IReadOnlyList<CatalogRow> current, bool allowIllustrative)
    {
        var batch = new LoadBatch(current, allowIllustrative);
        foreach (var table in tables) batch.Add(table);
        batch.CheckTogether();

        var faults = batch.FaultsInOrder();
        return faults.Count > 0 ? new CatalogLoad(faults, [], 0, 0, 0) : Compare(batch.Rows, current);
    }

    private static CatalogLoad Compare(IReadOnlyList<LoadedRow> rows, IReadOnlyList<CatalogRow> current)
    {
        var stored = current.ToDictionary(row => (row.Kind, row.Key), row => row.Content);
        var changed = new List<CatalogRow>();
        var created = 0;
        foreach (var row in rows)
        {
            var known = stored.TryGetValue((row.Schema.Name, row.Parsed.Key), out var content);
            if (!known) created++;
            if (!known || content != row.Content) changed.Add(new CatalogRow(row.Schema.Name, row.Parsed.Key, row.Content));
        }
        return new CatalogLoad([], changed, created, changed.Count - created, rows.Count - changed.Count);
    }
}
