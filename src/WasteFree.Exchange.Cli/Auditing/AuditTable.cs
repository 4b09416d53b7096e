using WasteFree.Exchange.Cli.Layout;
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
        "position", "record_time", "organization", "credential", "roles", "operation", "resource", "status", "reason", "row_count", "call_count", "previous_hash", "salt", "entry_hash", "ledger_id", "owners",
    ];

    public static string[] Flat(AuditEntry entry) =>
    [
        entry.Position.ToString(),
        TimeText.Exact(entry.RecordTime),
        entry.Organization,
        entry.Credential,
        string.Join(',', entry.Roles.Select(role => role.Code().ToLowerInvariant())),
        entry.Operation,
        entry.Resource,
        entry.Status.Code(),
        Reason(entry),
        entry.RowCount?.ToString() ?? "",
        entry.CallCount.ToString(),
        Convert.ToHexStringLower(entry.PreviousHash.Span),
        Convert.ToHexStringLower(entry.Salt.Span),
        Convert.ToHexStringLower(entry.EntryHash.Span),
        entry.LedgerId,
        string.Join(',', entry.Owners),
    ];

    public static async Task<long> ShowAsync(IAsyncEnumerable<AuditEntry> entries, Terminal terminal)
    {
        var shown = await entries.Take(TableRows).ToListAsync();
        var table = new TextTable(
            TextColumn.Number("位置 Position"), TextColumn.Code("时间 Time"), TextColumn.Prose("何人 Who"),
            TextColumn.Prose("何事 Action"), TextColumn.Prose("对象 Resource"), TextColumn.Prose("结果 Outcome"), TextColumn.Number("行数 Rows"));
        foreach (var entry in shown)
        {
            table.Add(
                entry.Position.ToString(),
                TimeText.Seconds(entry.RecordTime),
                $"{entry.Organization} {entry.Credential}".Trim(),
                entry.Operation,
                entry.Resource,
                Outcome(entry),
                entry.RowCount?.ToString() ?? "");
        }
        terminal.Results.Show(table);
        if (shown.Count == TableRows) terminal.Note($"至多显示{TableRows}行 at most {TableRows} rows are shown; --format csv 输出全部 gives all.");
        return shown.Count;
    }

    private static string Outcome(AuditEntry entry) =>
        $"{entry.Status.Code()} {Reason(entry)}".TrimEnd() + (entry.CallCount > 1 ? $" × {entry.CallCount}" : "");

    private static string Reason(AuditEntry entry) => entry.Reason == ErrorReason.Unspecified ? "" : entry.Reason.Code();
}
