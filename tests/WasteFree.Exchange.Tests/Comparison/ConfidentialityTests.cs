using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class ConfidentialityTests
{
    private static readonly Func<Observation, Observation> Secret = row => row with { Confidentiality = Confidentiality.Confidential };

    [Theory]
    [InlineData(Confidentiality.NotForPublication)]
    [InlineData(Confidentiality.Confidential)]
    [InlineData(Confidentiality.SecondarySetBySender)]
    [InlineData(Confidentiality.SecondarySetByReceiver)]
    public void A_confidential_cell_shows_no_number_at_all(Confidentiality confidentiality)
    {
        var scene = Scene.OfTonnes().Aim("A", "10").Report("A", "12345", "E", change: row => row with
        {
            Unit = "kg",
            Numerator = Scene.Decimal("12345"),
            Denominator = Scene.Decimal("12345"),
            Confidentiality = confidentiality,
        });
        var table = scene.Report("B", "20").Compare("A B");
        var cell = table.Cells[0];
        Assert.Equal(Verdict.NotComparable, cell.Verdict);
        Assert.Equal([VerdictReason.Confidential, VerdictReason.Status, VerdictReason.Converted], cell.Reasons);
        Assert.Null(cell.Quantity);
        Assert.Null(cell.Rank);
        Assert.Equal(("", "", "", "", ""), (cell.Value, cell.SentValue, cell.SentUnit, cell.Numerator, cell.Denominator));
        Assert.Null(Assert.Single(cell.Targets).Attained);
        Assert.DoesNotContain("12345", table.ToString() + cell + cell.MessageZh + cell.MessageEn, StringComparison.Ordinal);
        Assert.Equal("a", cell.Organization);
        Assert.Equal(1, table.Cells[1].Rank);
    }

    [Fact]
    public void An_organisation_sees_and_ranks_its_own_confidential_value()
    {
        var scene = Scene.Of().Report("A", "50", change: Secret).Report("B", "40", change: Secret);
        var table = scene.Compare("A B", request => request with { Visibility = Scene.SeenBy("a") });
        Assert.Equal(["50", ""], table.Cells.Select(cell => cell.Value));
        Assert.Equal([1, null], table.Cells.Select(cell => cell.Rank));
        Assert.Equal(Verdict.Comparable, table.Cells[0].Verdict);
    }

    [Fact]
    public void A_confidential_alternative_is_listed_without_its_value_and_does_not_betray_that_it_differs()
    {
        var scene = Scene.Of().Mandate("m").Report("A", "50", by: "m").Report("A", "49", by: "b", change: Secret);
        var cell = scene.Compare("A").Cells[0];
        Assert.Equal([new Alternative("b", false, "", "%")], cell.Alternatives);
        Assert.Equal(Verdict.Comparable, cell.Verdict);
        var own = scene.Compare("A", request => request with { Visibility = Scene.SeenBy("b") }).Cells[0];
        Assert.Equal([VerdictReason.OtherSourcesDiffer], own.Reasons);
        Assert.Equal("49", own.Alternatives[0].Value);
    }

    [Fact]
    public void A_confidential_zero_denominator_is_not_betrayed()
    {
        var cell = Scene.Of().ReportParts("A", "7", "0", change: Secret).Compare("A").Cells[0];
        Assert.Equal([VerdictReason.Confidential], cell.Reasons);
        Assert.Equal(("", ""), (cell.Numerator, cell.Denominator));
    }

    [Fact]
    public void The_parts_of_a_confidential_row_without_a_value_are_withheld_too()
    {
        var lone = Scene.Of().ReportParts("A", null, "7", change: Secret).Compare("A").Cells[0];
        Assert.Equal([VerdictReason.Missing], lone.Reasons);
        Assert.Equal("", lone.Denominator);
        var amount = Scene.OfTonnes().ReportParts("A", "7", "8", change: Secret).Compare("A").Cells[0];
        Assert.Equal(("", ""), (amount.Numerator, amount.Denominator));
    }
}
