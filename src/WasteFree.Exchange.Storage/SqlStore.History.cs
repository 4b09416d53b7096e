using System.Text.Json;
using Dapper;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

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
                var replaced = await ReadReplacedAsync(session, rows).ConfigureAwait(false);
                var entries = rows.Zip(await _dictionaries.ResolveAsync(session, rows).ConfigureAwait(false), (row, revision) => new HistoryEntry
                {
                    Revision = revision,
                    Withdrawn = row.Kind == 1,
                    SpellingOnly = row.Kind == 0 && IsOfReplacedQuantity(replaced, row.Id, revision),
                    Superseded = row.SupersededPosition is { } by ? new Supersession(by, Instants.FromMicroseconds(row.SupersededAt!.Value)) : null,
                    Cursor = row.Id,
                });
                return new HistoryPage([.. entries], rows.Count == limit ? rows[^1].Id : null);
            },
            cancellationToken);

    /// <summary>What the revisions replaced, by their ids: a page of a history or of a change.</summary>
    private async Task<Dictionary<long, ObservationRevision>> ReadReplacedAsync(Session session, IReadOnlyCollection<RevisionRow> rows)
    {
        var replaced = await session.ListAsync(session.Sql.Observations.Replaced, new { ids = JsonSerializer.Serialize(rows.Select(row => row.Id)) }).ConfigureAwait(false);
        return replaced.Zip(await _dictionaries.ResolveAsync(session, replaced).ConfigureAwait(false)).ToDictionary(pair => pair.First.ById, pair => pair.Second);
    }

    /// <summary>That a value is equal to a retracted one would tell what that was.</summary>
    private static bool IsOfReplacedQuantity(Dictionary<long, ObservationRevision> replaced, long id, ObservationRevision revision) =>
        replaced.TryGetValue(id, out var before) && before.Retracted is null && revision.Observation.DiffersInSpellingOnly(before.Observation);
}
