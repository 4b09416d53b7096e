using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Catalog;

/// <summary>One fault of a table that was to be loaded.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Line">Line of the file where the row begins, the header is line 1; 0 for the table as a whole.</param>
/// <param name="Column">Column; empty for the whole row.</param>
/// <param name="Observed">What was found, at most 100 characters.</param>
/// <param name="MessageZh">What is wrong and what to do, in Chinese.</param>
/// <param name="MessageEn">What is wrong and what to do, in English.</param>
public sealed record CatalogFault(string Table, int Line, string Column, string Observed, string MessageZh, string MessageEn);

/// <summary>What a load would change. With any fault it changes nothing: <see cref="Changed"/> is empty.</summary>
/// <param name="Faults">Every fault in order of tables and lines.</param>
/// <param name="Changed">Rows to append: new ones and those with another content.</param>
/// <param name="Created">Rows new to the catalogue.</param>
/// <param name="Replaced">Rows that replace another content.</param>
/// <param name="Unchanged">Rows equal to what is there.</param>
public sealed record CatalogLoad(
    IReadOnlyList<CatalogFault> Faults,
    IReadOnlyList<CatalogRow> Changed,
    int Created,
    int Replaced,
    int Unchanged);
