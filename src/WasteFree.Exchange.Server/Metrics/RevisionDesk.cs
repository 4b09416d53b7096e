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
    public async Task<ListRevisionsResponse> ListAsync(ListRevisionsRequest request, Visibility visibility, ReadOwners owners, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(request.PageSize, MetricPage.DefaultRows, MetricPage.MaxRows);
        var asked = new ListRevisionsRequest(request) { PageSize = 0, PageToken = "" };
        var query = CanonicalQuery.Of("revisions", visibility.Organization, asked);
        var token = tokens.Read(request.PageToken, query);
        var (at, catalog) = await asOf.ReadAsync(token is null ? request.AsOf : new AsOf { Position = token.Position }, cancellationToken).ConfigureAwait(false);

        var page = await store.ReadHistoryAsync(Read(request, catalog), visibility, at.Position, token?.After ?? 0, size, cancellationToken).ConfigureAwait(false);
        owners.Add(page.Entries.Select(entry => entry.Revision));
        var response = new ListRevisionsResponse { Position = at.Position };
        var disclosure = await disclosures.OfAsync(page.Entries.Select(entry => entry.Revision), visibility, catalog, at.Position, cancellationToken).ConfigureAwait(false);
        var observations = new ObservationMapping(catalog, disclosure);
        var rows = page.Entries.Select(entry => (entry.Cursor, RevisionMapping.ToMessage(entry, observations)));
        if (MetricPage.Fill(response.Revisions, rows, page.Next) is { } after) response.NextPageToken = tokens.Write(new PageToken(at.Position, after), query);
        return response;
    }

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
