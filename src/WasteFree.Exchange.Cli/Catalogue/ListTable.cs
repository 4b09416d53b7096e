using Google.Protobuf;
using Spectre.Console;
using WasteFree.Exchange.Catalog;

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

    public void Show(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var name in columns)
        {
            var column = new TableColumn(name);
            // A wrapped code cannot be copied.
            if (name is "code" or "id" or "region" or "unit" or "goal") column.NoWrap();
            table.AddColumn(column);
        }
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        console.Write(table);
    }
}
