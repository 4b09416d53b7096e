namespace WasteFree.Exchange.Catalog.Rows;

/// <summary>Makes faults; what was observed is cut to the 100 characters that an answer carries.</summary>
internal static class FaultAt
{
    private const int MaxObserved = 100;

    public static CatalogFault Line(string table, int line, string column, string observed, FaultText text) =>
        new(table, line, Cut(column), Cut(observed), text.Zh, text.En);

    public static CatalogFault Table(string table, string column, string observed, FaultText text) =>
        Line(table, 0, column, observed, text);

    private static string Cut(string text)
    {
        if (text.Length <= MaxObserved) return text;
        // Half of a surrogate pair cannot travel as UTF-8.
        var length = char.IsHighSurrogate(text[MaxObserved - 1]) ? MaxObserved - 1 : MaxObserved;
        return text[..length];
    }
}
