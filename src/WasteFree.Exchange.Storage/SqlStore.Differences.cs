using System.Text.Json;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    /// <summary>To look at a key of the store costs about so many times as much as to look at a change.</summary>
    private const int WalkCost = 4;

    /// <summary>More changes than these need not be counted.</summary>
    private const long ManyChanges = 1_000_000;

    public Task<DifferencePage> ReadDifferencesAsync(
        ObservationFilter filter, Visibility visibility, long since, long position, long afterKey, int limit, CancellationToken cancellationToken) =>
        ReadAtAsync(
            position,
            async session =>
            {
                var keys = await ReadChangedKeysAsync(session, filter, visibility, since, position, afterKey, limit).ConfigureAwait(false);
                var before = await ReadVisibleAsync(session, keys, since).ConfigureAwait(false);
                var after = await ReadVisibleAsync(session, keys, position).ConfigureAwait(false);
                var differences = keys
                    .Select(key => new Difference(before.GetValueOrDefault(key), after.GetValueOrDefault(key), key))
                    .Where(difference => difference.Differs);
                return new DifferencePage([.. differences], keys.Count == limit ? keys[^1] : null);
            },
            cancellationToken);

    /// <summary>
    /// Where changes lie close together, a short walk from the last key fills a page; where they do not, all changes are
    /// gone through. So a page costs no more than the changes do, and all pages together no more than the store does a few
    /// times over.
    /// </summary>
    private static async Task<List<long>> ReadChangedKeysAsync(
        Session session, ObservationFilter filter, Visibility visibility, long since, long position, long afterKey, int limit)
    {
        var sql = session.Sql.Differences;
        var changes = Math.Min(
            ManyChanges, await session.SingleAsync(sql.Count, new { since, position, limit = ManyChanges }).ConfigureAwait(false));
        var reading = (await FilterReading.StartAsync(session, filter, visibility).ConfigureAwait(false)).With("since", since).With("position", position);
        if (await reading.HasAtMostAsync(Math.Min(changes, FilterReading.MostKeys)).ConfigureAwait(false))
            return await reading.ByKeyAsync(sql.Keys, key => key, afterKey, limit).ConfigureAwait(false);

        var end = (await session.FindAsync(sql.WalkEnd, new { afterKey, steps = changes / WalkCost }).ConfigureAwait(false))?.Key;
        var near = await reading.ByRangeAsync(sql.Walk, afterKey, limit, end ?? long.MaxValue).ConfigureAwait(false);
        return near.Count == limit || end is null ? near : await reading.ByRangeAsync(sql.Changes, afterKey, limit).ConfigureAwait(false);
    }

    private async Task<Dictionary<long, ObservationRevision>> ReadVisibleAsync(Session session, IReadOnlyCollection<long> keys, long position)
    {
        var sql = session.Sql.Observations;
        var rows = await session.ListAsync(
            await IsLatestAsync(session, position).ConfigureAwait(false) ? sql.KeysLatest : sql.KeysAsOf,
            new { keys = JsonSerializer.Serialize(keys), position }).ConfigureAwait(false);
        return (await _dictionaries.ResolveAsync(session, rows).ConfigureAwait(false)).ToDictionary(revision => revision.Cursor);
    }
}
