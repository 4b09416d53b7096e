using System.Text.Json;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Auditing;

/// <summary>
/// Writes the audit log to its end, newest entries first, and then how many there were and the signed end of the log that they
/// lead up to. On the way it follows the chain: what is missing is told.
/// </summary>
internal sealed class AuditExport
{
    private AuditEntry? _last;

    public long Count { get; private set; }

    /// <summary>Null: the hub tells an organisation's auditor none.</summary>
    public AuditHead? Head { get; private set; }

    /// <summary>The first place where entries do not follow on each other; null: none.</summary>
    public long? BrokenAt { get; private set; }

    /// <summary>Whether every entry of the log was there, down to the first.</summary>
    public bool IsWhole => Head is null || (BrokenAt is null && Count == Head.Position);

    /// <summary>One JSON object a line; the last one holds <c>end</c>.</summary>
    public async Task WriteJsonAsync(IAsyncEnumerable<ListAuditEntriesResponse> pages, TextWriter output)
    {
        await foreach (var page in pages)
            foreach (var entry in Take(page)) output.WriteLine(Json.LineOf(entry));
        var head = Head is null ? "" : $",\"head\":{Json.LineOf(Head)}";
        output.WriteLine($"{{\"end\":{{\"count\":{JsonSerializer.Serialize(Count.ToString())}{head}}}}}");
    }

    /// <summary>The last record begins with <c>end</c>.</summary>
    public async Task WriteCsvAsync(IAsyncEnumerable<ListAuditEntriesResponse> pages, TextWriter output)
    {
        await using var csv = CsvCells.WriterOf(output);
        csv.WriteRecord(AuditTable.Columns);
        await foreach (var page in pages)
            foreach (var entry in Take(page)) csv.WriteRecord(AuditTable.Flat(entry));
        string[] head = Head is null ? [] :
        [
            $"position={Head.Position}", $"entry_hash={Convert.ToHexStringLower(Head.EntryHash.Span)}", $"algorithm={Head.Algorithm}", $"key_id={Head.KeyId}",
            $"signature={Convert.ToHexStringLower(Head.Signature.Span)}",
        ];
        string[] end = ["end", $"count={Count}", .. head];
        csv.WriteRecord([.. end, .. Enumerable.Repeat("", AuditTable.Columns.Length - end.Length)]);
    }

    private IEnumerable<AuditEntry> Take(ListAuditEntriesResponse page)
    {
        if (Count == 0) Head ??= page.Head;
        foreach (var entry in page.Entries)
        {
            Count++;
            var (position, hash) = _last is { } later ? (later.Position - 1, later.PreviousHash) : (Head?.Position ?? 0, Head?.EntryHash);
            if (Head is not null && (entry.Position != position || !entry.EntryHash.Equals(hash))) BrokenAt ??= position;
            _last = entry;
            yield return entry;
        }
    }
}
