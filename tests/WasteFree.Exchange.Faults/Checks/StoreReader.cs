using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Checks;

/// <summary>An entry of the ledger table.</summary>
internal sealed record StoredEntry(long Position, ChangeKind Kind, long Changeset, string Report, RowCounts Counts);

/// <summary>
/// Reads the database file past the hubs. Each read is a connection of its own, so that a hub that starts on a store
/// which nobody has open recovers its log by itself.
/// </summary>
internal sealed class StoreReader(string folder)
{
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, "exchange.db"),
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,
        DefaultTimeout = 30,
    }.ToString();

    private readonly Dictionary<long, Cell> _series = [];

    public bool Exists => File.Exists(Path.Combine(folder, "exchange.db"));

    public IReadOnlyList<StoredEntry> Ledger(long after, int limit)
    {
        using var connection = Open();
        return [.. connection.Query<LedgerRow>(SelectLedger, new { after, limit }).Select(row => row.ToEntry())];
    }

    public IReadOnlyList<StoredRow> Rows(long changeset)
    {
        using var connection = Open();
        var rows = connection.Query<(long Id, long Key, long Value)>(
            SelectRows, new { lo = changeset << 32, hi = (changeset << 32) | uint.MaxValue }).AsList();
        return [.. rows.Select(row => new StoredRow(row.Id & uint.MaxValue, CellOf(connection, row.Key), (int)row.Value))];
    }

    /// <summary>Head and current values in one state of the database.</summary>
    public (long Position, Dictionary<Cell, int> Cells) Current()
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        var position = connection.ExecuteScalar<long>("SELECT position FROM ledger_head", transaction: transaction);
        var cells = new Dictionary<Cell, int>();
        foreach (var (key, value) in connection.Query<(long Key, long Value)>(SelectCurrent, transaction: transaction))
            cells[CellOf(connection, key)] = (int)value;
        return (position, cells);
    }

    /// <summary>The cursor of an open upload and the rows stored below it; null: it is not open.</summary>
    public (long Offset, long Rows)? Cursor(ModelReport report)
    {
        using var connection = Open();
        var row = connection.QuerySingleOrDefault<CursorRow>(
            SelectCursor, new { organization = Cell.Organizations[report.Organization].Id, name = report.Id });
        return row is null ? null : (row.Offset, row.Rows);
    }

    public string CheckIntegrity()
    {
        using var connection = Open();
        return connection.ExecuteScalar<string>("PRAGMA integrity_check(3)")!;
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }

    private Cell CellOf(SqliteConnection connection, long key)
    {
        var id = key & ((1L << 38) - 1);
        lock (_series)
        {
            if (!_series.TryGetValue(id, out var cell))
            {
                var (organization, scope) = connection.QuerySingle<(string, long)>("SELECT organization, scope FROM series WHERE id = @id", new { id });
                _series[id] = cell = new Cell(Cell.OrganizationOf(organization), 0, (int)scope - 1); // scopes are numbered from 1
            }
            return cell with { Day = (int)((key >> 38) >> 3) - Cell.FirstDay.DayNumber };
        }
    }

    private const string SelectLedger = """
        SELECT l.position AS Position, l.kind AS Kind, l.changeset_id AS Changeset,
            CASE WHEN r.id IS NULL THEN '' ELSE 'organizations/' || r.organization || '/reports/' || r.name END AS Report,
            c.next_offset AS Submitted, c.created AS Created, c.revised AS Revised, c.unchanged AS Unchanged
        FROM ledger l
        JOIN changeset c ON c.id = l.changeset_id
        LEFT JOIN report r ON r.id = c.report_id
        WHERE l.position > @after ORDER BY l.position LIMIT @limit
        """;

    private const string SelectRows = "SELECT id, key, value_mantissa FROM revision WHERE id BETWEEN @lo AND @hi ORDER BY id";

    private const string SelectCurrent = """
        SELECT c.key, r.value_mantissa FROM current c JOIN revision r ON r.id = c.revision_id WHERE r.kind = 0
        """;

    private const string SelectCursor = """
        SELECT c.next_offset AS Offset,
            (SELECT COUNT(*) FROM revision v WHERE v.id BETWEEN c.id << 32 AND (c.id << 32) | 4294967295) AS Rows
        FROM report r JOIN changeset c ON c.id = r.changeset_id
        WHERE r.organization = @organization AND r.name = @name AND r.state = 1
        """;

    private sealed class CursorRow
    {
        public long Offset { get; init; }
        public long Rows { get; init; }
    }

    private sealed class LedgerRow
    {
        public long Position { get; init; }
        public long Kind { get; init; }
        public long Changeset { get; init; }
        public string Report { get; init; } = "";
        public long Submitted { get; init; }
        public long Created { get; init; }
        public long Revised { get; init; }
        public long Unchanged { get; init; }

        public StoredEntry ToEntry() => new(Position, (ChangeKind)Kind, Changeset, Report, new RowCounts
        {
            Submitted = Submitted,
            Created = Created,
            Revised = Revised,
            Unchanged = Unchanged,
        });
    }
}
