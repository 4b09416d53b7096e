using System.Data.Common;
using Dapper;
using WasteFree.Exchange.Faults.Databases;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Checks;

/// <summary>An entry of the ledger table.</summary>
internal sealed record StoredEntry(long Position, WatchChangeKind Kind, long Changeset, string Report, DateTimeOffset CommittedAt, RowCounts Counts);

/// <summary>Reads the database past the hubs.</summary>
internal sealed class StoreReader(StageDatabase database)
{
    private readonly Dictionary<long, Cell> _series = [];

    public bool Exists => database.Exists;

    public bool IsPassing(DbException exception) => database.IsPassing(exception);

    /// <summary>Another state of the database took the place of this one: numbers may stand for other series.</summary>
    public void Forget()
    {
        lock (_series) _series.Clear();
    }

    public IReadOnlyList<StoredEntry> Ledger(long after, int limit) =>
        Read(state => state.Query<LedgerRow>(SelectLedger + database.Limit, new { after, limit }).Select(row => row.ToEntry()).ToList());

    public IReadOnlyList<StoredRow> Rows(long changeset) => Read(state => state
        .Query<ValueRow>(SelectRows, new { lo = changeset << 32, hi = (changeset << 32) | uint.MaxValue })
        .Select(row => new StoredRow(row.Id & uint.MaxValue, CellOf(state, row.Key), (int)row.Value))
        .ToList());

    /// <summary>Head and current values in one state of the database.</summary>
    public (long Position, Dictionary<Cell, int> Cells) Current() => Read(state =>
    {
        var position = state.Query<long>("SELECT position FROM ledger_head")[0];
        var cells = new Dictionary<Cell, int>();
        foreach (var row in state.Query<ValueRow>(SelectCurrent)) cells[CellOf(state, row.Key)] = (int)row.Value;
        return (position, cells);
    });

    /// <summary>What the ledger has more or less often than the audit log.</summary>
    public IReadOnlyList<string> LoggedOtherwise() => Read(state => state.Query<string>(SelectLoggedOtherwise));

    /// <summary>The cursor of an open upload and the rows stored below it; null: it is not open.</summary>
    public (long Offset, long Rows)? Cursor(ModelReport report) => Read<(long Offset, long Rows)?>(state =>
        state.Query<CursorRow>(SelectCursor, new { organization = Cell.Organizations[report.Organization].Id, name = report.Id }) is [var row]
            ? (row.Offset, row.Rows)
            : null);

    private T Read<T>(Func<State, T> read)
    {
        using var connection = database.Open();
        using var transaction = database.BeginRead(connection);
        return read(new State(connection, transaction));
    }

    private Cell CellOf(State state, long key)
    {
        var id = key & ((1L << 38) - 1);
        lock (_series)
        {
            if (!_series.TryGetValue(id, out var cell))
            {
                var row = state.Query<SeriesRow>("SELECT organization AS Organization, scope AS Scope FROM series WHERE id = @id", new { id })[0];
                _series[id] = cell = new Cell(Cell.OrganizationOf(row.Organization), 0, (int)row.Scope - 1); // scopes are numbered from 1
            }
            return cell with { Day = (int)((key >> 38) >> 3) - Cell.FirstDay.DayNumber };
        }
    }

    private const string SelectLedger = """
        SELECT l.position AS Position, l.committed_at AS CommittedAt, l.kind AS Kind, l.changeset_id AS Changeset,
            CASE WHEN r.id IS NULL THEN '' ELSE CONCAT('organizations/', r.organization, '/reports/', r.name) END AS Report,
            c.next_offset AS Submitted, c.created AS Created, c.revised AS Revised, c.unchanged AS Unchanged
        FROM ledger l
        JOIN changeset c ON c.id = l.changeset_id
        LEFT JOIN report r ON r.id = c.report_id
        WHERE l.position > @after
        ORDER BY l.position

        """;

    private const string SelectRows = """
        SELECT id AS Id, [key] AS [Key], value_mantissa AS Value FROM revision WHERE id BETWEEN @lo AND @hi ORDER BY id
        """;

    private const string SelectCurrent = """
        SELECT r.id AS Id, c.[key] AS [Key], r.value_mantissa AS Value FROM [current] c JOIN revision r ON r.id = c.revision_id WHERE r.kind = 0
        """;

    private const string SelectLoggedOtherwise = """
        SELECT subject FROM (
            SELECT CASE WHEN r.id IS NULL THEN 'catalog' ELSE CONCAT('organizations/', r.organization, '/reports/', r.name) END AS subject, 1 AS changes
            FROM ledger l
            JOIN changeset c ON c.id = l.changeset_id
            LEFT JOIN report r ON r.id = c.report_id
            UNION ALL
            SELECT resource, -1 FROM audit
            WHERE status = 'OK' AND reason = ''
                AND action IN ('ReportService/UploadReport', 'ReportService/CommitUpload', 'ReportService/SubmitReport', 'ReportService/WithdrawReport', 'AdminService/LoadCatalog', 'hub/LoadCatalog')
        ) both_sides
        GROUP BY subject
        HAVING SUM(changes) <> 0
        """;

    private const string SelectCursor = """
        SELECT c.next_offset AS Offset,
            (SELECT COUNT(*) FROM revision v WHERE v.id BETWEEN c.id * 4294967296 AND c.id * 4294967296 + 4294967295) AS Rows
        FROM report r JOIN changeset c ON c.id = r.changeset_id
        WHERE r.organization = @organization AND r.name = @name AND r.state = 1
        """;

    /// <summary>One state of the database.</summary>
    private sealed record State(DbConnection Connection, DbTransaction Transaction)
    {
        public List<T> Query<T>(string sql, object? parameters = null) => Connection.Query<T>(sql, parameters, Transaction).AsList();
    }

    private sealed class ValueRow
    {
        public long Id { get; init; }
        public long Key { get; init; }
        public long Value { get; init; }
    }

    private sealed class SeriesRow
    {
        public string Organization { get; init; } = "";
        public long Scope { get; init; }
    }

    private sealed class CursorRow
    {
        public long Offset { get; init; }
        public long Rows { get; init; }
    }

    private sealed class LedgerRow
    {
        public long Position { get; init; }
        public long CommittedAt { get; init; }
        public long Kind { get; init; }
        public long Changeset { get; init; }
        public string Report { get; init; } = "";
        public long Submitted { get; init; }
        public long Created { get; init; }
        public long Revised { get; init; }
        public long Unchanged { get; init; }

        public StoredEntry ToEntry() => new(Position, (WatchChangeKind)Kind, Changeset, Report, DateTimeOffset.UnixEpoch.AddMicroseconds(CommittedAt), new RowCounts
        {
            Submitted = Submitted,
            Created = Created,
            Revised = Revised,
            Unchanged = Unchanged,
        });
    }
}
