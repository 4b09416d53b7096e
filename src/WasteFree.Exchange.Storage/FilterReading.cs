using System.Text.Json;
using Dapper;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

/// <summary>
/// What a filter may find, within one transaction, in key order: key by key where its series and periods are few, by
/// ranges of keys otherwise.
/// </summary>
internal sealed class FilterReading
{
    /// <summary>Up to so many keys are looked up one by one; more are cheaper to read as a range.</summary>
    public const long MostKeys = 200_000;

    /// <summary>
    /// The same for a reader who may not read everything: a range is walked row by row, those that it may not read too, and how
    /// long that takes would tell of them. Some seconds of work.
    /// </summary>
    public const long MostKeysOfRestricted = 4_000_000;

    public const int KeysPerQuery = 4_096;

    /// <summary>The period that is looked for is mostly among the first; the next step takes so many times as many.</summary>
    private const int FirstPeriods = 8;

    private const int PeriodGrowth = 16;

    private readonly Session _session;
    private readonly ObservationFilter _filter;
    private readonly bool _anySeries;
    private readonly bool _isRestricted;
    private readonly DynamicParameters _parameters;
    private List<long> _series = [];

    private FilterReading(Session session, ObservationFilter filter, Visibility visibility)
    {
        _session = session;
        _filter = filter;
        _isRestricted = !visibility.IsEverything;
        _anySeries = FilterParameters.AnySeries(filter, visibility);
        _parameters = FilterParameters.Of(filter, visibility);
    }

    /// <summary>Numbers of the stored periods that the filter takes, ascending.</summary>
    public List<long> Periods { get; private set; } = [];

    /// <summary>Up to so many keys are looked up one by one for this reader.</summary>
    public long MostKeysOfReader => _isRestricted ? MostKeysOfRestricted : MostKeys;

    private ObservationSql Sql => _session.Sql.Observations;

    private Query<long> SelectSeries => (_filter.Indicators.Count, _filter.Regions.Count) switch
    {
        (0, _) => Sql.SelectSeries,
        (_, 0) => Sql.SelectSeriesOfIndicators,
        _ => Sql.SelectSeriesOfBoth,
    };

    private bool AnyPeriod => _filter.Periods.Count == 0 && _filter.From is null && _filter.To is null;

    public static async Task<FilterReading> StartAsync(Session session, ObservationFilter filter, Visibility visibility)
    {
        var reading = new FilterReading(session, filter, visibility);
        await reading.ReadPeriodsAsync().ConfigureAwait(false);
        return reading;
    }

    /// <summary>For the statements of this reading.</summary>
    public FilterReading With(string parameter, long value)
    {
        _parameters.Add(parameter, value);
        return this;
    }

    /// <summary>Whether it takes at most so many keys; then <see cref="ByKeyAsync"/> may be used.</summary>
    public async Task<bool> HasAtMostAsync(long keys)
    {
        if (Periods.Count == 0) return true;
        if (_anySeries) return false;
        var most = keys / Periods.Count;
        _parameters.Add("limit", most + 1);
        _series = await _session.ListAsync(SelectSeries, _parameters).ConfigureAwait(false);
        return _series.Count <= most;
    }

    /// <summary>The first period that has a row. Of a thousand periods that have none three statements are asked, not a thousand.</summary>
    /// <param name="order">Of period numbers.</param>
    /// <param name="latest">As of now; otherwise as of @position.</param>
    public async Task<Period?> FirstPeriodAsync(Func<IEnumerable<long>, IEnumerable<long>> order, bool latest)
    {
        var byKey = await HasAtMostAsync(_isRestricted ? MostKeysOfRestricted : (long)KeysPerQuery * Periods.Count).ConfigureAwait(false);
        var query = (byKey, latest) switch
        {
            (true, true) => Sql.PeriodsOfKeysLatest,
            (true, false) => Sql.PeriodsOfKeysAsOf,
            (false, true) => Sql.PeriodsOfRangeLatest,
            (false, false) => Sql.PeriodsOfRangeAsOf,
        };
        if (byKey) _parameters.Add("series", JsonSerializer.Serialize(_series));
        var most = byKey ? (int)Math.Max(1, MostKeys / Math.Max(1, _series.Count)) : int.MaxValue;
        long[] ordered = [.. order(Periods)];
        for (int from = 0, count = FirstPeriods; from < ordered.Length; from += count, count *= PeriodGrowth)
        {
            _session.ThrowIfCancelled();
            count = Math.Min(count, Math.Min(most, ordered.Length - from));
            var some = ordered[from..(from + count)];
            _parameters.Add("some", JsonSerializer.Serialize(some));
            var found = (await _session.ListAsync(query, _parameters).ConfigureAwait(false)).ToHashSet();
            foreach (var number in some)
                if (found.Contains(number)) return Period.FromNumber(number);
        }
        return null;
    }

