using System.Collections.Concurrent;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

/// <summary>
/// The reports that were retracted, by their changesets. It reads on where it came to: with every page of rows one look at
/// an index, which mostly finds nothing. A retraction that one reader has met holds for all, whatever instant they read.
/// </summary>
internal sealed class KnownRetractions
{
    private readonly ConcurrentDictionary<long, Retraction> _retractions = [];
    private readonly Lock _lock = new();
    private long _last;

    /// <summary>Position of the last one.</summary>
    public long Last => Volatile.Read(ref _last);

    public Retraction? Find(long changeset) => _retractions.GetValueOrDefault(changeset);

    public async Task ReadOnAsync(Session session)
    {
        var rows = await session.ListAsync(session.Sql.Dictionaries.SelectRetractions, new { after = Last }).ConfigureAwait(false);
        foreach (var row in rows) _retractions[row.Id] = new Retraction(row.Position, Instants.FromMicroseconds(row.CommittedAt));
        if (rows.Count == 0) return;
        lock (_lock) _last = Math.Max(_last, rows[^1].Position);
    }

    /// <summary>A reading that began before still adds what it has read.</summary>
    public void Clear()
    {
        lock (_lock) _last = 0;
        _retractions.Clear();
    }
}
