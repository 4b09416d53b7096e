namespace WasteFree.Exchange.Catalog.Rows;

/// <summary>A row as its type.</summary>
/// <param name="Value">The record.</param>
/// <param name="Key">Key within the table; its parts are joined by TAB, which no column may hold. Empty: a part of it is at fault.</param>
/// <param name="Identity">The code by which other rows refer to it; empty: they do not.</param>
/// <param name="References">What it refers to.</param>
internal sealed record ParsedRow(CatalogRecord Value, string Key, string Identity, IReadOnlyList<Reference> References)
{
    /// <summary>The key of these parts, all of which must be there.</summary>
    public static string KeyOf(params string[] parts) => Array.Exists(parts, part => part.Length == 0) ? "" : string.Join('\t', parts);
}

/// <summary>A code in a column that must exist in a table.</summary>
internal readonly record struct Reference(string Column, CatalogTableKind To, string Code)
{
    /// <summary>Empty codes refer to nothing.</summary>
    public static IReadOnlyList<Reference> List(params IEnumerable<Reference> references) =>
        [.. references.Where(reference => reference.Code.Length > 0)];

    public static IEnumerable<Reference> Each(string column, CatalogTableKind to, IEnumerable<string> codes) =>
        codes.Select(code => new Reference(column, to, code));
}
