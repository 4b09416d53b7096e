using WasteFree.Exchange.Validation;

namespace WasteFree.Exchange.Catalog.Rows;

/// <summary>Makes faults; what was observed is repeated as an excerpt.</summary>
internal static class FaultAt
{
    public static CatalogFault Line(string table, int line, string column, string observed, FaultText text) =>
        new(table, line, Excerpt.Of(column), Excerpt.Of(observed), text.Zh, text.En);

    public static CatalogFault Table(string table, string column, string observed, FaultText text) =>
        Line(table, 0, column, observed, text);
}
