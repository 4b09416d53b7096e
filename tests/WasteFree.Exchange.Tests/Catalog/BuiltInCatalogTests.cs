using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

public sealed class BuiltInCatalogTests
{
    private static readonly DateOnly Day = new(2024, 12, 31);

    private static readonly CatalogSnapshot Catalogue = CatalogReader.Read(1, Loading.BuiltIn);

    [Fact]
    public void The_built_in_tables_load_without_a_fault()
    {
        Assert.Empty(CatalogLoader.Load(BuiltInCatalog.Tables, [], allowIllustrative: false).Faults);
        Assert.Empty(CatalogLoader.Load([.. BuiltInCatalog.Tables, .. BuiltInCatalog.IllustrativeTables], [], allowIllustrative: true).Faults);
    }

    [Fact]
    public void Loading_the_built_in_tables_again_changes_nothing()
    {
        var load = CatalogLoader.Load(BuiltInCatalog.Tables, Loading.BuiltIn, allowIllustrative: false);

        Assert.Empty(load.Faults);
        Assert.Empty(load.Changed);
        Assert.Equal((0, 0, Loading.BuiltIn.Count), (load.Created, load.Replaced, load.Unchanged));
    }

    [Fact]
    public void The_national_system_has_58_indicators_of_which_25_are_mandatory()
    {
        var national = Catalogue.Indicators.Where(indicator => indicator.Owner == DefinitionOwner.Nation).ToList();

        Assert.Equal(Enumerable.Range(1, 58).Select(number => $"ZW21-{number:D2}"), national.Select(indicator => indicator.Code));
        Assert.Equal(25, national.Count(indicator => indicator.Mandatory));
    }

    [Fact]
    public void Wanzhou_has_18_result_targets_and_one_scope_rule()
    {
        var results = Catalogue.Targets.Where(target => target is { Relation: TargetRelation.Same, PartOf: "" }).ToList();
        var rule = Assert.Single(Catalogue.Targets, target => target.Relation == TargetRelation.NotAResult);

        Assert.Equal(18, results.Count);
        Assert.Equal(18, results.Select(target => target.Indicator).Distinct().Count());
        Assert.All(results, target => Assert.Equal("500101", target.Region));
        Assert.Equal(("T20-2", "t/a", ""), (rule.Id, rule.Unit, rule.Indicator));
    }

    [Fact]
    public void The_13_parts_of_the_cell_target_sum_to_its_48()
    {
        var whole = Assert.Single(Catalogue.Targets, target => target.Id == "T03-1");
        var parts = Catalogue.Targets.Where(target => target.PartOf == "T03-1").ToList();

        Assert.Equal([3, 5, 5, 2, 1, 1, 10, 10, 5, 1, 2, 1, 2], parts.Select(part => part.Value.Mantissa));
        Assert.Equal(whole.Value.Mantissa, parts.Sum(part => part.Value.Mantissa));
        Assert.All(parts, part => Assert.Equal($"T03-1.{part.Category}", part.Id));
        Assert.All(parts, part => Assert.NotNull(Catalogue.FindCategory(part.Indicator, part.Category)));
        Assert.Equal("区商务委", parts[12].DepartmentsZh);
    }

    [Fact]
    public void The_plan_has_22_tasks_that_name_every_target_but_the_parts()
    {
        Assert.Equal(Enumerable.Range(1, 22), Catalogue.Tasks.Select(task => task.Number));
        Assert.Equal(
            Catalogue.Targets.Where(target => target.PartOf.Length == 0).Select(target => target.Id),
            Catalogue.Tasks.SelectMany(task => task.Targets).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_text_does_not_state_is_not_stated()
    {
        // By the words of their clauses: 达…以上, 不少于, 不低于, ≥, 于…前; 「…无害化处置率100%」 has none.
        Assert.Equal(
            ["T04-1", "T07-1", "T07-2", "T07-3", "T07-4", "T08-1", "T08-2", "T11-1", "T14-1", "T16-1", "T16-2", "T16-3", "T20-2"],
            Catalogue.Targets.Where(target => target.ComparatorStated).Select(target => target.Id));
        Assert.Equal(["T04-1"], Catalogue.Targets.Where(target => target.DeadlineStated).Select(target => target.Id));
        Assert.All(Catalogue.Tasks, task => Assert.Equal(task.DepartmentNote.Contains("按职责分工", StringComparison.Ordinal) ? TaskMode.ByResponsibility : TaskMode.Unstated, task.Mode));
        Assert.Equal([5, 8, 11, 12, 14, 16, 18, 19, 21], Catalogue.Tasks.Where(task => task.Mode == TaskMode.Unstated).Select(task => task.Number));
    }

    [Theory]
    [InlineData("REPORTING-UNITS", 2024, 56, "")]
    [InlineData("CIRCLE", 2024, 47, "500154 500235 510700 511700 511800")]
    [InlineData("CO-BUILDING-2022", 2024, 56, "")]
    [InlineData("NATIONAL-14FYP", 2024, 19, "")]
    [InlineData("REPORTING-UNITS", 2026, 54, "")] // one district for two and a functional area
    [InlineData("NATIONAL-14FYP", 2026, 17, "")]
    public void A_scheme_has_the_reporting_units_that_belong_to_it_fully_or_in_part(string scheme, int year, int count, string partial)
    {
        var day = new DateOnly(year, 12, 31);
        var members = Catalogue.MembersOf(scheme, day);

        Assert.Equal(count, members.Count);
        Assert.Equal(members.Order(StringComparer.Ordinal), members);
        Assert.All(members, member => Assert.True(Catalogue.FindRegion(member)!.ReportingUnit));
        Assert.Equal(partial, string.Join(' ', members.Where(member => Catalogue.BelongsInPart(member, scheme, day))));
    }

    [Fact]
    public void A_region_has_its_children_in_order_and_an_unknown_one_none()
    {
        Assert.Equal(["511802", "511803", "511822", "511823", "511824", "511825", "511826", "511827"], Catalogue.ChildrenOf("511800", Day));
        Assert.Equal(["CQX-WZJK"], Catalogue.ChildrenOf("500101", Day));
        Assert.Empty(Catalogue.ChildrenOf("511802", Day));
        Assert.Empty(Catalogue.ChildrenOf("599999", Day));
        Assert.Empty(Catalogue.ChildrenOf("", Day)); // the top is no region
    }

    [Theory]
    [InlineData("秸秆综合利用率", "ZW21-19")]
    [InlineData("  crop straw comprehensive UTILISATION rate ", "ZW21-19")]
    [InlineData("秸秆综合利用", "")] // a part of a name is none
    [InlineData("ZW21-19", "")]
    [InlineData("", "")]
    [InlineData(" ", "")]
    public void An_indicator_goes_by_its_full_name_in_either_language(string name, string codes) =>
        Assert.Equal(codes, string.Join(' ', Catalogue.IndicatorsNamed(name)));

    [Fact]
    public void A_name_of_several_regions_gives_them_all()
    {
        var load = Loading.Load(CatalogTableKind.Regions, "code,name_zh,name_en\nX2,鼓楼区,Gulou\nX1,鼓楼区,Drum Tower");
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));

        Assert.Equal(["X1", "X2"], catalogue.RegionNames.CodesOf("鼓楼区"));
        Assert.Equal(["X2"], catalogue.RegionNames.CodesOf("gulou"));
        Assert.Equal(["500101"], catalogue.RegionNames.CodesOf("wanzhou"));
    }

