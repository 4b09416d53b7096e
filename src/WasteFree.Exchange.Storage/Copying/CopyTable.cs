namespace WasteFree.Exchange.Storage.Copying;

/// <summary>A table that a copy takes over, with the same name and columns in both databases.</summary>
internal sealed record CopyTable(string Name, string Order, bool HasIdentity, params string[] Columns)
{
    /// <summary>All of them. The head of the ledger comes last: until then the copy is no store that could be gone on with.</summary>
    public static IReadOnlyList<CopyTable> All { get; } =
    [
        new("ledger", "position", false, "position", "committed_at", "kind", "changeset_id", "catalog_version", "previous_hash", "salt", "entry_hash", "algorithm", "key_id", "signature"),
        new("changeset", "id", true,
            "id", "kind", "report_id", "state", "position", "epoch", "writer", "next_offset", "digest_state", "stored_state", "row_policy", "catalog_version", "created_at", "touched_at",
            "rejected", "created", "revised", "unchanged", "duplicate", "findings", "swept"),
        new("report", "id", true, "id", "organization", "name", "state", "changeset_id", "withdraw_changeset_id", "withdraw_reason", "retract_changeset_id", "retract_reason",
            "earlier_writers", "created_at"),
        new("finding", "changeset_id, sequence", false,
            "changeset_id", "sequence", "rule", "severity", "field", "observed", "expected", "tolerance", "message_zh", "message_en", "fingerprint"),
        new("finding_count", "changeset_id, [rule]", false, "changeset_id", "rule", "organization", "found", "kept"),
        new("series", "id", true, "id", "indicator", "region", "scope", "category", "organization", "major"),
        new("period", "number", false, "number"),
        new("unit", "id", true, "id", "code"),
        new("catalog_row", "kind, [key], changeset_id", false, "kind", "key", "changeset_id", "content"),
        new("revision", "id", false,
            "id", "key", "kind", "version_minor", "value_mantissa", "value_scale", "numerator_mantissa", "numerator_scale",
            "denominator_mantissa", "denominator_scale", "unit_id", "status", "confidentiality", "note", "collection_method", "evidence", "numerator_unit_id", "denominator_unit_id"),
        new("superseded", "[key], by_id", false, "key", "by_id", "revision_id"),
        new("current", "[key]", false, "key", "revision_id", "asserted_id"),
        new("retracted", "[key], revision_id", false, "key", "revision_id"),
        new("store_key", "name", false, "name", "value"),
        new("audit", "position", false,
            "position", "recorded_at", "organization", "credential", "roles", "action", "resource", "status", "reason", "owners", "rows_read", "calls", "previous_hash", "salt", "hash"),
        new("audit_head", "id", false, "id", "position", "recorded_at", "hash", "algorithm", "key_id", "signature"),
        new("ledger_head", "id", false, "id", "position", "committed_at", "catalog_version", "entry_hash", "ledger_id"),
    ];

    /// <summary>A new store has one row in it already.</summary>
    public bool IsHead => Name.EndsWith("_head", StringComparison.Ordinal);

    public string ColumnList { get; } = string.Join(", ", Columns.Select(column => $"[{column}]"));

    public string Select => $"SELECT {ColumnList} FROM [{Name}] ORDER BY {Order}";

    public string Count => $"SELECT COUNT(*) FROM [{Name}]";
}
