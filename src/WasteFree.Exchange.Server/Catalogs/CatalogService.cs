using Grpc.Core;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Catalogs;

/// <summary>The catalogue service: each list as it is at the instant asked.</summary>
internal sealed class CatalogService(AsOfReader asOf, ServerInfo info) : V1.CatalogService.CatalogServiceBase
{
    public override Task<GetServerInfoResponse> GetServerInfo(GetServerInfoRequest request, ServerCallContext context) =>
        info.ReadAsync(Admission.CallerOf(context.GetHttpContext())!, context.CancellationToken);

    public override async Task<ListIndicatorsResponse> ListIndicators(ListIndicatorsRequest request, ServerCallContext context)
    {
        var (_, catalog) = await asOf.ReadAsync(request.AsOf, context.CancellationToken);
        return new ListIndicatorsResponse { Indicators = { catalog.Indicators.Select(CatalogMapping.ToRow) }, CatalogVersion = catalog.Version };
    }

    public override async Task<ListRegionsResponse> ListRegions(ListRegionsRequest request, ServerCallContext context)
    {
        var (_, catalog) = await asOf.ReadAsync(request.AsOf, context.CancellationToken);
        return new ListRegionsResponse { Regions = { catalog.Regions.Select(CatalogMapping.ToRow) }, CatalogVersion = catalog.Version };
    }

    public override async Task<ListCategoriesResponse> ListCategories(ListCategoriesRequest request, ServerCallContext context)
    {
        var (_, catalog) = await asOf.ReadAsync(request.AsOf, context.CancellationToken);
        return new ListCategoriesResponse { Categories = { catalog.Categories.Select(CatalogMapping.ToRow) }, CatalogVersion = catalog.Version };
    }

    public override async Task<ListTargetsResponse> ListTargets(ListTargetsRequest request, ServerCallContext context)
    {
        var (_, catalog) = await asOf.ReadAsync(request.AsOf, context.CancellationToken);
        var targets = catalog.Targets.Where(target => request.Region.Length == 0 || target.Region == request.Region);
        return new ListTargetsResponse { Targets = { targets.Select(target => CatalogMapping.ToRow(target, target.Goal(catalog))) }, CatalogVersion = catalog.Version };
    }

    public override async Task<ListTasksResponse> ListTasks(ListTasksRequest request, ServerCallContext context)
    {
        var (_, catalog) = await asOf.ReadAsync(request.AsOf, context.CancellationToken);
        return new ListTasksResponse { Tasks = { catalog.Tasks.Select(CatalogMapping.ToRow) }, CatalogVersion = catalog.Version };
    }

    public override async Task<ListOrganizationsResponse> ListOrganizations(ListOrganizationsRequest request, ServerCallContext context)
    {
        var (_, catalog) = await asOf.ReadAsync(request.AsOf, context.CancellationToken);
        return new ListOrganizationsResponse { Organizations = { catalog.Organizations.Select(CatalogMapping.ToRow) }, CatalogVersion = catalog.Version };
    }

    public override async Task<ListMandatesResponse> ListMandates(ListMandatesRequest request, ServerCallContext context)
    {
        var (_, catalog) = await asOf.ReadAsync(request.AsOf, context.CancellationToken);
        return new ListMandatesResponse { Mandates = { catalog.Mandates.Select(CatalogMapping.ToRow) }, CatalogVersion = catalog.Version };
    }

    public override async Task<ListBridgesResponse> ListBridges(ListBridgesRequest request, ServerCallContext context)
    {
        var (_, catalog) = await asOf.ReadAsync(request.AsOf, context.CancellationToken);
        return new ListBridgesResponse { Bridges = { catalog.Bridges.Select(CatalogMapping.ToRow) }, CatalogVersion = catalog.Version };
    }

    public override async Task<ListDensitiesResponse> ListDensities(ListDensitiesRequest request, ServerCallContext context)
    {
        var (_, catalog) = await asOf.ReadAsync(request.AsOf, context.CancellationToken);
        return new ListDensitiesResponse { Densities = { catalog.Densities.Select(CatalogMapping.ToRow) }, CatalogVersion = catalog.Version };
    }

    public override async Task<ListGrantsResponse> ListGrants(ListGrantsRequest request, ServerCallContext context)
    {
        var (_, catalog) = await asOf.ReadAsync(request.AsOf, context.CancellationToken);
        var caller = IdentityInterceptor.PrincipalOf(context);
        var grants = catalog.Grants.Where(grant => caller.IsUnrestricted || caller.Is(Roles.Admin) || (caller.Organization is { } own && grant.Concerns(own)));
        return new ListGrantsResponse { Grants = { grants.Select(CatalogMapping.ToRow) }, CatalogVersion = catalog.Version };
    }
}
