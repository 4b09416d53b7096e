using WasteFree.Exchange.Server.Tests.Comparability;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Paging;

/// <summary>74 indicators in 89 regions and 3 periods, a value in each: nearly as many cells as may be asked.</summary>
public sealed class LargeComparisonTests
{
    private static readonly string[] Years = ["2021", "2022", "2023"];
    private static readonly string[] Indicators = [.. Enumerable.Range(0, 74).Select(i => $"T-L{i:D2}")];
    private static readonly string[] Regions = [.. Enumerable.Range(0, 89).Select(i => $"L{i:D2}")];

    [Fact]
    public async Task A_client_with_default_limits_reads_all_of_it()
    {
        await using var hub = await StartAsync();
        var request = new CompareMetricsRequest { Indicators = { Indicators }, Regions = { Regions }, Periods = { Years }, Growth = { GrowthBasis.PreviousPeriod, GrowthBasis.SamePeriodLastYear }, IncludeMessages = true };

        // The channel of the tests is as grpc-dotnet makes it: a message of more than 4 MiB fails.
        var pages = await EveryPage.OfAsync(hub.Hub.Metrics.CompareMetricsAsync, request);

        Assert.True(pages.Count > 2, "It is not large.");
        Assert.Single(pages.Select(page => page.Position).Distinct());
        var tables = EveryPage.Tables(pages);
        Assert.Equal(from indicator in Indicators from year in Years select (indicator, year), tables.Select(table => (table.Indicator.Code, table.Period)));
        foreach (var table in tables)
        {
            Assert.Equal(Regions, table.Cells.Select(cell => cell.Region));
            // Less is better: region 0 has 1 t, region 1 has 2 t, and so on.
            Assert.Equal(Enumerable.Range(1, Regions.Length).Select(number => ($"{number}", number)), table.Cells.Select(cell => (cell.Value, cell.Rank)));
            Assert.Equal("4005", table.Aggregate.Value);
        }
    }

    private static async Task<MetricHub> StartAsync()
    {
        var hub = await MetricHub.StartAsync();
        await hub.LoadAsync(
            (CatalogTableKind.Regions, "code,name_zh,name_en,level,parent_code\n" + string.Concat(Regions.Select(code => $"{code},示例{code}市,Sample City {code},prefecture,P\n"))),
            (CatalogTableKind.Indicators, "code,version,name_zh,name_en,unit,kind,direction,aggregation,sharing\n"
                + string.Concat(Indicators.Select(code => $"{code},1.0,示例产生量{code},Sample amount {code},t,amount,lower,sum,无条件\n"))));
        var rows = from indicator in Indicators from year in Years from number in Enumerable.Range(0, Regions.Length) select MadeUp.Value(indicator, Regions[number], year, $"{number + 1}");
        foreach (var some in rows.Chunk(5_000)) await hub.SubmitAsync(some);
        return hub;
    }
}
