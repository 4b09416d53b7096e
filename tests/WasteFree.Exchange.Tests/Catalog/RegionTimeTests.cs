using WasteFree.Exchange.Catalog;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

public sealed class RegionTimeTests
{
    private const string Columns = "code,name_zh,valid_from,valid_to,successors\n";

    private static readonly CatalogSnapshot Catalogue = CatalogReader.Read(1, Loading.BuiltIn);
    private static readonly DateOnly LastDayBefore = new(2025, 11, 5);
    private static readonly DateOnly FirstDay = new(2025, 11, 6);

    [Fact]
    public void Liangjiang_took_the_place_of_jiangbei_and_yubei_on_6_november_2025()
    {
        foreach (var code in new[] { "500105", "500112", "CQX-LJXQ" })
        {
            var region = Catalogue.FindRegion(code)!;
            Assert.True(region.InForce(LastDayBefore));
            Assert.False(region.InForce(FirstDay));
            Assert.Contains("500157", region.Successors);
        }
        Assert.False(Catalogue.FindRegion("500157")!.InForce(LastDayBefore));
        Assert.True(Catalogue.FindRegion("500157")!.InForce(FirstDay));
        Assert.Equal(["500105", "500112", "CQX-LJXQ"], Catalogue.PredecessorsOf("500157"));
        Assert.Equal([FirstDay], Catalogue.FindRegion("500109")!.GroundChanged);
        Assert.Equal(Confidence.Medium, Catalogue.FindRegion("500157")!.Confidence);
    }

    [Fact]
    public void A_name_that_passed_on_means_the_region_of_the_day()
    {
        Assert.Equal(["CQX-LJXQ"], Catalogue.RegionNames.On("两江新区", LastDayBefore));
        Assert.Equal(["500157"], Catalogue.RegionNames.On("两江新区", FirstDay));
        Assert.Equal(["500157", "CQX-LJXQ"], Catalogue.RegionNames.On("两江新区", null));
        Assert.True(Catalogue.RegionNames.AreOneThroughTime(["500157", "CQX-LJXQ"]));
        Assert.Equal(["500105"], Catalogue.RegionNames.On("江北区", FirstDay)); // what ended is still found, and refused with its successor
    }