    [Fact]
    public void No_count_says_that_it_adds_up_and_everything_else_aggregates_as_its_kind()
    {
        Assert.All(Catalogue.Indicators.Where(indicator => indicator.Kind == IndicatorKind.Count), indicator => Assert.Equal(Aggregation.None, indicator.Aggregation));
        Assert.Equal(Aggregation.Parts, Catalogue.VersionsOf("ZW21-19")[0].Aggregation);
        Assert.Equal(Aggregation.Sum, Catalogue.VersionsOf("ZW21-11")[0].Aggregation);
        Assert.Equal(Aggregation.Last, Catalogue.VersionsOf("HUB-HW-STOCK")[0].Aggregation);
    }

    [Fact]
    public void No_bridge_and_no_density_is_built_in_since_none_is_known()
    {
        Assert.Empty(Catalogue.Bridges);
        Assert.Empty(Catalogue.Densities);
    }

    [Fact]
    public void Wanzhou_and_Yaan_are_authoritative_for_their_own_ground_only()
    {
        Assert.True(Catalogue.IsAuthoritative("wanzhou", "ZW21-19", "500101"));
        Assert.True(Catalogue.IsAuthoritative("wanzhou", "ZW21-19", "CQX-WZJK"));
        Assert.False(Catalogue.IsAuthoritative("wanzhou", "ZW21-19", "511800"));
        Assert.True(Catalogue.IsAuthoritative("yaan", "HUB-HW-GEN", "511800"));
        Assert.True(Catalogue.IsAuthoritative("yaan", "HUB-HW-GEN", "511827"));
        Assert.DoesNotContain(Catalogue.Organizations, organization => organization.Illustrative);
    }

    [Fact]
    public void Every_illustrative_organisation_says_so_in_its_names()
    {
        var load = CatalogLoader.Load(BuiltInCatalog.IllustrativeTables, Loading.BuiltIn, allowIllustrative: true);
        var organizations = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn)).Organizations.Where(organization => organization.Id.StartsWith("demo-", StringComparison.Ordinal)).ToList();

        Assert.Equal(6, organizations.Count);
        Assert.All(organizations, organization =>
        {
            Assert.True(organization.Illustrative);
            Assert.EndsWith("（示例）", organization.NameZh, StringComparison.Ordinal);
            Assert.EndsWith("(illustrative)", organization.NameEn, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_rate_of_use_may_exceed_100_but_a_coverage_of_institutions_may_not()
    {
        var use = Catalogue.VersionsOf("ZW21-16")[0];
        var coverage = Catalogue.VersionsOf("ZW21-31")[0];
        var fall = Catalogue.VersionsOf("ZW21-30")[0];

        Assert.Equal((null, "100"), (use.HardMax, use.SoftMax?.ToString()));
        Assert.Equal(("0", "100"), (coverage.HardMin?.ToString(), coverage.HardMax?.ToString()));
        Assert.Equal((null, "100"), (fall.HardMin, fall.HardMax?.ToString()));
    }

    [Fact]
    public void Every_target_is_in_a_unit_of_its_indicator() =>
        Assert.All(Catalogue.Targets.Where(target => target.Indicator.Length > 0), target =>
        {
            Assert.True(Unit.TryParse(target.Unit, out var stated));
            Assert.True(Unit.TryParse(Catalogue.InForce(target.Indicator, target.Period)!.Unit, out var defined));
            Assert.True(stated.IsCommensurable(defined));
        });
}