    /// <param name="query">Takes @keys, in any order.</param>
    /// <param name="keyOf">The key of a row.</param>
    /// <param name="afterKey">Only keys above it.</param>
    /// <param name="limit">At most so many rows.</param>
    public async Task<List<T>> ByKeyAsync<T>(Query<T> query, Func<T, long> keyOf, long afterKey, int limit)
    {
        var rows = new List<T>();
        var keys = Periods
            .Where(period => ((period << Keys.SeriesBits) | Keys.MaxSeries) > afterKey)
            .SelectMany(period => _series.Select(id => (period << Keys.SeriesBits) | id))
            .Where(key => key > afterKey);
        foreach (var some in keys.Chunk(KeysPerQuery))
        {
            _session.ThrowIfCancelled();
            _parameters.Add("keys", JsonSerializer.Serialize(some));
            rows.AddRange((await _session.ListAsync(query, _parameters).ConfigureAwait(false)).OrderBy(keyOf).Take(limit - rows.Count));
            if (rows.Count == limit) break;
        }
        return rows;
    }

    /// <summary>Walks the keys in order; periods named one by one are ranges far apart.</summary>
    /// <inheritdoc cref="ByRangeAsync"/>
    public async Task<List<T>> ByRangesAsync<T>(Query<T> query, long afterKey, int limit)
    {
        if (_filter.Periods.Count == 0) return await ByRangeAsync(query, afterKey, limit).ConfigureAwait(false);
        var rows = new List<T>();
        _parameters.Add("periods", null);
        foreach (var period in Periods)
        {
            rows.AddRange(await BetweenAsync(query, period, period, afterKey, limit - rows.Count).ConfigureAwait(false));
            if (rows.Count == limit) break;
        }
        return rows;
    }

    /// <summary>All in one go.</summary>
    /// <param name="query">Takes @lo, @hi and @limit with <see cref="ObservationSql.RangeCondition"/>, and gives rows in key order.</param>
    /// <param name="afterKey">Only keys above it.</param>
    /// <param name="limit">At most so many rows.</param>
    /// <param name="end">Only keys up to this one.</param>
    public async Task<List<T>> ByRangeAsync<T>(Query<T> query, long afterKey, int limit, long end = long.MaxValue)
    {
        if (Periods.Count == 0) return [];
        TakePeriods();
        return await BetweenAsync(query, Periods[0], Periods[^1], afterKey, limit, end).ConfigureAwait(false);
    }

    /// <summary>
    /// Of the revisions that one changeset made, between two ids. Watchers ask this for each page: the stored periods are
    /// looked up only where the filter has a say in them.
    /// </summary>
    /// <param name="session">The transaction.</param>
    /// <param name="filter">Which.</param>
    /// <param name="visibility">What of them may be read.</param>
    /// <param name="kind">Set or removed, for @kind.</param>
    /// <param name="lo">The first id.</param>
    /// <param name="hi">The last id.</param>
    /// <param name="limit">At most so many rows.</param>
    public static async Task<List<RevisionRow>> OfChangesetAsync(
        Session session, ObservationFilter filter, Visibility visibility, long kind, long lo, long hi, int limit)
    {
        var reading = new FilterReading(session, filter, visibility).With("kind", kind);
        if (!reading.AnyPeriod)
        {
            await reading.ReadPeriodsAsync().ConfigureAwait(false);
            if (reading.Periods.Count == 0) return [];
        }
        reading.TakePeriods();
        return await reading.ListAsync(reading.Sql.Changes, lo, hi, limit).ConfigureAwait(false);
    }

    /// <summary>From the first period to the last there are others that the filter does not take, and they lie among the rows of a changeset.</summary>
    private void TakePeriods() => _parameters.Add("periods", AnyPeriod ? null : FilterParameters.Json(Periods));

    private async Task<List<T>> BetweenAsync<T>(Query<T> query, long first, long last, long afterKey, int limit, long end = long.MaxValue)
    {
        var hi = Math.Min((last << Keys.SeriesBits) | Keys.MaxSeries, end);
        return hi <= afterKey ? [] : await ListAsync(query, Math.Max(first << Keys.SeriesBits, afterKey + 1), hi, limit).ConfigureAwait(false);
    }

    private async Task<List<T>> ListAsync<T>(Query<T> query, long lo, long hi, int limit)
    {
        _session.ThrowIfCancelled();
        _parameters.Add("lo", lo);
        _parameters.Add("hi", hi);
        _parameters.Add("limit", limit);
        return await _session.ListAsync(query, _parameters).ConfigureAwait(false);
    }

    private async Task ReadPeriodsAsync()
    {
        _parameters.Add("from", _filter.From is { } day ? FilterParameters.FirstNumber(day) : 0L);
        var numbers = await _session.ListAsync(Sql.SelectPeriods, _parameters).ConfigureAwait(false);
        Periods = _filter.To is { } to ? [.. numbers.Where(number => Period.FromNumber(number).End <= to)] : numbers;
    }
}
