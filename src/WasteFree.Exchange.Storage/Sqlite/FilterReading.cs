using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// What a filter may find, within one transaction, in key order: key by key where its series and periods are few, by
/// ranges of keys otherwise.
/// </summary>
internal sealed class FilterReading
{
    /// <summary>Up to so many keys are looked up one by one; more are cheaper to read as a range.</summary>
    public const long MostKeys = 200_000;

    private const int KeysPerQuery = 4_096;

    private readonly SqliteConnection _connection;
    private readonly ObservationFilter _filter;
    private readonly CancellationToken _cancellationToken;
    private readonly DynamicParameters _parameters;
    private List<long> _series = [];

    public FilterReading(SqliteConnection connection, ObservationFilter filter, CancellationToken cancellationToken)
    {
        _connection = connection;
        _filter = filter;
        _cancellationToken = cancellationToken;
        _parameters = FilterParameters.Of(filter);
        Periods = ReadPeriods();
    }

    /// <summary>Numbers of the stored periods that the filter takes, ascending.</summary>
    public List<long> Periods { get; }

    private string SelectSeries => (_filter.Indicators.Count, _filter.Regions.Count) switch
    {
        (0, _) => ObservationSql.SelectSeries,
        (_, 0) => ObservationSql.SelectSeriesOfIndicators,
        _ => ObservationSql.SelectSeriesOfBoth,
    };

    private bool AnyPeriod => _filter.Periods.Count == 0 && _filter.From is null && _filter.To is null;

    /// <summary>For the statements of this reading.</summary>
    public FilterReading With(string parameter, long value)
    {
        _parameters.Add(parameter, value);
        return this;
    }

    /// <summary>Whether it takes at most so many keys; then <see cref="ByKey"/> may be used.</summary>
    public bool HasAtMost(long keys)
    {
        if (Periods.Count == 0) return true;
        if (FilterParameters.AnySeries(_filter)) return false;
        var most = keys / Periods.Count;
        _parameters.Add("limit", most + 1);
        _series = _connection.Query<long>(SelectSeries, _parameters).AsList();
        return _series.Count <= most;
    }

    /// <param name="sql">Takes @keys, in any order.</param>
    /// <param name="keyOf">The key of a row.</param>
    /// <param name="afterKey">Only keys above it.</param>
    /// <param name="limit">At most so many rows.</param>
    public List<T> ByKey<T>(string sql, Func<T, long> keyOf, long afterKey, int limit)
    {
        var rows = new List<T>();
        var keys = Periods
            .Where(period => ((period << Keys.SeriesBits) | Keys.MaxSeries) > afterKey)
            .SelectMany(period => _series.Select(id => (period << Keys.SeriesBits) | id))
            .Where(key => key > afterKey);
        foreach (var some in keys.Chunk(KeysPerQuery))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            _parameters.Add("keys", JsonSerializer.Serialize(some));
            rows.AddRange(_connection.Query<T>(sql, _parameters).OrderBy(keyOf).Take(limit - rows.Count));
            if (rows.Count == limit) break;
        }
        return rows;
    }

    /// <summary>Walks the keys in order; periods named one by one are ranges far apart.</summary>
    /// <inheritdoc cref="ByRange"/>
    public List<T> ByRanges<T>(string sql, long afterKey, int limit)
    {
        if (_filter.Periods.Count == 0) return ByRange<T>(sql, afterKey, limit);
        var rows = new List<T>();
        _parameters.Add("periods", null);
        foreach (var period in Periods)
        {
            rows.AddRange(Between<T>(sql, period, period, afterKey, limit - rows.Count));
            if (rows.Count == limit) break;
        }
        return rows;
    }

    /// <summary>All in one go.</summary>
    /// <param name="sql">Takes @lo, @hi and @limit with <see cref="ObservationSql.RangeCondition"/>, and gives rows in key order.</param>
    /// <param name="afterKey">Only keys above it.</param>
    /// <param name="limit">At most so many rows.</param>
    /// <param name="end">Only keys up to this one.</param>
    public List<T> ByRange<T>(string sql, long afterKey, int limit, long end = long.MaxValue)
    {
        if (Periods.Count == 0) return [];
        // From the first period to the last there are others that the filter does not take.
        _parameters.Add("periods", AnyPeriod ? null : FilterParameters.Json(Periods));
        return Between<T>(sql, Periods[0], Periods[^1], afterKey, limit, end);
    }

    private List<T> Between<T>(string sql, long first, long last, long afterKey, int limit, long end = long.MaxValue)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var hi = Math.Min((last << Keys.SeriesBits) | Keys.MaxSeries, end);
        if (hi <= afterKey) return [];
        _parameters.Add("lo", Math.Max(first << Keys.SeriesBits, afterKey + 1));
        _parameters.Add("hi", hi);
        _parameters.Add("limit", limit);
        return _connection.Query<T>(sql, _parameters).AsList();
    }

    private List<long> ReadPeriods()
    {
        _parameters.Add("from", _filter.From is { } day ? FilterParameters.FirstNumber(day) : 0L);
        var numbers = _connection.Query<long>(ObservationSql.SelectPeriods, _parameters);
        return [.. _filter.To is { } to ? numbers.Where(number => Period.FromNumber(number).End <= to) : numbers];
    }
}
