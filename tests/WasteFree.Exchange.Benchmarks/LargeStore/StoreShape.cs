using System.Globalization;
using System.Text;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Benchmarks.LargeStore;

/// <summary>
/// What a large store holds, all of it made up (示例): for each reporting unit an office that reports a thousand series each
/// month and year of ten years, half of them ratios by their parts, and a bureau that reports a tenth of them once more.
/// </summary>
internal static class StoreShape
{
    public const int Indicators = 250;
    public const int FirstYear = 2014;
    public const int Years = 10;
    public const string Bureau = "bench-bureau";

    /// <summary>The total, and three parts.</summary>
    private static readonly string[] Categories = [Codes.Total, "BC1", "BC2", "BC3"];

    private const int Series = Indicators * 4;

    /// <summary>The bureau reports every tenth series.</summary>
    private const int BureauStep = 10;

    public static IReadOnlyList<string> Regions { get; } = ReportingUnits();

    /// <summary>In the order in which they end.</summary>
    public static IReadOnlyList<Period> Periods { get; } =
    [
        .. Enumerable.Range(FirstYear, Years)
            .SelectMany(year => Enumerable.Range(1, 12).Select(month => new Period(Frequency.Monthly, new DateOnly(year, month, 1)))
                .Append(new Period(Frequency.Annual, new DateOnly(year, 1, 1)))),
    ];

    public static string IndicatorOf(int number) => string.Create(CultureInfo.InvariantCulture, $"BENCH-{number:D3}");

    public static string OfficeOf(string region) => $"bench-{region.ToLowerInvariant()}";

    public static IReadOnlyList<CatalogTable> Tables { get; } =
    [
        Table(CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction,numerator_unit,denominator_unit", Enumerable.Range(0, Indicators).Select(number => IsRatio(number)
            ? $"{IndicatorOf(number)},示例率{number},%,ratio,higher,t,t"
            : $"{IndicatorOf(number)},示例量{number},t,amount,lower,,")),
        Table(CatalogTableKind.Categories, "code_list,code,name_zh,indicators", Categories.Skip(1).Select(code => $"BENCH,{code},示例{code},BENCH-*")),
        Table(CatalogTableKind.Organizations, "id,name_zh,regions,illustrative", [
            .. Regions.Select(region => $"{OfficeOf(region)},示例办公室 {region},{region},true"), $"{Bureau},示例局,*,true"]),
        Table(CatalogTableKind.Mandates, "organization,indicators,regions,authoritative", [
            .. Regions.Select(region => $"{OfficeOf(region)},BENCH-*,{region},true"), $"{Bureau},BENCH-*,*,false"]),
    ];

    /// <summary>What an organisation reports for a period; a later revision repeats a part of it with other numbers.</summary>
    /// <param name="organization">An office or the bureau.</param>
    /// <param name="period">The period.</param>
    /// <param name="revision">0: the first report; 1: the fifth of it that is revised; 2: the fourth of that which is revised again.</param>
    public static List<Observation> Rows(string organization, Period period, int revision)
    {
        var rows = new List<Observation>();
        for (var place = 0; place < Regions.Count; place++)
        {
            if (organization != Bureau && organization != OfficeOf(Regions[place])) continue;
            for (var series = 0; series < Series; series += organization == Bureau ? BureauStep : 1)
            {
                var chance = Hash(place, series, period.Number);
                if (revision >= 1 && chance % 5 != 0) continue;
                if (revision >= 2 && chance / 5 % 4 != 0) continue;
                rows.Add(Row(place, series, period, (int)(chance / 20 % 900) + 100 + revision));
            }
        }
        return rows;
    }

    private static Observation Row(int place, int series, Period period, int number) => new()
    {
        Region = Regions[place],
        Indicator = IndicatorOf(series / Categories.Length),
        Version = "1.0",
        Category = Categories[series % Categories.Length],
        Period = period,
        Value = IsRatio(series / Categories.Length) ? null : new ExactDecimal(number * 1_000L + place, 2),
        Numerator = IsRatio(series / Categories.Length) ? new ExactDecimal(number, 1) : null,
        Denominator = IsRatio(series / Categories.Length) ? new ExactDecimal(1_000 + place, 1) : null,
        Unit = IsRatio(series / Categories.Length) ? "%" : "t",
        Note = "示例",
    };

    private static bool IsRatio(int indicator) => indicator % 2 == 0;

    /// <summary>Spreads numbers evenly, the same in every run (splitmix64).</summary>
    private static ulong Hash(int place, int series, long period)
    {
        var z = (ulong)((period * Series + series) * 64 + place) + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static string[] ReportingUnits()
    {
        var load = CatalogLoader.Load(BuiltInCatalog.Tables, [], allowIllustrative: false);
        return [.. CatalogReader.Read(1, load.Changed).MembersOf("REPORTING-UNITS", new DateOnly(2024, 12, 31))];
    }

    private static CatalogTable Table(CatalogTableKind kind, string header, IEnumerable<string> lines) =>
        new(kind, $"benchmark-{kind}.csv", Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(header)) + "\n"));
}
