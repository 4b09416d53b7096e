using WasteFree.Exchange.Server.Tests.Comparability.Oracle;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>Sums and ranks behave as sums and ranks do.</summary>
public sealed class SumAndRankTests
{
    private const int Seed = 7;

    /// <summary>The second is the first by a rising map (3x + 2), the third by a falling one (100 - x).</summary>
    private const string Maps = """
        code,name_zh,unit,kind,direction,aggregation
        M-PLAIN,示例量一,t,amount,higher,sum
        M-RISEN,示例量二,t,amount,higher,sum
        M-FALLEN,示例量三,t,amount,lower,sum
        """;

    private static readonly string[] Places = ["A", "B", "C", "D", "E", "X", "Y"];

    [Theory]
    [InlineData("T-AMOUNT", Normalization.Unspecified, "")]
    [InlineData("T-AMOUNT", Normalization.PerCapita, "kg/({person}.d)")]
    [InlineData("T-RATE", Normalization.Unspecified, "")]
    [InlineData("T-PER-CNY", Normalization.Unspecified, "g/{CNY}")]
    public async Task The_whole_of_two_groups_follows_from_the_two(string indicator, Normalization normalization, string unit)
    {
        var random = new Random(Seed);
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync([.. Places.Where(_ => random.Next(6) > 0).Select(place => indicator == "T-AMOUNT"
            ? MadeUp.Value(indicator, place, "2023", $"{random.Next(1, 1000)}.{random.Next(100):00}")
            : MadeUp.Parts(indicator, place, "2023", $"{random.Next(1, 1000)}", $"{random.Next(1, 1000)}.{random.Next(100):00}"))]);
        await hub.SubmitAsync([.. Places.Select(place => MadeUp.Value("AUX-POP", place, "2023", $"{random.Next(1, 1000)}"))]);

        for (var i = 0; i < 20; i++)
        {
            random.Shuffle(Places);
            var cut = random.Next(1, Places.Length);
            var (first, second, both) = (await SumAsync(Places[..cut]), await SumAsync(Places[cut..]), await SumAsync(Places));

            Assert.Equal(both.Used, first.Used + second.Used);
            Assert.Equal(both.Expected, first.Expected + second.Expected);
            Assert.Equal(both.Excluded.Select(left => left.Region).Order(), first.Excluded.Concat(second.Excluded).Select(left => left.Region).Order());
            if (first.Value.Length == 0 || second.Value.Length == 0) continue;
            var parts = both.Numerator.Length > 0;
            Assert.Equal(parts, indicator != "T-AMOUNT" || normalization != Normalization.Unspecified);
            if (!parts)
            {
                Assert.Equal(both.Value, (Number(first.Value) + Number(second.Value)).Text());
                continue;
            }
            Assert.Equal((both.Numerator, both.Denominator), ((Number(first.Numerator) + Number(second.Numerator)).Text(), (Number(first.Denominator) + Number(second.Denominator)).Text()));
            // It lies between the two, as a weighted mean does.
            Assert.True(Number(both.Value).CompareTo(Max(first.Value, second.Value)) <= 0 && Number(both.Value).CompareTo(Min(first.Value, second.Value)) >= 0, both.ToString());
        }

        async Task<ComparisonAggregate> SumAsync(string[] places) =>
            (await hub.TableAsync(indicator, "2023", string.Join(' ', places), request => (request.Normalization, request.Unit) = (normalization, unit))).Aggregate;
    }

    [Fact]
    public async Task A_rank_depends_on_the_order_of_the_values_alone()
    {
        var random = new Random(Seed);
        await using var hub = await MetricHub.StartAsync();
        await hub.LoadAsync(CatalogTableKind.Indicators, Maps);
        for (var year = 2001; year <= 2020; year++)
        {
            var values = Places.Where(_ => random.Next(7) > 0).Select(place => (place, Value: Fraction.Parse($"{random.Next(1, 5)}.{random.Next(3)}"))).ToList();
            await hub.SubmitAsync([.. values.SelectMany(one => new[]
            {
                MadeUp.Value("M-PLAIN", one.place, $"{year}", one.Value.Text()),
                MadeUp.Value("M-RISEN", one.place, $"{year}", ((Fraction.Of(3) * one.Value) + Fraction.Of(2)).Text()),
                MadeUp.Value("M-FALLEN", one.place, $"{year}", (Fraction.Of(100) - one.Value).Text()),
            })]);

            var ranks = await RanksAsync("M-PLAIN", "");
            Assert.Equal(ranks, await RanksAsync("M-RISEN", ""));
            Assert.Equal(ranks, await RanksAsync("M-FALLEN", ""));
            Assert.Equal(ranks, await RanksAsync("M-PLAIN", "kg"));
            Assert.Equal(ranks, await RanksAsync("M-PLAIN", "t/d"));
            // 1 + those that are better: equals share a place, and those after them do not move up.
            Assert.Equal(values.OrderBy(one => one.place, StringComparer.Ordinal).Select(one => $"{one.place} {1 + values.Count(other => other.Value.CompareTo(one.Value) > 0)}"), ranks);

            async Task<IEnumerable<string>> RanksAsync(string indicator, string unit)
            {
                random.Shuffle(Places);
                var table = await hub.TableAsync(indicator, $"{year}", string.Join(' ', Places), request => request.Unit = unit);
                Assert.Equal(Places, table.Cells.Select(cell => cell.Region));
                return table.Cells.Where(cell => cell.Rank > 0).OrderBy(cell => cell.Region, StringComparer.Ordinal).Select(cell => $"{cell.Region} {cell.Rank}").ToList();
            }
        }
    }

    private static Fraction Number(string text) => Fraction.Parse(text);

    private static Fraction Max(string a, string b) => Number(a).CompareTo(Number(b)) > 0 ? Number(a) : Number(b);

    private static Fraction Min(string a, string b) => Number(a).CompareTo(Number(b)) > 0 ? Number(b) : Number(a);
}
