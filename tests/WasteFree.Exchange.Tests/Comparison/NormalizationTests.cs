using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class NormalizationTests
{
    [Fact]
    public void G07_per_person_and_day_by_the_real_days_of_the_period()
    {
        var table = People().Compare("A B", Ask("2023"));
        Assert.Equal(["1", "0.4"], table.Cells.Select(cell => cell.Value));
        Assert.Equal("0.8", table.Aggregate!.Quantity?.ToDecimalText());
        Assert.Equal("kg/({person}.d)", table.Unit);
        Assert.Equal("0.997267759563", People().Compare("A", Ask("2024")).Cells[0].Value);
    }

    [Fact]
    public void Without_a_unit_asked_it_is_the_quotient_of_the_two()
    {
        var table = People().Compare("A", request => Ask("2023")(request) with { Unit = null });
        Assert.Equal("t/{person}", table.Unit);
        Assert.Equal("0.365", table.Cells[0].Value);
        Assert.Equal(Verdict.Comparable, table.Cells[0].Verdict);
    }

    [Fact]
    public void A_population_that_nobody_reported_is_missing_and_never_invented()
    {
        var cell = People().Place("C").At("2023", "C", "5").Compare("C", Ask("2023")).Cells[0];
        Assert.Equal([VerdictReason.Denominator, VerdictReason.Missing], cell.Reasons);
        Assert.Equal("", cell.Value);
        Assert.Equal("denominator: no value of AUX-POP for 2023; missing: without a denominator there is no value", cell.MessageEn);
    }

    [Fact]
    public void A_month_is_divided_by_the_population_of_its_year()
    {
        var cell = People().At("2023-02", "A", "28000").Compare("A", Ask("2023-02")).Cells[0];
        Assert.Equal("1", cell.Value);
        Assert.Equal("2023", cell.NormalizedBy!.Period.ToString());
    }

    [Fact]
    public void An_estimated_population_is_a_caveat_and_its_vintage_is_named()
    {
        var cell = People(status: "P").Compare("A", Ask("2023")).Cells[0];
        Assert.Equal(Verdict.ComparableWithCaveat, cell.Verdict);
        Assert.Equal("status: P provisional; converted: sent in t", cell.MessageEn);
        Assert.True(cell.NormalizedBy!.Position > 0);
    }

    private static Scene People(string status = "A") => Scene.OfTonnes()
        .Define(amount => amount with { Code = "AUX-POP", NameZh = "常住人口", Unit = "{person}", Kind = IndicatorKind.Stock })
        .Place("A").Place("B")
        .At("2023", "A", "365000").At("2023", "B", "73000").At("2024", "A", "365000")
        .At("2023", "A", "1000000", "AUX-POP", status, "stat").At("2023", "B", "500000", "AUX-POP", status, "stat").At("2024", "A", "1000000", "AUX-POP", status, "stat");

    private static Func<ComparisonRequest, ComparisonRequest> Ask(string period) => request => request with
    {
        Columns = [(Scene.Rate, Scene.PeriodOf(period))],
        Normalization = Normalization.PerCapita,
        Unit = Unit.TryParse("kg/({person}.d)", out var unit) ? unit : null,
    };
}
