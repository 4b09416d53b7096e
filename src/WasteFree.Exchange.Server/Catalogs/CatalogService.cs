using Grpc.Core;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Catalogs;

/// <summary>The catalogue service: each list as it is at the instant asked, in pages that read the same instant.</summary>
internal sealed class CatalogService(CatalogPages pages, ServerInfo info) : V1.CatalogService.CatalogServiceBase
{
    public override Task<GetServerInfoResponse> GetServerInfo(GetServerInfoRequest request, ServerCallContext context) =>
        info.ReadAsync(Admission.CallerOf(context.GetHttpContext())!, context.CancellationToken);

    public override async Task<ListIndicatorsResponse> ListIndicators(ListIndicatorsRequest request, ServerCallContext context)
    {
        var response = new ListIndicatorsResponse();
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("indicators", context, request.AsOf, request.PageSize, request.PageToken),
            catalog => catalog.Indicators, (row, _) => CatalogMapping.ToRow(row), response.Indicators);
        return response;
    }

    public override async Task<ListRegionsResponse> ListRegions(ListRegionsRequest request, ServerCallContext context)
    {
        var response = new ListRegionsResponse();
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("regions", context, request.AsOf, request.PageSize, request.PageToken),
            catalog => catalog.Regions, (row, _) => CatalogMapping.ToRow(row), response.Regions);
        return response;
    }

    public override async Task<ListRegionSchemesResponse> ListRegionSchemes(ListRegionSchemesRequest request, ServerCallContext context)
    {
        var response = new ListRegionSchemesResponse();
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("schemes", context, request.AsOf, request.PageSize, request.PageToken),
            catalog => catalog.Schemes, CatalogMapping.ToRow, response.Schemes);
        return response;
    }

    public override async Task<ListCategoriesResponse> ListCategories(ListCategoriesRequest request, ServerCallContext context)
    {
        var response = new ListCategoriesResponse();
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("categories", context, request.AsOf, request.PageSize, request.PageToken),
            catalog => catalog.Categories, (row, _) => CatalogMapping.ToRow(row), response.Categories);
        return response;
    }

    public override async Task<ListTargetsResponse> ListTargets(ListTargetsRequest request, ServerCallContext context)
    {
        var response = new ListTargetsResponse();
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("targets", context, request.AsOf, request.PageSize, request.PageToken) { Region = request.Region },
            catalog => catalog.Targets.Where(target => request.Region.Length == 0 || target.Region == request.Region),
            (target, catalog) => CatalogMapping.ToRow(target, target.Goal(catalog)), response.Targets);
        return response;
    }

    public override async Task<ListTasksResponse> ListTasks(ListTasksRequest request, ServerCallContext context)
    {
        var response = new ListTasksResponse();
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("tasks", context, request.AsOf, request.PageSize, request.PageToken),
            catalog => catalog.Tasks, (row, _) => CatalogMapping.ToRow(row), response.Tasks);
        return response;
    }

    public override async Task<ListOrganizationsResponse> ListOrganizations(ListOrganizationsRequest request, ServerCallContext context)
    {
        var response = new ListOrganizationsResponse();
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("organizations", context, request.AsOf, request.PageSize, request.PageToken),
            catalog => catalog.Organizations, (row, _) => CatalogMapping.ToRow(row), response.Organizations);
        return response;
    }

    public override async Task<ListMandatesResponse> ListMandates(ListMandatesRequest request, ServerCallContext context)
    {
        var response = new ListMandatesResponse();
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("mandates", context, request.AsOf, request.PageSize, request.PageToken),
            catalog => catalog.Mandates, (row, _) => CatalogMapping.ToRow(row), response.Mandates);
        return response;
    }

    public override async Task<ListBridgesResponse> ListBridges(ListBridgesRequest request, ServerCallContext context)
    {
        var response = new ListBridgesResponse();
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("bridges", context, request.AsOf, request.PageSize, request.PageToken),
            catalog => catalog.Bridges, (row, _) => CatalogMapping.ToRow(row), response.Bridges);
        return response;
    }

    public override async Task<ListDensitiesResponse> ListDensities(ListDensitiesRequest request, ServerCallContext context)
    {
        var response = new ListDensitiesResponse();
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("densities", context, request.AsOf, request.PageSize, request.PageToken),
            catalog => catalog.Densities, (row, _) => CatalogMapping.ToRow(row), response.Densities);
        return response;
    }

    public override async Task<ListGrantsResponse> ListGrants(ListGrantsRequest request, ServerCallContext context)
    {
        var response = new ListGrantsResponse();
        var caller = IdentityInterceptor.PrincipalOf(context);
        (response.CatalogVersion, response.NextPageToken) = await pages.FillAsync(
            new CatalogQuestion("grants", context, request.AsOf, request.PageSize, request.PageToken),
            catalog => catalog.Grants.Where(grant => caller.IsUnrestricted || caller.Is(Roles.Admin) || (caller.Organization is { } own && grant.Concerns(own))),
            (grant, _) => CatalogMapping.ToRow(grant), response.Grants);
        return response;
    }
}
