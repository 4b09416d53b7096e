using Dapper;
using Microsoft.Data.Sqlite;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// Numbers for codes, made on first use within the writer's transaction. New ones are trusted only after it commits:
/// a rolled-back number must not be handed out again.
/// </summary>
internal sealed class WriteDictionaries(SqliteConnection connection)
{
    /// <summary>Entries kept in memory; beyond it the cache starts anew.</summary>
    private const int Capacity = 400_000;

    private readonly Dictionary<SeriesCodes, long> _series = [];
    private readonly Dictionary<string, long> _units = new(StringComparer.Ordinal);
    private readonly HashSet<long> _periods = [];
    private readonly List<SeriesCodes> _newSeries = [];
    private readonly List<string> _newUnits = [];
    private readonly List<long> _newPeriods = [];

    /// <exception cref="InvalidOperationException">More series than a key has room for.</exception>
    public long Series(in SeriesCodes codes)
    {
        if (_series.TryGetValue(codes, out var known)) return known;
        var parameters = new { codes.Indicator, codes.Region, codes.Scope, codes.Category, codes.Organization, codes.Major };
        connection.Execute(InsertSeries, parameters);
        var id = connection.ExecuteScalar<long>(SelectSeries, parameters);
        if (id > Keys.MaxSeries) throw new InvalidOperationException("The store has no room for another series.");
        if (_series.Count >= Capacity) _series.Clear();
        _series[codes] = id;
        _newSeries.Add(codes);
        return id;
    }

    public long Unit(string code)
    {
        if (_units.TryGetValue(code, out var known)) return known;
        connection.Execute("INSERT INTO unit (code) VALUES (@code) ON CONFLICT (code) DO NOTHING", new { code });
        var id = connection.ExecuteScalar<long>("SELECT id FROM unit WHERE code = @code", new { code });
        _units[code] = id;
        _newUnits.Add(code);
        return id;
    }

    public void Period(long number)
    {
        if (!_periods.Add(number)) return;
        connection.Execute("INSERT INTO period (number) VALUES (@number) ON CONFLICT (number) DO NOTHING", new { number });
        _newPeriods.Add(number);
    }

    public void Committed()
    {
        _newSeries.Clear();
        _newUnits.Clear();
        _newPeriods.Clear();
    }

    public void RolledBack()
    {
        foreach (var codes in _newSeries) _series.Remove(codes);
        foreach (var code in _newUnits) _units.Remove(code);
        foreach (var number in _newPeriods) _periods.Remove(number);
        Committed();
    }

    private const string InsertSeries = """
        INSERT INTO series (indicator, region, scope, category, organization, major)
        VALUES (@Indicator, @Region, @Scope, @Category, @Organization, @Major)
        ON CONFLICT (indicator, region, scope, category, organization, major) DO NOTHING
        """;

    private const string SelectSeries = """
        SELECT id FROM series
        WHERE indicator = @Indicator AND region = @Region AND scope = @Scope AND category = @Category AND organization = @Organization AND major = @Major
        """;
}
