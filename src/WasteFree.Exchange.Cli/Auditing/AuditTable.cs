using Spectre.Console;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Auditing;

/// <summary>The entries of the audit log, for the eye and as flat text.</summary>
internal static class AuditTable
{
    /// <summary>A table is for the eye: more rows are for csv.</summary>
    private const int TableRows = 1000;

    public static readonly string[] Columns =
    [
        "position", "time", "organization", "credential", "roles", "action", "resource", "status", "reason", "rows", "calls", "previous_hash", "hash",
    ];

    public static string[] Flat(AuditEntry entry) =>
    [
        entry.Position.ToString(),
        TimeText.Exact(entry.Time),
        entry.Organization,
        entry.Credential,
        entry.Roles,
        entry.Action,
        entry.Resource,
        entry.Status,
        entry.Reason,
        entry.HasRows ? entry.Rows.ToString() : "",
        entry.Calls.ToString(),
        Convert.ToHexStringLower(entry.PreviousHash.Span),
        Convert.ToHexStringLower(entry.Hash.Span),
    ];

    public static async Task<long> ShowAsync(IAsyncEnumerable<AuditEntry> entries, Terminal terminal)
    {
        var shown = await entries.Take(TableRows).ToListAsync();
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(
            new TableColumn("位置 Position").RightAligned().NoWrap(), new TableColumn("时间 Time").NoWrap(), new TableColumn("何人 Who"),
            new TableColumn("何事 Action"), new TableColumn("对象 Resource"), new TableColumn("结果 Outcome"), new TableColumn("行数 Rows").RightAligned().NoWrap());
        foreach (var entry in shown)
        {
            table.AddRow(
                new Text(entry.Position.ToString()),
                new Text(TimeText.Seconds(entry.Time)),
                new Text($"{entry.Organization} {entry.Credential}".Trim()),
                new Text(entry.Action),
                new Text(entry.Resource),
                new Text(Outcome(entry)),
                new Text(entry.HasRows ? entry.Rows.ToString() : ""));
        }
        terminal.Results.Write(table);
        if (shown.Count == TableRows) terminal.Note($"至多显示{TableRows}行 at most {TableRows} rows are shown; --format csv 输出全部 gives all.");
        return shown.Count;
    }

    private static string Outcome(AuditEntry entry) =>
        $"{entry.Status} {entry.Reason}".TrimEnd() + (entry.Calls > 1 ? $" × {entry.Calls}" : "");
}
