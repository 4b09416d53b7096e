using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>Tells the history of one key.</summary>
internal sealed class RevisionDesk(IExchangeStore store, AsOfReader asOf, DisclosureDesk disclosures, PageTokens tokens)
{
    private const string Kind = "revisions";

    public async Task<ListRevisionsResponse> ListAsync(ListRevisionsRequest request, Visibility visibility, ReadOwners owners, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(request.PageSize, AnswerPage.DefaultRows, AnswerPage.MaxRows);
        var token = tokens.Read(request.PageToken, Kind, visibility.Organization);
        var instant = await asOf.ReadAsync(request.AsOf, token, cancellationToken).ConfigureAwait(false);
        var (at, catalog) = instant;
        var history = Read(request, catalog);
        var query = CanonicalOf(history, request.IncludeIllustrative).AsOf(instant.Asked);
        token?.Check(query);

        var page = await store.ReadHistoryAsync(history, visibility, at.Position, token?.After ?? 0, size, cancellationToken).ConfigureAwait(false);
        owners.Add(page.Entries.Select(entry => entry.Revision));
        var response = new ListRevisionsResponse { Position = at.Position };
        var disclosure = await disclosures.OfAsync(page.Entries.Select(entry => entry.Revision), visibility, catalog, at.Position, cancellationToken).ConfigureAwait(false);
        var observations = new ObservationMapping(catalog, disclosure);
        var rows = page.Entries.Select(entry => (entry.Cursor, RevisionMapping.ToMessage(entry, observations)));
        if (AnswerPage.Fill(response.Revisions, rows, page.Next) is { } after)
            response.NextPageToken = tokens.Write(at.Position, after, query, Kind, visibility.Organization);
        return response;
    }

    private static CanonicalQuery CanonicalOf(HistoryQuery history, bool includeIllustrative) => new CanonicalQuery()
        .One("indicator", history.Indicator)
        .One("region", history.Region)
        .One("period", history.Period)
        .One("scope", history.Scope.Code())
        .One("category", history.Category)
        .One("organization", history.Organization)
        .One("illustrative", includeIllustrative);

    private static HistoryQuery Read(ListRevisionsRequest request, CatalogSnapshot catalog)
    {
        var indicator = FilterReader.Indicator(Required(request.Indicator, "indicator"), "indicator", catalog);
        var region = Required(request.Region, "region");
        var period = FilterReader.PeriodOf(Required(request.Period, "period"), "period");
        return new HistoryQuery
        {
            Indicator = indicator,
            Region = FilterReader.Region(region, "region", catalog, period.LastDay),
            Period = period,
            Scope = request.Scope.Length == 0 ? Scope.Whole : FilterReader.Scope(request.Scope, "scope"),
            Category = request.Category.Length == 0 ? Codes.Total : FilterReader.Category(request.Category, "category", catalog),
            Organization = request.Organization.Length == 0 ? null : FilterReader.Organization(request.Organization, catalog),
            ExcludedOrganizations = FilterReader.Illustrative(request.IncludeIllustrative, catalog),
        };
    }

    private static string Required(string text, string field) =>
        text.Length > 0 ? text : throw Refusal.FieldInvalid(field, "必须填写。", "it is required.").ToException();
}
