using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Holds callers to the reading policy as it stands whenever they are asked about.</summary>
internal sealed class ReadingRights(CatalogHistory catalog, TimeProvider time)
{
    /// <summary>
    /// What one caller may read now, to be asked again and again while a stream goes on: a load of the catalogue by any hub
    /// of the store changes it, and so does the end of a grant's last day. The same object where nothing has changed.
    /// </summary>
    public Func<CancellationToken, Task<Visibility>> Of(Principal principal)
    {
        (long Version, DateOnly Day)? derivedAt = null;
        var visibility = Visibility.Nothing;
        return ReadAsync;

        async Task<Visibility> ReadAsync(CancellationToken cancellationToken)
        {
            var latest = await catalog.ReadLatestAsync(cancellationToken).ConfigureAwait(false);
            var day = ChinaTime.DayOf(time.GetUtcNow());
            if (derivedAt == (latest.Version, day)) return visibility;
            derivedAt = (latest.Version, day);
            return visibility = ReadingPolicy.Of(principal, latest, day);
        }
    }
}