    [Theory]
    [InlineData("", "")] // what is not in the file stays
    [InlineData(",valid_to,successors", ",,")] // what is empty in it is taken away
    public void A_load_that_tells_the_change_without_ends_leaves_each_year_its_districts_and_the_name_its_meaning(string columns, string empty)
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Regions, $"""
            code,name_zh,level,parent_code,overlaps,valid_from{columns}
            500157,两江新区,district,500000,500105 500112 CQX-LJXQ,2025-11-06{empty}
            500105,江北区,district,500000,,{empty}
            500112,渝北区,district,500000,,{empty}
            CQX-LJXQ,两江新区,functional area,500000,500105 500109 500112,{empty}
            """),
            Loading.Table(CatalogTableKind.SchemeMembers, """
            scheme,region,extent
            REPORTING-UNITS,500105,none
            REPORTING-UNITS,500112,none
            REPORTING-UNITS,CQX-LJXQ,none
            """));
        Assert.Empty(load.Faults);
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));

        var before = catalogue.MembersOf("NATIONAL-14FYP", LastDayBefore);
        Assert.Equal(["500105", "500112"], before.Intersect(["500105", "500112", "500157"]));
        var after = catalogue.MembersOf("NATIONAL-14FYP", FirstDay);
        Assert.Equal(["500157"], after.Intersect(["500105", "500112", "500157", "CQX-LJXQ"]));
        Assert.Equal(["500105", "500112"], catalogue.MembersOf("REPORTING-UNITS", LastDayBefore).Intersect(["500105", "500112", "500157"]));
        Assert.Equal(["CQX-LJXQ"], catalogue.RegionNames.On("两江新区", LastDayBefore));
        Assert.Equal(["500157"], catalogue.RegionNames.On("两江新区", FirstDay));
    }

    [Fact]
    public void Memberships_and_schemes_have_time_and_none_takes_a_membership_back()
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Schemes, "code,name_zh,valid_from,valid_to\nDELTA,示例,2020-01-01,2026-01-01"),
            Loading.Table(
                CatalogTableKind.SchemeMembers,
                "scheme,region,extent,valid_from,valid_to\nDELTA,500101,full,,\nDELTA,500102,partial,2021-01-01,2022-01-01\nDELTA,500103,none,,\nDELTA,510703,full,,\nREPORTING-UNITS,500104,full,,2023-01-01\nDELTA,500104,full,,"));
        Assert.Empty(load.Faults);
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));

        // 510703 is no reporting unit; 500104 is one until 2023.
        foreach (var (day, members) in new[]
        {
            ("2019-12-31", ""), ("2020-01-01", "500101 500104"), ("2020-12-31", "500101 500104"), ("2021-01-01", "500101 500102 500104"),
            ("2022-01-01", "500101 500104"), ("2023-01-01", "500101"), ("2025-12-31", "500101"), ("2026-01-01", ""),
        }) Assert.Equal(members, string.Join(' ', catalogue.MembersOf("DELTA", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))));
        Assert.True(catalogue.BelongsInPart("500102", "DELTA", new DateOnly(2021, 12, 31)));
        Assert.False(catalogue.BelongsInPart("500102", "DELTA", new DateOnly(2022, 1, 1)));
        Assert.False(catalogue.BelongsInPart("500101", "DELTA", FirstDay));
        Assert.Empty(catalogue.MembersOf("NOPE", FirstDay));
        // Periods on two sides of such a day have members of their own.
        Assert.Equal(new DateOnly(2021, 1, 1), catalogue.RegionDayOf(new DateOnly(2021, 12, 31)));
    }

    [Fact]
    public void Children_and_descendants_are_those_of_the_day()
    {
        Assert.Equal(["500105", "500112"], Catalogue.ChildrenOf("500000", LastDayBefore).Intersect(["500105", "500112", "500157"]));
        Assert.Equal(["500157"], Catalogue.ChildrenOf("500000", FirstDay).Intersect(["500105", "500112", "500157"]));
        var below = Catalogue.DescendantsOf("510000", FirstDay);
        Assert.Equal(45, below.Count);
        Assert.Contains("511827", below);
        Assert.Equal(below.Order(StringComparer.Ordinal), below);
        Assert.Empty(Catalogue.DescendantsOf("", FirstDay));
        Assert.Empty(Catalogue.DescendantsOf("599999", FirstDay));
    }

    [Fact]
    public void Parts_are_those_of_the_day_without_areas_that_lie_across_them_and_only_where_that_is_declared()
    {
        Assert.Equal(38, Catalogue.PartsOf("500000", LastDayBefore).Count);
        Assert.Equal(37, Catalogue.PartsOf("500000", FirstDay).Count);
        Assert.DoesNotContain(Catalogue.PartsOf("500000", LastDayBefore), part => part.StartsWith("CQX-", StringComparison.Ordinal));
        Assert.Empty(Catalogue.PartsOf("500000", new DateOnly(2011, 10, 21))); // whose the ground of 綦江区 was is not declared
        Assert.Empty(Catalogue.PartsOf("500101", FirstDay));
        Assert.Empty(Catalogue.PartsOf("500157", LastDayBefore)); // a part of 北碚区 is in it
        Assert.Equal(21, Catalogue.PartsOf("510000", FirstDay).Count);
    }

    [Fact]
    public void A_label_tells_a_region_from_others_of_its_name()
    {
        var load = Loading.Load(CatalogTableKind.Regions, """
            code,name_zh,parent_code,valid_to,successors
            320000,江苏省,,,
            320100,南京市,320000,,
            320106,鼓楼区,320100,,
            320102,玄武旧区（示例）,320100,2020-01-01,320106
            """);
        var names = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn)).RegionNames;
        Assert.Equal("320106 鼓楼区（南京市，江苏省）", names.Label("320106"));
        Assert.Equal("320102 玄武旧区（示例）（南京市，江苏省，2020-01-01 前）", names.Label("320102"));
        Assert.Equal("320000 江苏省", names.Label("320000"));
        Assert.Equal("NOPE", names.Label("NOPE"));
    }

    [Theory]
    [InlineData("X1,甲,2020-01-01,2020-01-01,", "2 valid_to 2020-01-01")]
    [InlineData("X1,甲,2020-01-02,2020-01-01,", "2 valid_to 2020-01-01")]
    [InlineData("X1,甲,,2020-13-01,X2\nX2,乙,,,", "2 valid_to 2020-13-01")]
    [InlineData("X1,甲,,2020-01-01,X9", "2 successors X9")]
    [InlineData("X1,甲,,,X2\nX2,乙,2020-01-01,,", "2 valid_to ")]
    [InlineData("X1,甲,,2020-01-01,X1", "2 successors X1")]
    [InlineData("X1,甲,,2020-01-01,X2\nX2,乙,,2021-01-01,X3\nX3,丙,,2022-01-01,X1", "2 successors X2|3 successors X3|4 successors X1")]
    [InlineData("X1,甲,,2020-01-01,X2\nX2,乙,2020-01-02,,", "2 successors X2")]
    [InlineData("X1,甲,,2020-01-01,X2\nX2,乙,,2020-01-01,", "2 successors X2")]
    [InlineData("500157,两江新区,2026-01-01,,", "2 valid_from 500105|2 valid_from 500112|2 valid_from CQX-LJXQ")]
    [InlineData("500157,两江新区,2020-01-01,2021-01-01,", "2 valid_to 500105|2 valid_to 500112|2 valid_to CQX-LJXQ")]
    public void A_succession_that_cannot_be_is_refused_with_line_and_column(string rows, string faults)
    {
        var load = Loading.Load(CatalogTableKind.Regions, Columns + rows);
        Assert.Equal(faults.Split('|'), load.Faults.Select(fault => $"{fault.Line} {fault.Column} {fault.Observed}"));
        Assert.All(load.Faults, fault => Assert.Equal("regions.csv", fault.Table));
        Assert.Empty(load.Changed);
    }

    [Theory]
    [InlineData("X1,甲,2020-01-01,2020-01-02,")]
    [InlineData("X1,甲,,2020-01-01,X2 X3\nX2,乙,2020-01-01,,\nX3,丙,,,")]
    [InlineData("X1,甲,,9999-12-31,X2\nX2,乙,9999-12-31,,")]
    public void A_succession_from_day_to_day_is_taken(string rows) =>
        Assert.Empty(Loading.Load(CatalogTableKind.Regions, Columns + rows).Faults);

    [Fact]
    public void A_code_that_a_load_names_and_nobody_has_leads_to_the_nearest()
    {
        var fault = Loading.OnlyFault(Loading.Load(CatalogTableKind.Organizations, "id,name_zh,regions\ncity,示例,500234"));
        Assert.EndsWith("最接近的：500154 开州区（原 500234）。", fault.MessageZh, StringComparison.Ordinal);
        Assert.EndsWith("Nearest: 500154 开州区（原 500234）.", fault.MessageEn, StringComparison.Ordinal);
    }
}
