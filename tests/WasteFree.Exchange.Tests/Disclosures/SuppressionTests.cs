using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Tests.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Disclosures;

/// <summary>Which values are withheld on account of a confidential one, and which are not.</summary>
public sealed class SuppressionTests
{
    [Fact]
    public void Whatever_a_region_with_a_confidential_value_lies_in_is_withheld()
    {
        var scene = Nested().Report("C", "5", change: Secret);
        Assert.Equal(["G", "P"], Withheld(scene));
    }

    [Fact]
    public void Two_neighbours_hide_one_another_and_what_contains_both_is_told()
    {
        Assert.Empty(Withheld(Nested(without: "A").Report("A", "10", change: Secret).Report("C", "5", change: Secret)));
        // Q is a neighbour of P: what contains both is G.
        Assert.Equal(["P", "Q"], Withheld(Nested().Report("C", "5", change: Secret).Report("D", "4", change: Secret)));
    }

    [Fact]
    public void Neighbours_of_different_owners_hide_one_another_from_all_but_these_two()
    {
        var scene = Nested(without: "A").Report("A", "10", change: Secret).Report("C", "5", change: Secret);
        Assert.Empty(Withheld(scene, "e"));
        Assert.Equal(["G", "P"], Withheld(scene, "a"));
        Assert.Equal(["G", "P"], Withheld(scene, "c"));
    }

    [Fact]
    public void A_region_that_lies_across_others_is_no_part_of_what_is_around_it()
    {
        Assert.Empty(Withheld(Nested().Place("Z", "P", "A").Report("Z", "3", change: Secret)));
        Assert.Equal(["G", "P"], Withheld(Nested().Place("Z", "P", "A").Report("Z", "3").Report("C", "1", change: Secret)));
    }

    [Fact]
    public void The_total_over_one_confidential_category_is_withheld_over_two_it_is_told()
    {
        var scene = Classes().At("2024", "A", "1", change: Class("X", Secret));
        Assert.Equal(["A _T"], Withheld(scene, what: row => $"{row.Region} {row.Category}"));
        Assert.Empty(Withheld(scene.At("2024", "A", "2", change: Class("Y", Secret)), what: row => $"{row.Region} {row.Category}"));
    }

    [Fact]
    public void A_class_of_another_code_list_is_withheld_with_the_total_that_it_would_give()
    {
        var scene = Classes().Classify("OLD", "AGE").Classify("NEW", "AGE")
            .At("2024", "A", "3", change: Class("OLD")).At("2024", "A", "4", change: Class("NEW")).At("2024", "A", "1", change: Class("X", Secret));
        Assert.Equal(["A OLD", "A _T"], Withheld(scene, what: row => $"{row.Region} {row.Category}"));
    }

