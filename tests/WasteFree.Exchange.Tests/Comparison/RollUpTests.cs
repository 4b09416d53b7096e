using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class RollUpTests
{
    [Fact]
    public void G12_a_ratio_of_months_is_the_quotient_of_their_sums()
    {
        var cell = Quarter(Scene.Of(rate => rate with { Aggregation = Aggregation.Parts }).Place("A")
            .ReportParts("A", "8", "10", change: In("2024-01")).ReportParts("A", "9", "12", change: In("2024-02")).ReportParts("A", "12", "13", change: In("2024-03")));
        Assert.Equal("82.857142857143", cell.Value);
        Assert.Equal(("29", "35"), (cell.Numerator, cell.Denominator));
        Assert.Equal(Verdict.ComparableWithConversion, cell.Verdict);
        Assert.Equal([VerdictReason.RolledUp], cell.Reasons);
    }

    [Fact]
    public void G12_flows_with_a_month_missing_give_no_quarter_only_a_partial_sum()
    {
        var cell = Quarter(Scene.OfTonnes().Place("A").At("2024-01", "A", "10").At("2024-02", "A", "12"));
        Assert.Equal("", cell.Value);
        Assert.Null(cell.Rank);
        Assert.Equal([VerdictReason.Missing], cell.Reasons);
        Assert.Equal("22", cell.RollUp!.PartialValue);
        Assert.Equal((2, 3), (cell.RollUp.Used, cell.RollUp.Expected));
        Assert.Equal("66.666666666667", cell.RollUp.Coverage.ToDecimalText());
    }

    [Fact]
    public void What_was_reported_for_the_period_is_never_replaced()
    {
        var cell = Quarter(Scene.OfTonnes().Place("A").At("2024-Q1", "A", "99").At("2024-01", "A", "1").At("2024-02", "A", "1").At("2024-03", "A", "1"));
        Assert.Equal("99", cell.Value);
        Assert.Null(cell.RollUp);
    }

    [Fact]
    public void Not_asked_for_it_is_not_done_and_the_cell_says_what_there_is()
    {
        var cell = Scene.OfTonnes().Place("A").At("2024-01", "A", "1").Compare("A", Ask("2024-Q1", rollUp: false)).Cells[0];
        Assert.Equal([VerdictReason.Period, VerdictReason.Missing], cell.Reasons);
        Assert.Equal("period: there is a value for 2024-01 only; missing: no value was reported", cell.MessageEn);
    }

    [Fact]
    public void A_year_is_made_of_whatever_each_part_of_it_was_reported_in()
    {
        var scene = Scene.OfTonnes().Place("A").At("2024-S1", "A", "60").At("2024-Q3", "A", "30")
            .At("2024-10", "A", "1").At("2024-11", "A", "2").At("2024-12", "A", "3");
        var cell = scene.Compare("A", Ask("2024", rollUp: true)).Cells[0];
        Assert.Equal("96", cell.Value);
        Assert.Equal((Frequency.Monthly, 12, 12), (cell.RollUp!.Frequency, cell.RollUp.Used, cell.RollUp.Expected));
    }

    [Fact]
    public void Of_a_stock_the_last_period_stands()
    {
        var stock = Scene.Of(rate => rate with { Unit = "t", Kind = IndicatorKind.Stock, Aggregation = Aggregation.Last }).Place("A").At("2024-01", "A", "10");
        Assert.Equal([VerdictReason.Period, VerdictReason.Missing], Quarter(stock.At("2024-02", "A", "20")).Reasons);
        Assert.Equal("7", Quarter(stock.At("2024-03", "A", "7")).Value);
    }

    [Fact]
    public void Months_of_several_sources_make_no_quarter()
    {
        var cell = Quarter(Scene.OfTonnes().Place("A").At("2024-01", "A", "1").At("2024-02", "A", "1", by: "b").At("2024-03", "A", "1"));
        Assert.Equal(Verdict.NotComparable, cell.Verdict);
        Assert.Contains(VerdictReason.Source, cell.Reasons);
        Assert.Equal("", cell.RollUp!.PartialValue);
    }

    [Fact]
    public void A_rate_is_summed_as_the_amount_it_stands_for()
    {
        var cell = Scene.OfTonnes().Place("A").At("2024-01", "A", "31").At("2024-02", "A", "29").At("2024-03", "A", "31")
            .Compare("A", request => Ask("2024-Q1", rollUp: true)(request) with { Unit = Parsed("t/d") }).Cells[0];
        Assert.Equal("1", cell.Value);
    }

    [Fact]
    public void One_confidential_month_withholds_the_quarter_and_its_partial_sum()
    {
        var cell = Quarter(Scene.OfTonnes().Place("A").At("2024-01", "A", "10").At("2024-02", "A", "12")
            .At("2024-03", "A", "5", change: row => row with { Confidentiality = Confidentiality.Confidential }));
        Assert.Contains(VerdictReason.Confidential, cell.Reasons);
        Assert.Equal("", cell.RollUp!.PartialValue);
        Assert.Equal("", cell.Value);
        Assert.Null(cell.Derivation.Inputs[0].Quantity);
    }

    private static ComparisonCell Quarter(Scene scene) => scene.Compare("A", Ask("2024-Q1", rollUp: true)).Cells[0];

    private static Func<ComparisonRequest, ComparisonRequest> Ask(string period, bool rollUp) =>
        request => request with { Columns = [(Scene.Rate, Scene.PeriodOf(period))], RollUp = rollUp };

    private static Func<Observation, Observation> In(string period) => row => row with { Period = Scene.PeriodOf(period) };

    private static Unit Parsed(string code) => Unit.TryParse(code, out var unit) ? unit : throw new ArgumentException(code, nameof(code));
}
