using Google.Protobuf;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Cli.Layout;

namespace WasteFree.Exchange.Cli.Catalogue;

/// <summary>A list of the catalogue: whole, as <c>wfx catalog load</c> reads it again, and what of it fits a screen.</summary>
internal sealed class ListTable(
    IMessage message, CatalogTableKind kind, IReadOnlyList<IReadOnlyDictionary<string, string>> stored, string[] columns, IEnumerable<string[]> rows)
{
    /// <summary>The hub's answer, for json.</summary>
    public IMessage Message => message;

    /// <summary>Of the table as a file.</summary>
    public string[] Header { get; } = [.. CatalogTable.HeaderFor(kind, stored)];

    /// <summary>The rows under <see cref="Header"/>, as they were loaded.</summary>
    public IEnumerable<string[]> Records => stored.Select(row => Header.Select(column => row.GetValueOrDefault(column, "")).ToArray());

    public void Show(Screen screen)
    {
        var table = new TextTable([.. columns.Select(name => name == "goal" ? TextColumn.Code(name) : TextColumn.Prose(name))]);
        foreach (var row in rows) table.Add(row);
        screen.Show(table);
    }
}
