using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>A sum must not betray the one value that is kept from it.</summary>
public sealed class DisclosureGoldenTests
{
    [Fact]
    public async Task G10_A_sum_with_exactly_one_confidential_member_is_withheld()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "10"), MadeUp.Value("T-AMOUNT", "B", "2023", "20"));
        await hub.SubmitAsAsync(MadeUp.Office, MadeUp.Secret("T-AMOUNT", "C", "2023", "5"));

        foreach (var caller in new[] { "", MadeUp.Bureau })
        {
            var table = await hub.TableAsync("T-AMOUNT", "2023", "A B C", caller: caller);
            Assert.Equal(["10", "20", ""], table.Cells.Select(cell => cell.Value));
            Assert.Equal((Verdict.NotComparable, VerdictReason.Confidential), (table.Cells[2].Verdict, table.Cells[2].Reasons[0]));
            Assert.Equal(("", VerdictReason.Confidential), (table.Aggregate.Value, table.Aggregate.Reasons.Single()));
            AssertNoSum(table);
        }

        var own = await hub.TableAsync("T-AMOUNT", "2023", "A B C", caller: MadeUp.Office);
        Assert.Equal(["10", "20", "5"], own.Cells.Select(cell => cell.Value));
        Assert.Equal(("35", 3), (own.Aggregate.Value, own.Aggregate.Used));
        Assert.Empty(own.Aggregate.Reasons);
    }

    [Fact]
    public async Task G10_Two_confidential_members_hide_one_another_and_the_sum_is_that_of_the_rest()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "10"), MadeUp.Value("T-AMOUNT", "B", "2023", "20"));
        await hub.SubmitAsAsync(MadeUp.Office, MadeUp.Secret("T-AMOUNT", "C", "2023", "5"), MadeUp.Secret("T-AMOUNT", "D", "2023", "7"));

        var all = (await hub.TableAsync("T-AMOUNT", "2023", "A B C D")).Aggregate;

        Assert.Equal(("30", 2, 4, "50"), (all.Value, all.Used, all.Expected, all.Coverage));
        Assert.Equal(["C", "D"], all.Excluded.Select(left => left.Region));
        Assert.All(all.Excluded, left => Assert.Contains(VerdictReason.Confidential, left.Reasons));
        Assert.Empty(all.Reasons);
    }

    [Theory]
    [InlineData("A B C D P", "0", "")]
    [InlineData("P D C B A", "0", "")]
    [InlineData("A B C D P", "", "M")]
    public async Task G10_A_parent_beside_children_of_which_one_is_confidential_is_withheld_too(string regions, string fourth, string fourthStatus)
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-AMOUNT", "A", "2023", "10"), MadeUp.Value("T-AMOUNT", "B", "2023", "20"),
            MadeUp.Value("T-AMOUNT", "D", "2023", fourth, fourthStatus), MadeUp.Value("T-AMOUNT", "P", "2023", "35"));
        await hub.SubmitAsAsync(MadeUp.Office, MadeUp.Secret("T-AMOUNT", "C", "2023", "5"));

        var table = await hub.TableAsync("T-AMOUNT", "2023", regions);
        var parent = table.Cells.Single(cell => cell.Region == "P");
        Assert.Equal(("", "", Verdict.NotComparable), (parent.Value, parent.SentValue, parent.Verdict));
        Assert.Contains(VerdictReason.Confidential, parent.Reasons);
        AssertNoSum(table);

        var own = await hub.TableAsync("T-AMOUNT", "2023", regions, caller: MadeUp.Office);
        Assert.Equal("35", own.Cells.Single(cell => cell.Region == "P").Value);
    }

    [Fact]
    public async Task G10_A_parent_whose_children_hide_one_another_is_shown()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "10"), MadeUp.Value("T-AMOUNT", "P", "2023", "42"));
        await hub.SubmitAsAsync(MadeUp.Office, MadeUp.Secret("T-AMOUNT", "C", "2023", "5"), MadeUp.Secret("T-AMOUNT", "D", "2023", "7"));

        var table = await hub.TableAsync("T-AMOUNT", "2023", "P A C D");

        Assert.Equal(["42", "10", "", ""], table.Cells.Select(cell => cell.Value));
    }

    [Fact]
    public async Task G10_Neither_growth_nor_a_partial_value_nor_an_explanation_betrays_it()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "1010"), MadeUp.Value("AUX-POP", "A", "2023", "500"));
        await hub.SubmitAsAsync(MadeUp.Office,
            MadeUp.Secret("T-AMOUNT", "A", "2022", "7777"), MadeUp.Secret("T-AMOUNT", "B", "2023-01", "7777"), MadeUp.Secret("T-AMOUNT", "C", "2023", "7777"));
        var request = MetricHub.Question("T-AMOUNT", "2023", "A B C", question =>
        {
            question.Growth.Add(GrowthBasis.PreviousPeriod);
            question.RollUp = true;
        });

        var answer = await hub.TableAsync(request);
        Assert.DoesNotContain("7777", answer.ToString(), StringComparison.Ordinal);
        var growth = answer.Cells[0].Growth.Single();
        Assert.Equal(("", "", ""), (growth.BaseValue, growth.Change, growth.Percent));
        Assert.Contains(VerdictReason.Confidential, growth.Reasons);

        foreach (var region in new[] { "A", "B", "C", "" })
        {
            var why = await hub.Hub.Metrics.ExplainValueAsync(
                new ExplainValueRequest { Comparison = request, Region = region }, cancellationToken: TestContext.Current.CancellationToken);
            Assert.DoesNotContain("7777", why.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>35, the sum with the secret, and 30, the rest of it, stand nowhere but in no cell's own value.</summary>
    private static void AssertNoSum(V1.Comparison table)
    {
        Assert.Equal(("", ""), (table.Aggregate.Numerator, table.Aggregate.Denominator));
        Assert.DoesNotContain("35", table.Aggregate.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("35", string.Join(' ', table.Cells.Select(cell => $"{cell.Value} {cell.SentValue} {cell.MessageEn} {cell.MessageZh}")), StringComparison.Ordinal);
    }
}
