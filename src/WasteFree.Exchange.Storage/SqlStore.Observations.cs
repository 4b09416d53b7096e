using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    private readonly ReadDictionaries _dictionaries = new();

    public Task<ObservationPage> ReadObservationsAsync(
        ObservationFilter filter, Visibility visibility, long position, long afterKey, int limit, CancellationToken cancellationToken) =>
        ReadAtAsync(
            position,
            async session =>
            {
                var rows = await ReadRowsAsync(session, filter, visibility, position, afterKey, limit).ConfigureAwait(false);
                return new ObservationPage(await _dictionaries.ResolveAsync(session, rows).ConfigureAwait(false), rows.Count == limit ? rows[^1].Key : null);
            },
            cancellationToken);

    public Task<Period?> FindLatestPeriodAsync(ObservationFilter filter, Visibility visibility, long position, CancellationToken cancellationToken) =>
        ReadAtAsync(
            position,
            session => FindLatestPeriodAsync(session, filter, visibility, position),
            cancellationToken);

    /// <summary>The period that ends last, and of those the longest.</summary>
    internal static async Task<Period?> FindLatestPeriodAsync(Session session, ObservationFilter filter, Visibility visibility, long position)
    {
        var latest = await IsLatestAsync(session, position).ConfigureAwait(false);
        var reading = (await FilterReading.StartAsync(session, filter, visibility).ConfigureAwait(false)).With("position", position);
        return await reading.FirstPeriodAsync(n => n.OrderByDescending(number => Period.FromNumber(number).End).ThenBy(number => number & 7), latest).ConfigureAwait(false);
    }

    /// <summary>Position of the last retraction that this hub knows of: a copy that does not have it yet would tell what is withheld.</summary>
    private protected long LastRetraction => _dictionaries.LastRetraction;

    /// <summary>Forgets what numbers stand for: another state of the database may have taken its place.</summary>
    private protected void ForgetNumbers() => _dictionaries.Clear();

    internal static async Task<List<RevisionRow>> ReadRowsAsync(
        Session session, ObservationFilter filter, Visibility visibility, long position, long afterKey, int limit)
    {
        var sql = session.Sql.Observations;
        var latest = await IsLatestAsync(session, position).ConfigureAwait(false);
        var reading = (await FilterReading.StartAsync(session, filter, visibility).ConfigureAwait(false)).With("position", position);
        return await reading.HasAtMostAsync(reading.MostKeysOfReader).ConfigureAwait(false)
            ? await reading.ByKeyAsync(latest ? sql.KeysLatest : sql.KeysAsOf, row => row.Key, afterKey, limit).ConfigureAwait(false)
            : await reading.ByRangesAsync(latest ? sql.RangeLatest : sql.RangeAsOf, afterKey, limit).ConfigureAwait(false);
    }

    private static async Task<bool> IsLatestAsync(Session session, long position) =>
        (await session.SingleAsync(HeadRow.Select).ConfigureAwait(false)).Position == position;
}
