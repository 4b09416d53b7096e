using System.Data.Common;
using Dapper;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>The tables as they are, read beside the store with plain SELECTs that every database takes.</summary>
internal sealed class StoredRows
{
    public required HeadRow Head { get; init; }
    public required IReadOnlyList<LedgerRow> Ledger { get; init; }
    public required IReadOnlyDictionary<long, ChangesetRow> Changesets { get; init; }
    public required IReadOnlyList<ReportRow> Reports { get; init; }
    public required IReadOnlyDictionary<long, RevisionRow> Revisions { get; init; }
    public required IReadOnlyList<CurrentRow> Current { get; init; }
    public required IReadOnlyList<SupersededRow> Superseded { get; init; }

    /// <summary>Revisions that are marked as withheld.</summary>
    public required IReadOnlySet<(long Key, long Revision)> Retracted { get; init; }

    /// <summary>Changeset of each finding.</summary>
    public required IReadOnlyList<long> Findings { get; init; }

    public required IReadOnlyList<FindingCountRow> FindingCounts { get; init; }

    /// <summary>Changeset of each catalogue row.</summary>
    public required IReadOnlyList<long> CatalogRows { get; init; }

    public required IReadOnlySet<long> Series { get; init; }
    public required IReadOnlySet<long> Units { get; init; }
    public required IReadOnlySet<long> Periods { get; init; }

    public static async Task<StoredRows> ReadAsync(StoreDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return new StoredRows
        {
            Head = (await ListAsync<HeadRow>(connection, HeadRow.Select)).Single(),
            Ledger = await ListAsync<LedgerRow>(connection, LedgerRow.Select),
            Changesets = (await ListAsync<ChangesetRow>(connection, ChangesetRow.Select)).ToDictionary(row => row.Id),
            Reports = await ListAsync<ReportRow>(connection, ReportRow.Select),
            Revisions = (await ListAsync<RevisionRow>(connection, RevisionRow.Select)).ToDictionary(row => row.Id),
            Current = await ListAsync<CurrentRow>(connection, CurrentRow.Select),
            Superseded = await ListAsync<SupersededRow>(connection, SupersededRow.Select),
            Retracted = (await ListAsync<SupersededRow>(connection, "SELECT [key] AS [Key], 0 AS ById, revision_id AS Revision FROM retracted"))
                .Select(row => (row.Key, row.Revision)).ToHashSet(),
            Findings = await ListAsync<long>(connection, "SELECT changeset_id FROM finding"),
            FindingCounts = await ListAsync<FindingCountRow>(connection, "SELECT changeset_id AS Changeset, found AS Found, kept AS Kept FROM finding_count"),
            CatalogRows = await ListAsync<long>(connection, "SELECT changeset_id FROM catalog_row"),
            Series = (await ListAsync<long>(connection, "SELECT id FROM series")).ToHashSet(),
            Units = (await ListAsync<long>(connection, "SELECT id FROM unit")).ToHashSet(),
            Periods = (await ListAsync<long>(connection, "SELECT number FROM period")).ToHashSet(),
        };
    }

    private static async Task<List<T>> ListAsync<T>(DbConnection connection, string sql) => [.. await connection.QueryAsync<T>(sql)];

    internal sealed class HeadRow
    {
        public const string Select = """
            SELECT position AS Position, committed_at AS CommittedAt, catalog_version AS CatalogVersion, entry_hash AS EntryHash,
                ledger_id AS LedgerId
            FROM ledger_head
            """;

        public long Position { get; init; }
        public long CommittedAt { get; init; }
        public long CatalogVersion { get; init; }
        public byte[] EntryHash { get; init; } = [];
        public string LedgerId { get; init; } = "";
    }

    internal sealed class LedgerRow
    {
        public const string Select = """
            SELECT position AS Position, committed_at AS CommittedAt, kind AS Kind, changeset_id AS Changeset,
                catalog_version AS CatalogVersion, previous_hash AS PreviousHash, salt AS Salt, entry_hash AS EntryHash,
                algorithm AS Algorithm, key_id AS KeyId
            FROM ledger ORDER BY position
            """;

        public long Position { get; init; }
        public long CommittedAt { get; init; }
        public long Kind { get; init; }
        public long Changeset { get; init; }
        public long CatalogVersion { get; init; }
        public byte[] PreviousHash { get; init; } = [];
        public byte[] Salt { get; init; } = [];
        public string? Algorithm { get; init; }
        public string? KeyId { get; init; }
        public byte[] EntryHash { get; init; } = [];
    }

    internal sealed class ChangesetRow
    {
        public const string Select = """
            SELECT id AS Id, kind AS Kind, report_id AS Report, state AS State, position AS Position, next_offset AS NextOffset,
                digest_state AS DigestState, stored_state AS StoredState, rejected AS Rejected, created AS Created, revised AS Revised, unchanged AS Unchanged,
                duplicate AS Duplicate, findings AS Findings, swept AS Swept
            FROM changeset
            """;

        public long Id { get; init; }
        public long Kind { get; init; }
        public long? Report { get; init; }
        public long State { get; init; }
        public long? Position { get; init; }
        public long NextOffset { get; init; }
        public byte[] DigestState { get; init; } = [];
        public byte[] StoredState { get; init; } = [];
        public long Rejected { get; init; }
        public long Created { get; init; }
        public long Revised { get; init; }
        public long Unchanged { get; init; }
        public long Duplicate { get; init; }
        public long Findings { get; init; }
        public long Swept { get; init; }
    }

    internal sealed class ReportRow
    {
        public const string Select = """
            SELECT id AS Id, organization AS Organization, name AS Name, state AS State, changeset_id AS Changeset,
                withdraw_changeset_id AS WithdrawChangeset, retract_changeset_id AS RetractChangeset
            FROM report
            """;

        public long Id { get; init; }
        public string Organization { get; init; } = "";
        public string Name { get; init; } = "";
        public long State { get; init; }
        public long Changeset { get; init; }
        public long? WithdrawChangeset { get; init; }
        public long? RetractChangeset { get; init; }
    }

    /// <summary>Content is compared by the store's tests; here only what ties the row to others.</summary>
    internal sealed class RevisionRow
    {
        public const string Select = "SELECT id AS Id, [key] AS [Key], kind AS Kind, unit_id AS Unit FROM revision";

        public long Id { get; init; }
        public long Key { get; init; }
        public long Kind { get; init; }
        public long Unit { get; init; }

        public bool ChangesCurrent => Kind is 0 or 1;
    }

    internal sealed record CurrentRow
    {
        public const string Select = "SELECT [key] AS [Key], revision_id AS Revision, asserted_id AS Asserted FROM [current] ORDER BY [key]";

        public long Key { get; init; }
        public long Revision { get; init; }
        public long Asserted { get; init; }
    }

    internal sealed record SupersededRow
    {
        public const string Select = "SELECT [key] AS [Key], by_id AS ById, revision_id AS Revision FROM superseded ORDER BY [key], by_id";

        public long Key { get; init; }
        public long ById { get; init; }
        public long Revision { get; init; }
    }

    internal sealed record FindingCountRow
    {
        public long Changeset { get; init; }
        public long Found { get; init; }
        public long Kept { get; init; }
    }
}
