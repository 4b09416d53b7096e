using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Feed;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Holds callers to the reading policy as it stands whenever they are asked about.</summary>
internal sealed class ReadingRights(CatalogHistory catalog, LedgerTail tail, TimeProvider time)
{
    /// <summary>
    /// What one caller may read now, to be asked again and again while a stream goes on: a load of the catalogue by any hub
    /// of the store changes it, and so does the end of a grant's last day. A retraction makes it another object, since what was
    /// read ahead is to be read again; otherwise it is the same one where nothing has changed.
    /// </summary>
    public Func<CancellationToken, Task<Visibility>> Of(Principal principal)
    {
        (long Version, DateOnly Day, long Retraction)? derivedAt = null;
        var visibility = Visibility.Nothing;
        return ReadAsync;

        async Task<Visibility> ReadAsync(CancellationToken cancellationToken)
        {
            var latest = await catalog.ReadLatestAsync(cancellationToken).ConfigureAwait(false);
            var day = ChinaTime.DayOf(time.GetUtcNow());
            var now = (latest.Version, day, tail.LastRetraction);
            if (derivedAt == now) return visibility;
            derivedAt = now;
            return visibility = ReadingPolicy.Of(principal, latest, day) with { };
        }
    }
}