    [Theory]
    [InlineData(Aggregation.Sum, "2024-02", "2024 2024-Q1 2024-S1")]
    [InlineData(Aggregation.Parts, "2024-02", "2024 2024-Q1 2024-S1")]
    [InlineData(Aggregation.Sum, "2024-Q3", "2024 2024-S2")]
    [InlineData(Aggregation.Last, "2024-02", "")]
    [InlineData(Aggregation.Last, "2024-03", "2024-Q1")]
    [InlineData(Aggregation.Last, "2024-12", "2024 2024-Q4 2024-S2")]
    [InlineData(Aggregation.None, "2024-12", "")]
    // A week has days of two months.
    [InlineData(Aggregation.Sum, "2024-W05", "2024 2024-02 2024-Q1 2024-S1")]
    public void The_periods_that_are_made_of_a_confidential_one_are_withheld(Aggregation aggregation, string secret, string withheld)
    {
        var scene = Scene.Of(rate => rate with { Unit = "t", Kind = IndicatorKind.Amount, Aggregation = aggregation }).Place("A");
        foreach (var period in new[] { "2024", "2024-S1", "2024-S2", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2024-01", "2024-02", "2024-03", "2024-12", "2024-W05" })
            scene.At(period, "A", "1", change: row => period == secret ? Secret(row) : row);
        Assert.Equal(withheld.Split(' ', StringSplitOptions.RemoveEmptyEntries), Withheld(scene, what: row => row.Period.ToString()));
    }

    [Fact]
    public void The_whole_is_withheld_with_a_confidential_part_of_it_and_the_built_up_area_is_none()
    {
        var scene = Scene.OfTonnes().Place("A").Report("A", "10").Report("A", "6", change: In(Scope.Urban)).Report("A", "3", change: In(Scope.BuiltUp));
        Assert.Equal(["Whole"], Withheld(scene.Report("A", "4", change: row => Secret(In(Scope.Rural)(row))), what: row => row.Scope.ToString()));
        var other = Scene.OfTonnes().Place("A").Report("A", "10").Report("A", "6", change: In(Scope.Urban)).Report("A", "3", change: row => Secret(In(Scope.BuiltUp)(row)));
        Assert.Empty(Withheld(other, what: row => row.Scope.ToString()));
    }

    [Fact]
    public void Of_a_confidential_whole_the_last_part_that_has_a_value_is_withheld()
    {
        Assert.Equal(["B", "G"], Withheld(Nested(without: "P").Report("P", "35", change: Secret)));
        Assert.Equal(["A Y"], Withheld(
            Scene.OfTonnes().Place("A").Classify("X").Classify("Y").Classify("Z")
                .At("2024", "A", "6", change: Secret).At("2024", "A", "1", change: Class("X")).At("2024", "A", "5", change: Class("Y")),
            what: row => $"{row.Region} {row.Category}"));
        Assert.Equal(["2024-Q4"], Withheld(
            Scene.OfTonnes().Place("A").At("2024", "A", "10", change: Secret)
                .At("2024-Q1", "A", "1").At("2024-Q2", "A", "2").At("2024-Q3", "A", "3").At("2024-Q4", "A", "4"),
            what: row => row.Period.ToString()));
    }

    [Fact]
    public void A_confidential_value_within_another_one_does_for_both()
    {
        var scene = Scene.OfTonnes().Place("A").At("2024", "A", "10", change: Secret)
            .At("2024-Q1", "A", "1", change: Secret).At("2024-Q2", "A", "2").At("2024-Q3", "A", "3").At("2024-Q4", "A", "4");
        Assert.Empty(Withheld(scene, what: row => row.Period.ToString()));
    }

    [Fact]
    public void What_another_organisation_says_of_the_same_is_its_own_to_tell()
    {
        var scene = Nested().Report("C", "5", change: Secret).Report("C", "6", by: "b");
        Assert.Equal(["G", "P"], Withheld(scene));
    }

    [Fact]
    public void A_made_up_secret_hides_nothing_real()
    {
        var scene = Nested().Register("demo", illustrative: true).Report("C", "5", by: "demo", change: Secret).Report("P", "9", by: "demo");
        Assert.Equal(["P by demo"], Withheld(scene, what: (row, sender) => $"{row.Region} by {sender}"));
    }

    [Fact]
    public void Flags_add_up_to_nothing_and_a_secret_without_a_number_hides_nothing()
    {
        var flags = Scene.Of(rate => rate with { Kind = IndicatorKind.Flag }).Place("P").Place("A", "P").Report("P", "1").Report("A", "1", change: Secret);
        Assert.Empty(Withheld(flags));
        Assert.Empty(Withheld(Nested().Report("C", null, "O", change: Secret)));
    }

    [Fact]
    public void A_sender_is_told_all_that_it_sent()
    {
        var scene = Nested().Report("C", "5", change: Secret);
        Assert.Equal(["G"], Withheld(scene, "p"));
    }

    [Fact]
    public void A_value_that_would_give_another_away_says_so_and_not_which()
    {
        var cell = Nested().Report("C", "5", change: Secret).Compare("P").Cells[0];
        Assert.Equal((Verdict.NotComparable, ""), (cell.Verdict, cell.Value));
        Assert.Equal([VerdictReason.Confidential], cell.Reasons);
        Assert.Equal("confidential: withheld, because it would give away another value that is", cell.MessageEn);
        Assert.Equal("保密：公布此值将泄露另一保密值，不予显示", cell.MessageZh);
        Assert.DoesNotContain("35", cell.Derivation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_more_is_confidential_than_can_be_looked_at_nothing_of_that_year_is_told()
    {
        var scene = Nested().At("2023", "A", "7");
        var disclosure = Exchange.Disclosures.Disclosure.Of(scene.Catalog(), Visibility.Everything, [], [], new HashSet<(string, int)> { (Scene.Rate, 2024) });
        Assert.Equal([Scene.Year(2023)], scene.Observations.Where(row => !disclosure.Withholds(row)).Select(row => row.Observation.Period));
    }

    /// <summary>G holds P and Q, P holds A, B and C, Q holds D and E; the first five have a value.</summary>
    private static Scene Nested(string without = "")
    {
        var scene = Scene.OfTonnes();
        foreach (var (code, parent) in new[] { ("G", ""), ("P", "G"), ("Q", "G"), ("A", "P"), ("B", "P"), ("C", "P"), ("D", "Q"), ("E", "Q") }) scene.Place(code, parent);
        foreach (var region in new[] { "G", "P", "Q", "A", "B" }.Where(region => region != without)) scene.Report(region, "35");
        return scene;
    }

    private static Scene Classes() => Scene.OfTonnes().Place("A").Classify("X").Classify("Y").Classify("Z")
        .At("2024", "A", "6").At("2024", "A", "1", change: Class("Z"));

    private static Func<Observation, Observation> Class(string category, Func<Observation, Observation>? change = null) =>
        row => (change is null ? row : change(row)) with { Category = category };

    private static Func<Observation, Observation> In(Scope scope) => row => row with { Scope = scope };

    private static Observation Secret(Observation row) => row with { Confidentiality = Confidentiality.Confidential };

    private static IEnumerable<string> Withheld(Scene scene, string? caller = null, Func<Observation, string>? what = null) =>
        Withheld(scene, (row, _) => what is null ? row.Region : what(row), caller);

    private static IEnumerable<string> Withheld(Scene scene, Func<Observation, string, string> what, string? caller = null)
    {
        var disclosure = scene.Disclosing(caller is null ? Visibility.Everything : Scene.SeenBy(caller));
        return scene.Observations.Where(disclosure.GivesAway).Select(row => what(row.Observation, row.Organization)).Order(StringComparer.Ordinal);
    }
}
