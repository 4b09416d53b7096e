using System.Data;
using System.Text.Json;
using Dapper;
using WasteFree.Exchange.Identity;

namespace WasteFree.Exchange.Storage;

/// <summary>
/// What a caller may read as the parameters of the condition on a row <c>s</c> of series. The lists are JSON arrays, NULL for
/// an empty one; what was granted is written as owner, indicator and region with a blank between, none of which holds one.
/// </summary>
internal static class VisibilityParameters
{
    /// <summary>Whether the series may be read. What costs least to find out stands first.</summary>
    public static string Condition(Dialect dialect) => $"""
        (@everything = 1
            OR s.organization = @reader
            OR s.indicator IN ({dialect.Codes("@readIndicators")})
            OR (s.indicator IN ({dialect.Codes("@provinceIndicators")}) AND s.region IN ({dialect.Codes("@provinceRegions")}))
            OR (@granted IS NOT NULL AND (
                CONCAT(s.organization, ' ', s.indicator, ' ', s.region) IN ({dialect.Codes("@granted")})
                OR CONCAT(s.organization, ' ', s.indicator, ' {Visibility.Any}') IN ({dialect.Codes("@granted")})
                OR CONCAT('{Visibility.Any} ', s.indicator, ' ', s.region) IN ({dialect.Codes("@granted")})
                OR CONCAT('{Visibility.Any} ', s.indicator, ' {Visibility.Any}') IN ({dialect.Codes("@granted")}))))
        """;

    public static void AddTo(DynamicParameters parameters, Visibility visibility)
    {
        parameters.Add("everything", visibility.IsEverything ? 1 : 0);
        parameters.Add("reader", visibility.Organization, DbType.String);
        parameters.Add("readIndicators", Json(visibility.Indicators), DbType.String);
        parameters.Add("provinceIndicators", Json(visibility.ProvinceIndicators), DbType.String);
        parameters.Add("provinceRegions", Json(visibility.ProvinceRegions), DbType.String);
        parameters.Add("granted", Json(visibility.Granted.Select(grant => $"{grant.Owner} {grant.Indicator} {grant.Region}")), DbType.String);
    }

    private static string? Json(IEnumerable<string> items) => items.Any() ? JsonSerializer.Serialize(items) : null;
}
