using Dapper;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    public Task<HistoryPage> ReadHistoryAsync(
        HistoryQuery query, Visibility visibility, long position, long after, int limit, CancellationToken cancellationToken) =>
        ReadAtAsync(
            position,
            async session =>
            {
                var parameters = new DynamicParameters(new
                {
                    query.Indicator,
                    query.Region,
                    Scope = (long)query.Scope,
                    query.Category,
                    query.Organization,
                    Excluded = FilterParameters.Json(query.ExcludedOrganizations),
                    Period = query.Period.Number,
                    position,
                    after,
                    limit,
                });
                VisibilityParameters.AddTo(parameters, visibility);
                var rows = await session.ListAsync(session.Sql.History.Select, parameters).ConfigureAwait(false);
                var entries = rows.Zip(await _dictionaries.ResolveAsync(session, rows).ConfigureAwait(false), (row, revision) => new HistoryEntry
                {
                    Revision = revision,
                    Withdrawn = row.Kind == 1,
                    Superseded = row.SupersededPosition is { } by ? new Supersession(by, Instants.FromMicroseconds(row.SupersededAt!.Value)) : null,
                    Cursor = row.Id,
                });
                return new HistoryPage([.. entries], rows.Count == limit ? rows[^1].Id : null);
            },
            cancellationToken);
}
