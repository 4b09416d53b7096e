using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Tests.Model;

/// <summary>
/// Rows and filters drawn from so few codes that keys meet often, in one report and from report to report.
/// </summary>
internal sealed class RandomReports(Random random)
{
    public static readonly string[] Organizations = ["wanzhou", "yaan"];

    /// <summary>Its rows make readings too wide to go by keys, where a filter takes them in.</summary>
    public const string Wide = "wide-organization";

    private const int WideSeries = 470;

    private static readonly string[] _indicators = ["HUB-HW-GEN", "ZW21-19"];
    private static readonly string[] _regions = ["500101", "511800"];
    private static readonly string[] _categories = [Codes.Total, "类别"];
    private static readonly Scope[] _scopes = [Scope.Whole, Scope.Rural];
    private static readonly string[] _periods = ["2023", "2024", "2024-Q1", "2024-01"];
    private static readonly string?[] _values = ["90", "90.0", "9.0", null];

    /// <summary>One row in each of many series and periods: as many possible keys as the square of the rows.</summary>
    public static IReadOnlyList<Observation> WideReport =>
        [.. Enumerable.Range(0, WideSeries).Select(i => Rows.Row(
            new DateOnly(2000, 1, 1).AddDays(i).ToString("yyyy-MM-dd"), $"{i}", _indicators[i % 2], _regions[i % 3 % 2], category: $"W{i}"))];

    public string Organization() => Pick(Organizations);

    public RowPolicy Policy() => random.Next(3) == 0 ? RowPolicy.RejectReport : RowPolicy.Quarantine;

    /// <summary>One row in eight is bad.</summary>
    public List<Observation?> Report() =>
        [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(8) == 0 ? null : Row())];

    public ObservationFilter Filter() => new()
    {
        Indicators = Some(_indicators, oneIn: 3),
        Regions = Some(_regions, oneIn: 4),
        Scopes = Some(_scopes, oneIn: 4),
        Categories = Some(_categories, oneIn: 5),
        Periods = Some([.. _periods.Select(Rows.PeriodOf)], oneIn: 5),
        From = random.Next(6) == 0 ? new DateOnly(2000 + random.Next(2) * 24, 1, 1) : null,
        To = random.Next(6) == 0 ? new DateOnly(2001 + random.Next(2) * 23, 4, 1) : null,
        Organizations = random.Next(5) == 0 ? [Organization(), Wide] : null,
        ExcludedOrganizations = Some([.. Organizations, Wide], oneIn: 4),
    };

    /// <summary>Of somebody who may read nothing, something, or all.</summary>
    public Visibility Visibility() => random.Next(4) == 0
        ? Identity.Visibility.Everything
        : new Visibility
        {
            Organization = random.Next(3) == 0 ? Pick(Organizations) : null,
            Indicators = Few(_indicators),
            ProvinceIndicators = Few(_indicators),
            ProvinceRegions = Few(_regions),
            Granted = Enumerable.Range(0, random.Next(3))
                .Select(_ => (Pick([.. Organizations, Wide, Identity.Visibility.Any]), Pick(_indicators), Pick([.. _regions, Identity.Visibility.Any])))
                .ToHashSet(),
        };

    private HashSet<string> Few(string[] items) => [.. Some(items, oneIn: 2)];

    private Observation Row()
    {
        var value = Pick(_values);
        var row = Rows.Row(Pick(_periods), value, Pick(_indicators), Pick(_regions), Pick(_scopes), Pick(_categories));
        return value is null ? row with { Status = StatusSet.Of("O") } : row;
    }

    private T Pick<T>(T[] items) => items[random.Next(items.Length)];

    /// <summary>Mostly none, which means any.</summary>
    private T[] Some<T>(T[] items, int oneIn) => random.Next(oneIn) == 0 ? random.GetItems(items, random.Next(1, 3)) : [];
}
