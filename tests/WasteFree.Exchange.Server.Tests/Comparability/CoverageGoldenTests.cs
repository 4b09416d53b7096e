using System.Text;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>How complete a table is.</summary>
public sealed class CoverageGoldenTests
{
    [Fact]
    public async Task G08_What_cannot_exist_is_not_expected_and_a_stated_reason_is_complete()
    {
        await using var hub = await MetricHub.StartAsync();
        var regions = Enumerable.Range(1, 48).Select(number => $"N{number:00}").ToList();
        var csv = new StringBuilder("code,name_zh\n");
        foreach (var region in regions) csv.Append(region).Append(",示例第").Append(region).Append("区\n");
        await hub.LoadAsync(CatalogTableKind.Regions, csv.ToString());
        // 36 with a number, 4 missing on purpose (2 of them M), 8 of which nothing was heard.
        string[] flags = ["M", "M", "O", "L"];
        await hub.SubmitAsync(
        [
            .. regions.Take(36).Select(region => MadeUp.Value("T-AMOUNT", region, "2023", "1")),
            .. regions.Skip(36).Take(4).Select((region, i) => MadeUp.Value("T-AMOUNT", region, "2023", "", flags[i])),
        ]);

        var table = await hub.TableAsync("T-AMOUNT", "2023", string.Join(' ', regions));

        var coverage = table.Coverage;
        Assert.Equal((48, 36, 4, 2, 8), (coverage.Expected, coverage.Valued, coverage.Missing, coverage.CannotExist, coverage.Absent));
        Assert.Equal(("78.260869565217", "82.608695652174"), (coverage.DataCoverage, coverage.Completeness));
        // The aggregate counts members, not reasons.
        Assert.Equal(("36", 36, 48, "75"), (table.Aggregate.Value, table.Aggregate.Used, table.Aggregate.Expected, table.Aggregate.Coverage));
        Assert.Equal(12, table.Aggregate.Excluded.Count);
    }

    [Fact]
    public async Task G08_Where_nothing_can_exist_there_is_no_coverage_to_speak_of()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "", "M"));

        var table = await hub.TableAsync("T-AMOUNT", "2023", "A");

        Assert.Equal((1, 0, 1, 1, 0, "", ""), (table.Coverage.Expected, table.Coverage.Valued, table.Coverage.Missing, table.Coverage.CannotExist, table.Coverage.Absent, table.Coverage.DataCoverage, table.Coverage.Completeness));
        Assert.Equal(("", VerdictReason.Missing), (table.Aggregate.Value, table.Aggregate.Reasons.Single()));
    }
}
