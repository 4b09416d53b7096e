using System.Text.Json;
using Dapper;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

/// <summary>A filter as the parameters of <see cref="ObservationSql"/>: JSON arrays, NULL for any.</summary>
internal static class FilterParameters
{
    public static DynamicParameters Of(ObservationFilter filter, Visibility visibility)
    {
        var parameters = new DynamicParameters(new
        {
            indicators = Json(filter.Indicators),
            regions = Json(filter.Regions),
            scopes = Json([.. filter.Scopes.Select(scope => (int)scope)]),
            categories = Json(filter.Categories),
            organizations = filter.Organizations is null ? null : JsonSerializer.Serialize(filter.Organizations),
            excluded = Json(filter.ExcludedOrganizations),
            periods = Json([.. filter.Periods.Select(period => period.Number)]),
            anySeries = AnySeries(filter, visibility) ? 1 : 0,
        });
        VisibilityParameters.AddTo(parameters, visibility);
        return parameters;
    }

    public static bool AnySeries(ObservationFilter filter, Visibility visibility) =>
        visibility.IsEverything && filter.Indicators.Count == 0 && filter.Regions.Count == 0 && filter.Scopes.Count == 0
        && filter.Categories.Count == 0 && filter.Organizations is null && filter.ExcludedOrganizations.Count == 0;

    /// <summary>The smallest period number that starts on this day.</summary>
    public static long FirstNumber(DateOnly day) => new Period((Frequency)0, day).Number;

    public static string? Json<T>(IReadOnlyList<T> items) => items.Count == 0 ? null : JsonSerializer.Serialize(items);
}
