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
    /// <summary>Before each statement that has the condition.</summary>
    public static string Lists(Dialect dialect) => dialect.Lists("@everything = 0", "@readIndicators", "@provinceIndicators", "@provinceRegions", "@granted");

    /// <summary>Whether the series may be read. What costs least to find out stands first.</summary>
    public static string Condition(Dialect dialect) => $"""
        (@everything = 1
            OR s.organization = @reader
            OR s.indicator IN ({dialect.Listed("@readIndicators")})
            OR (s.indicator IN ({dialect.Listed("@provinceIndicators")}) AND s.region IN ({dialect.Listed("@provinceRegions")}))
            OR (@granted IS NOT NULL AND (
                CONCAT(s.organization, ' ', s.indicator, ' ', s.region) IN ({dialect.Listed("@granted")})
                OR CONCAT(s.organization, ' ', s.indicator, ' {Visibility.Any}') IN ({dialect.Listed("@granted")})
                OR CONCAT('{Visibility.Any} ', s.indicator, ' ', s.region) IN ({dialect.Listed("@granted")})
                OR CONCAT('{Visibility.Any} ', s.indicator, ' {Visibility.Any}') IN ({dialect.Listed("@granted")}))))
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
