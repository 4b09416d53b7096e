using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

public sealed class CatalogLoadTests
{
    private const string Indicators = "code,name_zh,unit,kind,direction";

    [Fact]
    public void A_row_replaces_the_row_of_its_key_and_keeps_what_its_file_has_no_column_for()
    {
        var load = Loading.Load(CatalogTableKind.Indicators, "code,version,name_zh,unit,kind,direction,confidence,level2\nZW21-04,1.0,绿色工厂占比,%,ratio,higher,high,");
        var indicator = Assert.Single(CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn)).VersionsOf("ZW21-04"));

        Assert.Equal((0, 1, 0), (load.Created, load.Replaced, load.Unchanged));
        Assert.Equal(("绿色工厂占比", Confidence.High), (indicator.NameZh, indicator.Confidence));
        // No column for the one, an empty cell for the other.
        Assert.Equal(("Share of enterprises building green factories", ""), (indicator.NameEn, indicator.Level2));
        Assert.Equal(("{enterprise}", "{enterprise}"), (indicator.NumeratorUnit, indicator.DenominatorUnit));
    }

    [Theory]
    [MemberData(nameof(NarrowFiles))]
    public void A_file_with_the_required_columns_alone_changes_nothing_of_a_row_that_says_the_same(CatalogTableKind kind, string full, string narrow)
    {
        var first = Loading.Load(Loading.Table(kind, full));
        Assert.Empty(first.Faults);
        var stored = Loading.After(first, Loading.BuiltIn);

        var again = CatalogLoader.Load([Loading.Table(kind, narrow)], stored, allowIllustrative: true);

        Assert.Equal((0, 0, 0, 1), (again.Faults.Count, again.Created, again.Replaced, again.Unchanged));
    }

    /// <summary>Of every table a row with all that may be said of it, one column unknown to the hub included, and its shortest form.</summary>
    public static TheoryData<CatalogTableKind, string, string> NarrowFiles => new()
    {
        {
            CatalogTableKind.Indicators,
            "code,version,name_zh,unit,kind,direction,numerator_unit,denominator_unit,aggregation,mandatory,scopes,frequencies,hard_max,valid_from,sharing,confidence,further\nX1,1.0,甲,%,ratio,lower,t,t,none,true,RURAL,A,100,2020,无条件,high,乙",
            "code,name_zh,unit,kind,direction\nX1,甲,%,ratio,lower"
        },
        {
            CatalogTableKind.Regions,
            "code,name_zh,parent_code,overlaps,valid_from,confidence,further\nX1,甲,500000,500101,2020-01-01,high,乙",
            "code,name_zh\nX1,甲"
        },
        { CatalogTableKind.Categories, "code_list,code,name_zh,name_en,indicators,further\nX,X1,甲,A,ZW21-11,乙", "code_list,code,name_zh,indicators\nX,X1,甲,ZW21-11" },
        {
            CatalogTableKind.Targets,
            "target_id,region,period,indicator,relation,name_zh,comparator,value,unit,scope,part_of,deadline,comparator_stated,base_period,base_value,further\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,RURAL,T07-1,2024-12-31,true,2020,0.5,乙",
            "id,region,period,indicator,relation,name_zh,comparator,value,unit\nX1,500101,2024,ZW21-19,same,甲,>=,1,%"
        },
        { CatalogTableKind.Tasks, "task_no,title_zh,section,mode,targets,region,further\n1,甲,一,牵头,T07-1,500101,乙", "task_no,title_zh\n1,甲" },
        { CatalogTableKind.Organizations, "id,name_zh,regions,name_en,kind,illustrative,further\nnewcity,甲,500102,New,city,false,乙", "id,name_zh,regions\nnewcity,甲,500102" },
        { CatalogTableKind.Mandates, "organization,indicators,regions,authoritative,due_days,further\nyaan,ZW21-*,511800,true,30,乙", "organization,indicators,regions\nyaan,ZW21-*,511800" },
        {
            CatalogTableKind.Densities, "indicators,categories,value,unit,source,further\nZW21-11,*,0.4,t/m3,甲,乙", "indicators,value,unit,source\nZW21-11,0.4,t/m3,甲"
        },
        { CatalogTableKind.Schemes, "code,name_zh,name_en,reporting_units,valid_from,valid_to,source,confidence,note,further\nX,甲,A,true,2020-01-01,2021-01-01,乙,high,丙,丁", "code,name_zh\nX,甲" },
        {
            CatalogTableKind.SchemeMembers,
            "scheme,region,extent,valid_from,valid_to,confidence,note,further\nCIRCLE,500156,partial,2020-01-01,2021-01-01,low,甲,乙",
            "scheme,region,extent\nCIRCLE,500156,partial"
        },
        {
            CatalogTableKind.Grants,
            "grantee,owner,indicators,regions,purpose,valid_from,valid_until,further\nyaan,wanzhou,*,*,甲,2024-01-01,2026-12-31,乙",
            "grantee,owner,indicators,purpose,valid_until\nyaan,wanzhou,*,甲,2026-12-31"
        },
    };

    [Fact]
    public void A_header_alone_is_a_table_without_rows_and_changes_nothing()
    {
        var load = Loading.Load(CatalogTableKind.Indicators, Indicators + "\n");

        Assert.Equal((0, 0, 0, 0), (load.Faults.Count, load.Created, load.Replaced, load.Unchanged));
    }

    [Fact]
    public void Another_version_stands_beside_the_one_before()
    {
        var load = Loading.Load(CatalogTableKind.Indicators, Indicators + ",version,valid_from\nZW21-04,绿色工厂占比,%,ratio,higher,2.0,2025");
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));

        Assert.Equal((1, 0), (load.Created, load.Replaced));
        Assert.Equal(["1.0", "2.0"], catalogue.VersionsOf("ZW21-04").Select(definition => definition.Version.ToString()));
        Assert.Equal("1.0", catalogue.InForce("ZW21-04", Year("2024"))?.Version.ToString());
        Assert.Equal("2.0", catalogue.InForce("ZW21-04", Year("2025"))?.Version.ToString());
    }

    [Fact]
    public void A_region_its_parent_its_organisation_and_an_indicator_never_seen_come_in_one_load_in_any_order()
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Mandates, "organization,indicators,regions,authoritative,due_days\nguiyang,NEW-1,520102,true,30"),
            Loading.Table(CatalogTableKind.Organizations, "id,name_zh,name_en,kind,regions,illustrative\nguiyang,贵阳市,Guiyang,city,520100 520102,false"),
            Loading.Table(CatalogTableKind.Regions, "code,name_zh,parent_code\n520102,南明区,520100\n520100,贵阳市,520000\n520000,贵州省,"),
            Loading.Table(CatalogTableKind.Indicators, Indicators + "\nNEW-1,新指标,10*4.t,amount,lower"));
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));

        Assert.Empty(load.Faults);
        Assert.Equal(6, load.Created);
        Assert.Equal("520100", catalogue.FindRegion("520102")?.ParentCode);
        Assert.Equal("10*4.t", Assert.Single(catalogue.VersionsOf("NEW-1")).Unit);
        Assert.True(catalogue.IsAuthoritative("guiyang", "NEW-1", "520102"));
        Assert.Equal(30, Assert.Single(catalogue.MandatesOf("guiyang")).DueDays);
    }

    [Fact]
    public void One_bad_row_in_one_table_keeps_every_row_of_every_table_out()
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Regions, "code,name_zh\n520000,贵州省"),
            Loading.Table(CatalogTableKind.Indicators, Indicators + "\nNEW-1,新指标,t,amount,lower\nNEW-2,新指标,t,amount,lower\nNEW-3,新指标,t,amount,"));

        Assert.Equal((4, "direction"), (Loading.OnlyFault(load).Line, Loading.OnlyFault(load).Column));
    }

    [Fact]
    public void Equal_rows_are_unchanged_whatever_the_order_of_columns_the_quotes_the_BOM_and_the_default_version()
    {
        var first = CatalogLoader.Load([Loading.Table(CatalogTableKind.Indicators, Indicators + "\nNEW-1,新指标,t,amount,lower\n")], [], false);
        var csv = "\uFEFFDirection, kind ,evidence,unit,name_zh,code,version\r\n lower,amount,,\"t\",新指标,\"NEW-1\",1.0\r\n\r\n";

        var again = CatalogLoader.Load([Loading.Table(CatalogTableKind.Indicators, csv)], first.Changed, false);

        Assert.Equal((0, 0, 0, 1), (again.Faults.Count, again.Created, again.Replaced, again.Unchanged));
    }

    [Fact]
    public void Content_is_a_sorted_object_of_texts_in_which_unknown_columns_survive_and_empty_ones_do_not()
    {
        var load = Loading.Load(CatalogTableKind.Regions, "name_zh,zone,code,note\n贵州省,\"西\n南\",520000,");

        Assert.Equal(
            new CatalogRow("regions", "520000", """{"code":"520000","name_zh":"贵州省","zone":"西\n南"}"""),
            Assert.Single(load.Changed));
    }

    [Fact]
    public void A_target_headed_id_is_the_same_row_as_one_headed_target_id()
    {
        const string Row = "X1,500101,2024,ZW21-19,same,甲,>=,90,%";
        var first = Loading.Load(CatalogTableKind.Targets, "target_id,region,period,indicator,relation,name_zh,comparator,value,unit\n" + Row);
        var again = CatalogLoader.Load(
            [Loading.Table(CatalogTableKind.Targets, "id,region,period,indicator,relation,name_zh,comparator,value,unit\n" + Row)],
            Loading.After(first, Loading.BuiltIn),
            allowIllustrative: false);

        Assert.Equal((0, 1), (again.Faults.Count, again.Unchanged));
    }

    [Fact]
    public void Defaults_are_what_the_columns_say()
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Indicators, Indicators + "\nNEW-1,新指标,t,amount,lower"),
            Loading.Table(CatalogTableKind.Targets, "id,region,period,indicator,relation,name_zh,comparator,value,unit\nX1,500101,2024,,none,甲,<,0.50,t"));
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));
        var indicator = Assert.Single(catalogue.VersionsOf("NEW-1"));
        var target = Assert.Single(catalogue.Targets, target => target.Id == "X1");

        Assert.Equal(("1.0", Sharing.Conditional, Confidence.Unstated), (indicator.Version.ToString(), indicator.Sharing, indicator.Confidence));
        Assert.Empty(indicator.Scopes);
        Assert.Empty(indicator.Frequencies);
        Assert.Null(indicator.HardMin);
        Assert.Equal((Scope.Whole, Codes.Total, "0.50", Comparator.Below), (target.Scope, target.Category, target.Value.ToString(), target.Comparator));
    }

    [Fact]
    public void A_definition_with_every_column_reads_back_as_it_was_written()
    {
        var load = Loading.Load(
            CatalogTableKind.Indicators,
            Indicators + ",scopes,frequencies,hard_min,hard_max,soft_min,soft_max,valid_from,valid_to,sharing\n"
            + "NEW-1,新指标,%,ratio,neutral,URBAN BUILT_UP,A Q M,-5,100.0,0,99.5,2024-Q1,2026,无条件");
        var indicator = Assert.Single(CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn)).VersionsOf("NEW-1"));

        Assert.Equal([Scope.Urban, Scope.BuiltUp], indicator.Scopes);
        Assert.Equal([Frequency.Annual, Frequency.Quarterly, Frequency.Monthly], indicator.Frequencies);
        Assert.Equal("-5 100.0 0 99.5", $"{indicator.HardMin} {indicator.HardMax} {indicator.SoftMin} {indicator.SoftMax}");
        Assert.Equal(("2024-Q1", "2026", Sharing.Unconditional), ($"{indicator.ValidFrom}", $"{indicator.ValidTo}", indicator.Sharing));
    }

    [Theory]
    [InlineData("amount", Aggregation.Sum)]
    [InlineData("stock", Aggregation.Last)]
    [InlineData("ratio", Aggregation.Parts)]
    [InlineData("intensity", Aggregation.Parts)]
    [InlineData("count", Aggregation.None)]
    [InlineData("flag", Aggregation.None)]
    [InlineData("event", Aggregation.None)]
    public void Aggregation_is_that_of_the_kind_unless_the_table_says_otherwise(string kind, Aggregation usual)
    {
        var load = Loading.Load(CatalogTableKind.Indicators, $"{Indicators},aggregation\nNEW-1,甲,1,{kind},lower,\nNEW-2,乙,1,{kind},lower,last");
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));

        Assert.Equal(usual, Assert.Single(catalogue.VersionsOf("NEW-1")).Aggregation);
        Assert.Equal(Aggregation.Last, Assert.Single(catalogue.VersionsOf("NEW-2")).Aggregation);
    }

    [Fact]
    public void A_target_keeps_where_its_way_begins()
    {
        const string Columns = "id,region,period,indicator,relation,name_zh,comparator,value,unit,base_period,base_value";
        var load = Loading.Load(CatalogTableKind.Targets, Columns + "\nX1,500101,2025,ZW21-19,same,甲,>=,65,%,2020,50\nX2,500101,2025,ZW21-19,same,乙,>=,65,%,2020,");
        var targets = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn)).Targets;

        Assert.Equal("2020 50", targets.Where(target => target.Id == "X1").Select(target => $"{target.BasePeriod} {target.BaseValue}").Single());
        Assert.Equal("2020 ", targets.Where(target => target.Id == "X2").Select(target => $"{target.BasePeriod} {target.BaseValue}").Single());
    }

    [Fact]
    public void A_density_is_for_every_category_unless_it_names_some()
    {
        const string Columns = "indicators,value,unit,source,categories";
        var load = Loading.Load(CatalogTableKind.Densities, Columns + "\nHUB-HW-*,0.9,t/m3,示例,\nHUB-HW-GEN,1.1,kg/L,示例,HW08 HW09\nHUB-HW-GEN,1.2,t/m3,示例,_T");
        Assert.Empty(load.Faults);
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));

        Assert.Equal("0.9", catalogue.FindDensity("HUB-HW-USED", "HW08")?.Value.ToString());
        Assert.Equal("1.1", catalogue.FindDensity("HUB-HW-GEN", "HW08")?.Value.ToString());
        Assert.Equal("1.2", catalogue.FindDensity("HUB-HW-GEN", "_T")?.Value.ToString());
        Assert.Equal("0.9", catalogue.FindDensity("HUB-HW-GEN", "HW01")?.Value.ToString());
        Assert.Null(catalogue.FindDensity("ZW21-11", "_T"));
    }

    [Fact]
    public void A_stored_row_that_does_not_read_is_an_error_of_the_hub()
    {
        Assert.Throws<InvalidDataException>(() => CatalogReader.Read(1, [new CatalogRow("regions", "1", """{"code":"1"}""")]));
        Assert.Throws<InvalidDataException>(() => CatalogReader.Read(1, [new CatalogRow("planets", "1", "{}")]));
    }

    [Fact]
    public void A_load_of_no_tables_changes_nothing() =>
        Assert.Equal((0, 0, 0, 0), Counts(CatalogLoader.Load([], Loading.BuiltIn, allowIllustrative: false)));

    private static (int, int, int, int) Counts(CatalogLoad load) => (load.Faults.Count, load.Created, load.Replaced, load.Unchanged);

    private static Period Year(string text) => Period.TryParse(text, out var period) ? period : throw new FormatException(text);
}
