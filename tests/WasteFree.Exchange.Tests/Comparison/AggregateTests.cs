using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class AggregateTests
{
    [Fact]
    public void A_ratio_is_the_sum_of_numerators_by_the_sum_of_denominators()
    {
        var table = Scene.Of().Place("A").Place("B").Place("C")
            .ReportParts("A", "80", "100").ReportParts("B", "30", "60").ReportParts("C", "300", "400").Compare("A B C");
        var aggregate = table.Aggregate!;
        Assert.Equal("73.214285714286", aggregate.Quantity?.ToDecimalText());
        Assert.Equal(new Rational(410, 1), aggregate.Numerator);
        Assert.Equal(new Rational(560, 1), aggregate.Denominator);
        Assert.Equal((3, 3), (aggregate.Used, aggregate.Expected));
    }

    [Fact]
    public void A_ratio_without_parts_stays_out_and_is_named()
    {
        var aggregate = Scene.Of().Place("A").Place("B").ReportParts("A", "80", "100").Report("B", "10").Compare("A B").Aggregate!;
        Assert.Equal("80", aggregate.Quantity?.ToDecimalText());
        Assert.Equal("50", aggregate.Coverage.ToDecimalText());
        var left = Assert.Single(aggregate.Excluded);
        Assert.Equal("B", left.Region);
        Assert.Equal([VerdictReason.Denominator], left.Reasons);
    }

    [Fact]
    public void Amounts_sum_and_a_zero_counts_where_an_absent_row_does_not()
    {
        var aggregate = Scene.OfTonnes().Place("A").Place("B").Place("C").Report("A", "12.5").Report("B", "0").Compare("A B C").Aggregate!;
        Assert.Equal("12.5", aggregate.Quantity?.ToDecimalText());
        Assert.Equal((2, 3), (aggregate.Used, aggregate.Expected));
        Assert.Equal([VerdictReason.Missing], Assert.Single(aggregate.Excluded).Reasons);
    }

    [Theory]
    [InlineData("A", "P", "E", 'E')]
    [InlineData("B", "A", "A", 'B')]
    public void The_worst_flag_is_the_highest_of_the_members(string a, string b, string c, char worst)
    {
        var aggregate = Scene.OfTonnes().Place("A").Place("B").Place("C").Report("A", "1", a).Report("B", "2", b).Report("C", "3", c).Compare("A B C").Aggregate!;
        Assert.Equal(worst, aggregate.Status.Highest);
    }

    [Fact]
    public void With_one_member_confidential_the_sum_is_withheld_with_two_it_is_the_sum_of_the_others()
    {
        var scene = Scene.OfTonnes().Place("A").Place("B").Place("C").Place("D").Report("A", "10").Report("B", "20").Report("C", "5", change: Secret);
        var one = scene.Compare("A B C").Aggregate!;
        Assert.Null(one.Quantity);
        Assert.Equal([VerdictReason.Confidential], one.Reasons);
        Assert.Null(one.Derivation.Quantity);
        Assert.DoesNotContain(one.Derivation.Inputs, input => input.Quantity is not null);

        var two = scene.Report("D", "7", change: Secret).Compare("A B C D").Aggregate!;
        Assert.Equal("30", two.Quantity?.ToDecimalText());
        Assert.Equal(["C", "D"], two.Excluded.Select(left => left.Region));
    }

    [Fact]
    public void Its_owner_sees_a_confidential_value_and_the_sum_with_it()
    {
        var aggregate = Scene.OfTonnes().Place("A").Place("C").Report("A", "10").Report("C", "5", change: Secret)
            .Compare("A C", request => request with { Visibility = Scene.SeenBy("c") }).Aggregate!;
        Assert.Equal("15", aggregate.Quantity?.ToDecimalText());
    }

    [Fact]
    public void A_whole_whose_parts_are_all_there_but_one_confidential_is_withheld_too()
    {
        var scene = Scene.OfTonnes().Place("P").Place("A", "P").Place("B", "P").Place("C", "P")
            .Report("P", "35").Report("A", "10").Report("B", "20").Report("C", "5", change: Secret);
        var whole = scene.Compare("P A B C").Cells[0];
        Assert.Equal("", whole.Value);
        Assert.Contains(VerdictReason.Confidential, whole.Reasons);
        Assert.DoesNotContain("35", whole.Derivation.ToString(), StringComparison.Ordinal);
        // Another question tells B.
        Assert.Equal(["", ""], new[] { "P A C", "P" }.Select(regions => scene.Compare(regions).Cells[0].Value));
    }

    [Fact]
    public void Regions_on_one_ground_never_enter_one_sum()
    {
        var aggregate = Scene.OfTonnes().Place("P").PlaceUnit("A").Place("Z", "", "A").Report("A", "10").Report("Z", "4").Compare("A Z").Aggregate!;
        Assert.Equal("10", aggregate.Quantity?.ToDecimalText());
        Assert.Equal([VerdictReason.Overlap], Assert.Single(aggregate.Excluded).Reasons);
    }

    [Fact]
    public void Flags_and_events_do_not_add_up()
    {
        var scene = Scene.Of(rate => rate with { Kind = IndicatorKind.Flag, Unit = "1" }).Place("A").Report("A", "1");
        Assert.Null(scene.Compare("A").Aggregate);
    }

    private static Observation Secret(Observation observation) => observation with { Confidentiality = Confidentiality.Confidential };
}
