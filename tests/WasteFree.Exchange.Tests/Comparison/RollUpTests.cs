using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class RollUpTests
{
    [Fact]
    public void A_part_that_says_in_confidence_that_it_cannot_exist_hides_no_number_of_the_others()
    {
        var cell = Scene.OfTonnes().Place("A")
            .At("2024-S1", "A", "1", status: "M", change: row => row with { Value = null, Confidentiality = Confidentiality.Confidential })
            .At("2024-S2", "A", "5")
            .Compare("A", request => request with { RollUp = true, Visibility = Scene.SeenBy("other") }).Cells[0];
        Assert.Equal(("5", Verdict.ComparableWithConversion), (cell.Value, cell.Verdict));
    }

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

    [Fact]
    public void A_month_in_which_there_can_be_no_value_is_neither_expected_nor_missing()
    {
        var cell = Quarter(Scene.OfTonnes().Place("A").At("2024-01", "A", "10").At("2024-03", "A", "12").Report("A", null, "M", change: In("2024-02")));
        Assert.Equal("22", cell.Value);
        Assert.Equal([VerdictReason.RolledUp], cell.Reasons);
        Assert.Equal((2, 2, 1, "100"), (cell.RollUp!.Used, cell.RollUp.Expected, cell.RollUp.CannotExist, cell.RollUp.Coverage.ToDecimalText()));
        Assert.Equal("made of finer periods: 2; in 1 more there can be no value (M)", cell.MessageEn);
        Assert.Equal("A", cell.Status.ToString()); // the flag is of the month that has no value
        Assert.Equal("there can be no value (M), so none is expected", cell.Derivation.Inputs[0].Inputs.Single(input => input.Step == DerivationStep.Exclusion).MessageEn);
    }

    [Theory]
    [InlineData("O")]
    [InlineData("L")]
    [InlineData("H")]
    [InlineData("Q")]
    [InlineData("K")]
    public void Any_other_flag_of_a_missing_value_leaves_it_missing(string status)
    {
        var cell = Quarter(Scene.OfTonnes().Place("A").At("2024-01", "A", "10").At("2024-03", "A", "12").Report("A", null, status, change: In("2024-02")));
        Assert.Equal(("", 2, 3, 0, "22"), (cell.Value, cell.RollUp!.Used, cell.RollUp.Expected, cell.RollUp.CannotExist, cell.RollUp.PartialValue));
    }

    [Fact]
    public void Coverage_counts_what_there_can_be()
    {
        var cell = Quarter(Scene.OfTonnes().Place("A").At("2024-01", "A", "10").Report("A", null, "M", change: In("2024-02")));
        Assert.Equal(("", "10"), (cell.Value, cell.RollUp!.PartialValue));
        Assert.Equal([VerdictReason.Missing], cell.Reasons);
        Assert.Equal((1, 2, 1, "50"), (cell.RollUp.Used, cell.RollUp.Expected, cell.RollUp.CannotExist, cell.RollUp.Coverage.ToDecimalText()));
    }

    [Fact]
    public void Parts_that_cannot_exist_are_no_part_of_the_quotient()
    {
        var cell = Quarter(Scene.Of(rate => rate with { Aggregation = Aggregation.Parts }).Place("A")
            .ReportParts("A", "8", "10", change: In("2024-01")).Report("A", null, "M", change: In("2024-02")).ReportParts("A", "12", "15", change: In("2024-03")));
        Assert.Equal(("80", "20", "25"), (cell.Value, cell.Numerator, cell.Denominator));
    }

    [Fact]
    public void A_quarter_that_cannot_exist_counts_as_its_months()
    {
        var scene = Scene.OfTonnes().Place("A").At("2024-S1", "A", "60").Report("A", null, "M", change: In("2024-Q3"))
            .At("2024-10", "A", "1").At("2024-11", "A", "2").At("2024-12", "A", "3");
        var cell = scene.Compare("A", Ask("2024", rollUp: true)).Cells[0];
        Assert.Equal(("66", 9, 9, 3), (cell.Value, cell.RollUp!.Used, cell.RollUp.Expected, cell.RollUp.CannotExist));
        // Said of the quarter, it is said of a month without a value too.
        cell = scene.Report("A", null, "O", change: In("2024-08")).Compare("A", Ask("2024", rollUp: true)).Cells[0];
        Assert.Equal(("66", 3), (cell.Value, cell.RollUp!.CannotExist));
        // A number says otherwise.
        cell = scene.At("2024-07", "A", "1").Compare("A", Ask("2024", rollUp: true)).Cells[0];
        Assert.Equal(("", 10, 12), (cell.Value, cell.RollUp!.Used, cell.RollUp.Expected));
    }

    [Fact]
    public void What_cannot_exist_in_any_part_cannot_exist_in_the_whole()
    {
        var scene = Scene.OfTonnes().Place("A").Report("A", null, "M", change: In("2024-01")).Report("A", null, "M", change: In("2024-02")).Report("A", null, "M", change: In("2024-03"));
        var table = scene.Compare("A", Ask("2024-Q1", rollUp: true));
        Assert.Equal([VerdictReason.Missing], table.Cells[0].Reasons);
        Assert.Equal("M", table.Cells[0].Status.ToString());
        Assert.Equal((1, 0), (table.Coverage.CannotExist, table.Coverage.Absent));

        var one = Scene.OfTonnes().Place("A").Report("A", null, "M", change: In("2024-01")).Report("A", null, "O", change: In("2024-02"));
        Assert.Equal((0, 1), (one.Compare("A", Ask("2024-Q1", rollUp: true)).Coverage.CannotExist, one.Compare("A", Ask("2024-Q1", rollUp: true)).Coverage.Absent));
    }

    /// <summary>Its value is that of the end of the period, and an earlier one is none.</summary>
    [Fact]
    public void A_stock_that_cannot_exist_at_the_end_cannot_exist_for_the_period()
    {
        var stock = Scene.Of(rate => rate with { Unit = "t", Kind = IndicatorKind.Stock, Aggregation = Aggregation.Last }).Place("A")
            .At("2024-01", "A", "10").At("2024-02", "A", "20").Report("A", null, "M", change: In("2024-03"));
        var cell = Quarter(stock);
        Assert.Equal(("", "M"), (cell.Value, cell.Status.ToString()));
        Assert.Equal([VerdictReason.Missing], cell.Reasons);

        var before = Scene.Of(rate => rate with { Unit = "t", Kind = IndicatorKind.Stock, Aggregation = Aggregation.Last }).Place("A")
            .Report("A", null, "M", change: In("2024-02")).At("2024-03", "A", "7");
        Assert.Equal("7", Quarter(before).Value);
    }

    [Fact]
    public void Only_the_source_of_the_other_months_can_say_that_one_cannot_exist()
    {
        var other = Quarter(Scene.OfTonnes().Place("A").At("2024-01", "A", "10").At("2024-03", "A", "12").Report("A", null, "M", by: "b", change: In("2024-02")));
        Assert.Equal((Verdict.NotComparable, true), (other.Verdict, other.Reasons.Contains(VerdictReason.Source)));
        var made = Quarter(Scene.OfTonnes().Register("demo-a", illustrative: true).Place("A").At("2024-01", "A", "10").At("2024-03", "A", "12")
            .Report("A", null, "M", by: "demo-a", change: In("2024-02")));
        Assert.Contains(VerdictReason.Illustrative, made.Reasons);
    }

    private static ComparisonCell Quarter(Scene scene) => scene.Compare("A", Ask("2024-Q1", rollUp: true)).Cells[0];

    private static Func<ComparisonRequest, ComparisonRequest> Ask(string period, bool rollUp) =>
        request => request with { Columns = [(Scene.Rate, Scene.PeriodOf(period))], RollUp = rollUp };

    private static Func<Observation, Observation> In(string period) => row => row with { Period = Scene.PeriodOf(period) };

    private static Unit Parsed(string code) => Unit.TryParse(code, out var unit) ? unit : throw new ArgumentException(code, nameof(code));
}
