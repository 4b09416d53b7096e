using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>
/// Numbers for codes, made on first use in transactions of their own. A number that no row comes to use does no harm, and
/// one that is committed never changes, so that all writers of the process share them.
/// </summary>
internal sealed class SqlServerNumbers(SqlServerConnections connections)
{
    /// <summary>Entries of one kind kept in memory; beyond it the cache starts anew.</summary>
    private const int Capacity = 400_000;

    private readonly ConcurrentDictionary<SeriesCodes, long> _series = [];
    private readonly ConcurrentDictionary<string, long> _units = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, long> _periods = [];

    /// <summary>Another state of the database may have taken its place, with other numbers.</summary>
    public void Clear()
    {
        _series.Clear();
        _units.Clear();
        _periods.Clear();
    }

    public async Task<IReadOnlyList<NumberedRow>> ResolveAsync(IReadOnlyList<UploadChunk> chunks, CancellationToken cancellationToken)
    {
        var rows = chunks.SelectMany(chunk => chunk.Rows.Select(row => (chunk.Changeset, row.Offset, Row: row.Observation,
            Codes: SeriesCodes.Of(row.Observation, chunk.Organization)))).ToList();
        var series = await FindAsync(_series, rows.Select(row => row.Codes), AddSeriesAsync, cancellationToken).ConfigureAwait(false);
        var units = await FindAsync(_units, rows.SelectMany(row => UnitsOf(row.Row)), AddUnitsAsync, cancellationToken).ConfigureAwait(false);
        await FindAsync(_periods, rows.Select(row => row.Row.Period.Number), AddPeriodsAsync, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new NumberedRow(
            Keys.Revision(row.Changeset, row.Offset), Keys.Observation(row.Row.Period, series(row.Codes)),
            units(row.Row.Unit), PartUnit(row.Row.NumeratorUnit), PartUnit(row.Row.DenominatorUnit), row.Row))];

        long? PartUnit(string? code) => code is null ? null : units(code);
    }

    private static IEnumerable<string> UnitsOf(Observation row) => new[] { row.Unit, row.NumeratorUnit, row.DenominatorUnit }.OfType<string>();

    /// <returns>Numbers of these codes: they stay, though the cache may start anew meanwhile.</returns>
    private async Task<Func<T, long>> FindAsync<T>(
        ConcurrentDictionary<T, long> cache, IEnumerable<T> codes, Func<Session, IReadOnlyList<T>, Task<IEnumerable<(T, long)>>> add, CancellationToken cancellationToken)
        where T : notnull
    {
        var found = new Dictionary<T, long>();
        var missing = new HashSet<T>();
        foreach (var code in codes)
        {
            if (found.ContainsKey(code)) continue;
            if (cache.TryGetValue(code, out var known)) found.Add(code, known);
            else missing.Add(code);
        }
        if (missing.Count > 0)
        {
            if (cache.Count + missing.Count > Capacity) cache.Clear();
            await using var connection = await connections.OpenAsync(cancellationToken).ConfigureAwait(false);
            var session = new Session(connection, transaction: null, SqlServerStore.Statements, cancellationToken);
            await session.ExecuteAsync(SqlServerSettings.OfSession).ConfigureAwait(false);
            foreach (var (code, number) in await add(session, [.. missing]).ConfigureAwait(false)) found[code] = cache[code] = number;
        }
        return code => found[code];
    }

    private static async Task<IEnumerable<(SeriesCodes, long)>> AddSeriesAsync(Session session, IReadOnlyList<SeriesCodes> codes)
    {
        var parameters = new { codes = JsonSerializer.Serialize(codes) };
        await session.ExecuteAsync(InsertSeries, parameters).ConfigureAwait(false);
        var rows = await session.ListAsync(SelectSeries, parameters).ConfigureAwait(false);
        if (rows.Exists(row => row.Id > Keys.MaxSeries)) throw new InvalidOperationException("The store has no room for another series.");
        return rows.Select(row => (new SeriesCodes(row.Indicator, row.Region, (int)row.Scope, row.Category, row.Organization, (int)row.Major), row.Id));
    }

    private static async Task<IEnumerable<(string, long)>> AddUnitsAsync(Session session, IReadOnlyList<string> codes)
    {
        var parameters = new { codes = JsonSerializer.Serialize(codes) };
        await session.ExecuteAsync(InsertUnits, parameters).ConfigureAwait(false);
        return (await session.ListAsync(SelectUnits, parameters).ConfigureAwait(false)).Select(row => (row.Code, row.Id));
    }

    private static async Task<IEnumerable<(long, long)>> AddPeriodsAsync(Session session, IReadOnlyList<long> numbers)
    {
        await session.ExecuteAsync(InsertPeriods, new { numbers = JsonSerializer.Serialize(numbers) }).ConfigureAwait(false);
        return numbers.Select(number => (number, number));
    }

    private const string Codes = """
        OPENJSON(@codes) WITH (
            Indicator    NVARCHAR(64) '$.Indicator',
            Region       NVARCHAR(64) '$.Region',
            Scope        TINYINT      '$.Scope',
            Category     NVARCHAR(64) '$.Category',
            Organization NVARCHAR(40) '$.Organization',
            Major        INT          '$.Major')
        """;

    private const string Same = $"""
        s.indicator = j.Indicator COLLATE {SqlServerDialect.Binary} AND s.region = j.Region COLLATE {SqlServerDialect.Binary} AND s.scope = j.Scope
            AND s.category = j.Category COLLATE {SqlServerDialect.Binary} AND s.organization = j.Organization COLLATE {SqlServerDialect.Binary}
            AND s.major = j.Major
        """;

    /// <summary>Of two hubs that add the same code at once the later one is refused, runs again and finds it there.</summary>
    private static readonly Command InsertSeries = new($"""
        INSERT INTO series (indicator, region, scope, category, organization, major)
        SELECT j.Indicator, j.Region, j.Scope, j.Category, j.Organization, j.Major
        FROM {Codes} j
        WHERE NOT EXISTS (SELECT 1 FROM series s WHERE {Same})
        """);

    private static readonly Query<SeriesRow> SelectSeries = new($"""
        SELECT s.id AS Id, s.indicator AS Indicator, s.region AS Region, s.scope AS Scope, s.category AS Category, s.organization AS Organization, s.major AS Major
        FROM {Codes} j
        INNER LOOP JOIN series s ON {Same}
        """);

    private static readonly Command InsertUnits = new($"""
        INSERT INTO unit (code)
        SELECT j.value
        FROM OPENJSON(@codes) WITH (value NVARCHAR(100) '$') j
        WHERE NOT EXISTS (SELECT 1 FROM unit u WHERE u.code = j.value COLLATE {SqlServerDialect.Binary})
        """);

    private static readonly Query<UnitRow> SelectUnits = new($"""
        SELECT u.id AS Id, u.code AS Code
        FROM OPENJSON(@codes) WITH (value NVARCHAR(100) '$') j
        JOIN unit u ON u.code = j.value COLLATE {SqlServerDialect.Binary}
        """);

    private static readonly Command InsertPeriods = new("""
        INSERT INTO period (number)
        SELECT j.value
        FROM OPENJSON(@numbers) WITH (value BIGINT '$') j
        WHERE NOT EXISTS (SELECT 1 FROM period p WHERE p.number = j.value)
        """);
}
