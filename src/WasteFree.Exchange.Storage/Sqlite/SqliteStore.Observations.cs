using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <summary>Up to so many keys are looked up one by one; more are cheaper to read as a range.</summary>
    private const long MostKeys = 200_000;

    private const int KeysPerQuery = 4_096;

    private readonly ReadDictionaries _dictionaries = new();

    public Task<ObservationPage> ReadObservationsAsync(
        ObservationFilter filter, long position, long afterKey, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
            {
                var reading = new Reading(connection, filter, position, cancellationToken);
                var rows = reading.ReadRows(afterKey, limit);
                return new ObservationPage(
                    [.. rows.Select(row => row.ToRevision(connection, _dictionaries))], rows.Count == limit ? rows[^1].Key : null);
            },
            cancellationToken);

    public Task<Period?> FindLatestPeriodAsync(ObservationFilter filter, long position, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
            {
                foreach (var number in new Reading(connection, filter, position, cancellationToken).Periods.OrderByDescending(n => Period.FromNumber(n).End).ThenBy(n => n & 7))
                {
                    var only = filter with { Periods = [Period.FromNumber(number)], From = null, To = null };
                    if (new Reading(connection, only, position, cancellationToken).ReadRows(-1, 1).Count > 0) return (Period?)Period.FromNumber(number);
                }
                return null;
            },
            cancellationToken);

    /// <summary>One reading of a filter at a position, within one transaction.</summary>
    private sealed class Reading
    {
        private readonly SqliteConnection _connection;
        private readonly ObservationFilter _filter;
        private readonly CancellationToken _cancellationToken;
        private readonly bool _latest;
        private readonly DynamicParameters _parameters;

        public Reading(SqliteConnection connection, ObservationFilter filter, long position, CancellationToken cancellationToken)
        {
            _connection = connection;
            _filter = filter;
            _cancellationToken = cancellationToken;
            _latest = connection.QuerySingle<HeadRow>(HeadRow.Select).Position == position;
            _parameters = FilterParameters.Of(filter);
            _parameters.Add("position", position);
            Periods = ReadPeriods();
        }

        /// <summary>Numbers of the stored periods that the filter takes, ascending.</summary>
        public List<long> Periods { get; }

        private bool AnyPeriod => _filter.Periods.Count == 0 && _filter.From is null && _filter.To is null;

        public List<RevisionRow> ReadRows(long afterKey, int limit)
        {
            if (Periods.Count == 0) return [];
            var mostSeries = MostKeys / Periods.Count;
            if (!FilterParameters.AnySeries(_filter))
            {
                _parameters.Add("limit", mostSeries + 1);
                var series = _connection.Query<long>(ObservationSql.SelectSeries, _parameters).AsList();
                if (series.Count <= mostSeries) return ReadKeys(series, afterKey, limit);
            }
            return ReadRanges(afterKey, limit);
        }

        private List<RevisionRow> ReadKeys(List<long> series, long afterKey, int limit)
        {
            var rows = new List<RevisionRow>();
            var keys = Periods
                .Where(period => ((period << Keys.SeriesBits) | Keys.MaxSeries) > afterKey)
                .SelectMany(period => series.Select(id => (period << Keys.SeriesBits) | id))
                .Where(key => key > afterKey);
            foreach (var some in keys.Chunk(KeysPerQuery))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                _parameters.Add("keys", JsonSerializer.Serialize(some));
                var found = _connection.Query<RevisionRow>(_latest ? ObservationSql.KeysLatest : ObservationSql.KeysAsOf, _parameters);
                rows.AddRange(found.OrderBy(row => row.Key).Take(limit - rows.Count));
                if (rows.Count == limit) break;
            }
            return rows;
        }

        private List<RevisionRow> ReadRanges(long afterKey, int limit)
        {
            // Periods named one by one are ranges far apart; otherwise one range, in which a period may still not fit.
            var ranges = _filter.Periods.Count > 0
                ? Periods.Select(period => (First: period, Last: period))
                : [(Periods[0], Periods[^1])];
            _parameters.Add("periods", AnyPeriod || _filter.Periods.Count > 0 ? null : FilterParameters.Json(Periods));
            var rows = new List<RevisionRow>();
            foreach (var (first, last) in ranges)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var hi = (last << Keys.SeriesBits) | Keys.MaxSeries;
                if (hi <= afterKey) continue;
                _parameters.Add("lo", Math.Max(first << Keys.SeriesBits, afterKey + 1));
                _parameters.Add("hi", hi);
                _parameters.Add("limit", limit - rows.Count);
                rows.AddRange(_connection.Query<RevisionRow>(_latest ? ObservationSql.RangeLatest : ObservationSql.RangeAsOf, _parameters));
                if (rows.Count == limit) break;
            }
            return rows;
        }

        private List<long> ReadPeriods()
        {
            _parameters.Add("from", _filter.From is { } day ? FilterParameters.FirstNumber(day) : 0L);
            var numbers = _connection.Query<long>(ObservationSql.SelectPeriods, _parameters);
            return [.. _filter.To is { } to ? numbers.Where(number => Period.FromNumber(number).End <= to) : numbers];
        }
    }
}
