using Google.Protobuf;
using Spectre.Console;

namespace WasteFree.Exchange.Cli.Catalogue;

/// <summary>A list with all its columns for csv, and those that fit a screen.</summary>
internal sealed class ListTable(IMessage message, string[] columns, IEnumerable<string[]> rows, string[]? shown = null)
{
    /// <summary>The hub's answer, for json.</summary>
    public IMessage Message => message;

    public string[] Columns => columns;

    public IEnumerable<string[]> Rows => rows;

    public void Show(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded };
        var picks = (shown ?? columns).Select(name => Array.IndexOf(columns, name)).ToArray();
        foreach (var pick in picks)
        {
            var column = new TableColumn(columns[pick]);
            // A wrapped code cannot be copied.
            if (columns[pick] is "code" or "id" or "region" or "unit") column.NoWrap();
            table.AddColumn(column);
        }
        foreach (var row in rows) table.AddRow(picks.Select(pick => new Text(row[pick])));
        console.Write(table);
    }
}
