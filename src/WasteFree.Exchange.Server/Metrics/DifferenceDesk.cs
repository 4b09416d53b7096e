using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>Tells what two instants show differently.</summary>
internal sealed class DifferenceDesk(IExchangeStore store, AsOfReader asOf, DisclosureDesk disclosures, PageTokens tokens)
{
    private const string Kind = "differences";

    public async Task<DiffObservationsResponse> DiffAsync(DiffObservationsRequest request, Visibility visibility, ReadOwners owners, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(request.PageSize, AnswerPage.DefaultRows, AnswerPage.MaxRows);
        var token = tokens.Read(request.PageToken, Kind, visibility.Organization);
        if (request.Since is null or { InstantCase: AsOf.InstantOneofCase.None })
            throw Refusal.FieldInvalid("since", "必须填写：账本位置或时间。", "it is required: a ledger position or a time.").ToException();
        // The token need not keep the earlier position: where there is a second page it lies before the later one, and
        // what stands there does not change any more, however it is named.
        var (since, catalogThen) = await asOf.ReadSinceAsync(request.Since, cancellationToken).ConfigureAwait(false);
        var instant = await asOf.ReadAsync(request.AsOf, token, cancellationToken).ConfigureAwait(false);
        var (at, catalog) = instant;
        if (since.Position > at.Position || AreSwapped(request)) throw SinceAfterAsOf.ToException();
        var filter = FilterReader.Read(request.Filter, catalog);
        var query = new CanonicalQuery().Filter(filter, request.Filter?.IncludeIllustrative ?? false).One("since", since.Position).AsOf(instant.Asked);
        token?.Check(query);

        var page = await store.ReadDifferencesAsync(
            filter, visibility, since.Position, at.Position, token?.After ?? -1, size, cancellationToken).ConfigureAwait(false);
        owners.Add(page.Differences.Select(difference => (difference.After ?? difference.Before)!));
        var response = new DiffObservationsResponse
        {
            SincePosition = since.Position,
            Position = at.Position,
            SinceCatalogVersion = since.CatalogVersion,
            CatalogVersion = at.CatalogVersion,
        };
        var then = await MappingAsync(page.Differences.Select(difference => difference.Before), since.Position, catalogThen).ConfigureAwait(false);
        var now = await MappingAsync(page.Differences.Select(difference => difference.After), at.Position, catalog).ConfigureAwait(false);
        var rows = page.Differences.Select(difference => (difference.Cursor, ToMessage(difference, then, now)));
        if (AnswerPage.Fill(response.Differences, rows, page.NextKey) is { } next)
            response.NextPageToken = tokens.Write(at.Position, next, query, Kind, visibility.Organization);
        return response;

        async Task<ObservationMapping> MappingAsync(IEnumerable<ObservationRevision?> rows, long position, CatalogSnapshot known) =>
            new(known, await disclosures.OfAsync(rows.OfType<ObservationRevision>(), visibility, known, position, cancellationToken).ConfigureAwait(false));
    }

    private static V1.ObservationDifference ToMessage(Store.Difference difference, ObservationMapping then, ObservationMapping now)
    {
        var message = new V1.ObservationDifference
        {
            Before = difference.Before is { } before ? then.ToMessage(before) : null,
            After = difference.After is { } after ? now.ToMessage(after) : null,
        };
        message.SpellingOnly = difference.SpellingOnly && message is { Before.Withheld: false, After.Withheld: false };
        return message;
    }

    /// <summary>Two times may name one position and still be written the wrong way round.</summary>
    private static bool AreSwapped(DiffObservationsRequest request) =>
        request.Since.InstantCase == AsOf.InstantOneofCase.Time
        && request.AsOf is { InstantCase: AsOf.InstantOneofCase.Time } later
        && request.Since.Time.CompareTo(later.Time) > 0;

    private static Refusal SinceAfterAsOf { get; } = new(
        ErrorReason.SinceAfterAsOf,
        "since 晚于 as_of；请对调两者。",
        "The instant of since is later than that of as_of; swap them.")
    {
        Field = "since",
    };
}
