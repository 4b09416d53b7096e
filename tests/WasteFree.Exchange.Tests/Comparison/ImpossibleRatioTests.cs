using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Tests.Attainments;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

/// <summary>
/// The check refuses a ratio over zero; one that is in the store all the same, from before or by another way, is shown and
/// counts for nothing, whatever value is stated beside it.
/// </summary>
public sealed class ImpossibleRatioTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("5", "0")]
    [InlineData("-1", "-1")]
    public void A_stated_ratio_whose_parts_form_none_has_no_rank_and_no_part_in_the_sum(string numerator, string denominator)
    {
        var table = Scene.Of().Place("A").Place("B").Place("C")
            .Report("A", "100", change: Parts(numerator, denominator)).Report("B", "95", change: Parts("950", "1000")).Report("C", "50", change: Parts("5", "10"))
            .Compare("A B C");

        Assert.Equal([null, 1, 2], table.Cells.Select(cell => cell.Rank));
        var cell = table.Cells[0];
        Assert.Equal((Verdict.NotComparable, "100", numerator, denominator), (cell.Verdict, cell.Value, cell.Numerator, cell.Denominator));
        Assert.Equal([VerdictReason.Denominator], cell.Reasons);
        Assert.StartsWith("denominator:", cell.MessageEn, StringComparison.Ordinal);
        var together = table.Aggregate!;
        Assert.Equal((2, 3, (Rational)955, (Rational)1010), (together.Used, together.Expected, together.Numerator!.Value, together.Denominator!.Value));
        Assert.Equal(("A", VerdictReason.Denominator), (together.Excluded.Single().Region, together.Excluded.Single().Reasons.Single()));
    }

    [Fact]
    public void It_attains_no_target()
    {
        var scene = Scene.Of().Aim("A", "90").Report("A", "100", change: Parts("0", "0"));

        Assert.Null(scene.Compare("A").Cells[0].Targets.Single().Attained);
        var found = scene.Attain();
        Assert.Equal(Exchange.Attainments.AttainmentState.Unknown, found.State);
        Assert.Contains("denominator", found.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void It_makes_no_quarter_whole()
    {
        var scene = Scene.Of(rate => rate with { Aggregation = Aggregation.Parts }).Place("A")
            .At("2024-01", "A", "80", change: Parts("8", "10")).At("2024-02", "A", "75", change: Parts("9", "12")).At("2024-03", "A", "100", change: Parts("0", "0"));

        var cell = scene.Compare("A", request => request with { Columns = [(Scene.Rate, Scene.PeriodOf("2024-Q1"))], RollUp = true }).Cells[0];

        Assert.Equal(("", Verdict.NotComparable, 2, 3), (cell.Value, cell.Verdict, cell.RollUp!.Used, cell.RollUp.Expected));
        Assert.Contains(VerdictReason.Denominator, cell.Reasons);
    }

    [Fact]
    public void Nothing_grows_from_it_or_to_it()
    {
        var scene = Scene.Of().Place("A")
            .At("2023", "A", "80", change: Parts("8", "10")).At("2024", "A", "100", change: Parts("0", "0")).At("2025", "A", "90", change: Parts("9", "10"));

        foreach (var year in new[] { "2024", "2025" })
        {
            var growth = scene.Compare("A", request => request with { Columns = [(Scene.Rate, Scene.PeriodOf(year))], Growth = [GrowthBasis.PreviousPeriod] }).Cells[0].Growth.Single();
            Assert.Equal((null, null), (growth.Percent, growth.Change));
            Assert.Equal([VerdictReason.Denominator], growth.Reasons);
        }
    }

    [Fact]
    public void It_is_withheld_like_any_number()
    {
        var cell = Scene.Of().Place("A").Report("A", "100", change: row => Parts("0", "0")(row) with { Confidentiality = Confidentiality.Confidential })
            .Compare("A", request => request with { Visibility = Scene.SeenBy("b") }).Cells[0];

        Assert.Equal(("", VerdictReason.Confidential), (cell.Value, cell.Reasons.Single()));
    }

    private static Func<Observation, Observation> Parts(string numerator, string denominator) => row => row with
    {
        Numerator = Scene.Decimal(numerator),
        Denominator = Scene.Decimal(denominator),
    };
}
