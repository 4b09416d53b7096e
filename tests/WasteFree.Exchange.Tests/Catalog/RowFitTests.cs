using WasteFree.Exchange.Catalog;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

/// <summary>A row fits the rows that it names: what could never be held against a value does not load.</summary>
public sealed class RowFitTests
{
    private const string Targets = "target_id,region,period,indicator,relation,name_zh,comparator,value,unit,scope,category";
    private const string Definitions = "code,version,name_zh,unit,kind,direction,scopes,frequencies,valid_from,valid_to";

    private const string Known = """
        X-AMOUNT,1.0,示例量,t,amount,lower,,,,
        X-STOCK,1.0,示例贮存,t,stock,lower,,,,
        X-COUNT,1.0,示例数,{unit},count,higher,,,,
        X-YEARLY,1.0,示例年,t,amount,lower,,A,,
        X-MONTHLY,1.0,示例月,t,amount,lower,,M,,
        X-URBAN,1.0,示例城,%,ratio,higher,URBAN BUILT_UP,,,
        X-OLD,1.0,示例旧,t,amount,lower,,,2015,2020
        X-TWO,1.0,示例两版,t,amount,lower,,,,2022
        X-TWO,2.0,示例两版,m3,amount,lower,,,2022,
        """;

    /// <summary>A target, the column at fault and what was there; all empty where it fits.</summary>
    public static TheoryData<string, string, string> OfTargets => new()
    {
        // Units, with what a comparison converts: by size, and amounts to rates over the target's period.
        { "2024,X-AMOUNT,same,甲,<=,1,10*4.t,,", "", "" },
        { "2024,X-AMOUNT,same,甲,<=,1,t/d,,", "", "" },
        { "2024,X-STOCK,same,甲,<=,1,t/d,,", "unit", "t/d" },
        { "2024,X-AMOUNT,same,甲,<=,1,%,,", "unit", "%" },
        { "2024,X-AMOUNT,same,甲,<=,1,m3,,", "unit", "m3" }, // no density is declared
        { "2024,X-AMOUNT,same,甲,<=,1,t{dry},,", "unit", "t{dry}" },
        { "2024,X-COUNT,same,甲,>=,1,{outlet},,", "unit", "{outlet}" },
        { "2024,X-COUNT,same,甲,>=,1,1,,", "unit", "1" },
        { "2024,ZW21-19,same,甲,>=,0.9,1,,", "", "" },
        { "2021,X-TWO,same,甲,<=,1,t,,", "", "" },
        { "2023,X-TWO,same,甲,<=,1,t,,", "unit", "t" }, // the version in force then counts in m3
        // Only related, it never counts.
        { "2024,X-AMOUNT,related,甲,<=,1,%,,", "", "" },
        // Categories, scopes, periods.
        { "2024,HUB-HW-GEN,same,甲,<=,1,t,,HW08", "", "" },
        { "2024,HUB-HW-GEN,same,甲,<=,1,t,,CELL01", "category", "CELL01" },
        { "2024,X-URBAN,same,甲,>=,1,%,URBAN,", "", "" },
        { "2024,X-URBAN,same,甲,>=,1,%,RURAL,", "scope", "RURAL" },
        { "2024,X-URBAN,same,甲,>=,1,%,,", "scope", "WHOLE" }, // the default
        { "2024-Q1,X-YEARLY,same,甲,<=,1,t,,", "period", "2024-Q1" },
        { "2024,X-MONTHLY,same,甲,<=,1,t,,", "", "" },
        { "2024-01-05,X-MONTHLY,same,甲,<=,1,t,,", "period", "2024-01-05" },
        { "2019,X-OLD,same,甲,<=,1,t,,", "", "" },
        { "2020,X-OLD,same,甲,<=,1,t,,", "period", "2020" },
        { "2014,X-OLD,same,甲,<=,1,t,,", "period", "2014" },
    };

    [Theory]
    [MemberData(nameof(OfTargets))]
    public void A_target_can_be_held_against_the_values_of_its_indicator(string row, string column, string observed)
    {
        var load = Over(CatalogTableKind.Targets, $"{Targets}\nX1,500101,{row}");

        if (column.Length == 0) Assert.Empty(load.Faults);
        else Assert.Equal((2, column, observed), Place(Loading.OnlyFault(load)));
    }

    [Fact]
    public void A_target_and_what_it_rests_on_may_come_in_one_load()
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Targets, Targets + "\nX1,500101,2024,NEW-1,same,甲,<=,1,t,,X1"),
            Loading.Table(CatalogTableKind.Categories, "code_list,code,name_zh,indicators\nX,X1,甲,NEW-1"),
            Loading.Table(CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction\nNEW-1,甲,kg,amount,lower"));

        Assert.Equal((0, 3), (load.Faults.Count, load.Created));
    }

    [Fact]
    public void What_a_target_names_and_is_at_fault_itself_is_told_alone()
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Targets, Targets + "\nX1,500101,2024,NEW-1,same,甲,<=,1,%,,X1"),
            Loading.Table(CatalogTableKind.Categories, "code_list,code,name_zh,indicators\nX,X1,甲,?"),
            Loading.Table(CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction\nNEW-1,甲,吨,amount,lower"));

        Assert.Equal(["categories.csv indicators", "indicators.csv unit"], load.Faults.Select(fault => $"{fault.Table} {fault.Column}"));
    }

    /// <summary>What would be loaded over a catalogue that has the target T, on X-TWO in t for 2021 or on HW08 of 2024.</summary>
    [Theory]
    [InlineData(CatalogTableKind.Indicators, Definitions + "\nX-TWO,1.1,示例两版,m3,amount,lower,,,,2022", "unit")]
    [InlineData(CatalogTableKind.Indicators, Definitions + "\nX-TWO,1.0,示例两版,t,amount,lower,RURAL,,,2022", "scopes")]
    [InlineData(CatalogTableKind.Indicators, Definitions + "\nX-TWO,1.0,示例两版,t,amount,lower,,,,2021", "valid_to")]
    [InlineData(CatalogTableKind.Categories, "code_list,code,name_zh,indicators\nHW,HW08,废矿物油,HUB-HW-STOCK", "indicators")]
    public void A_load_does_not_draw_away_what_a_target_of_the_catalogue_rests_on(CatalogTableKind kind, string csv, string column)
    {
        var targets = Over(CatalogTableKind.Targets, Targets + "\nT-ON,500101,2021,X-TWO,same,甲,<=,1,t,,\nT-HW,500101,2024,HUB-HW-GEN,same,甲,<=,1,t,,HW08");
        Assert.Empty(targets.Faults);
        var stored = Loading.After(targets, Stored());

        var fault = Loading.OnlyFault(CatalogLoader.Load([Loading.Table(kind, csv)], stored, allowIllustrative: false));

        Assert.Equal((2, column), (fault.Line, fault.Column));
        Assert.StartsWith("T-", fault.Observed, StringComparison.Ordinal);
        Assert.Contains(fault.Observed, fault.MessageEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X,HW08,甲,HUB-HW-GEN", "HW08")]
    [InlineData("X,HW08,甲,*", "HW08")]
    [InlineData("X,_T,甲,ZW21-19", "_T")]
    [InlineData("X,HW08,甲,ZW21-19", "")] // another indicator's
    public void A_code_means_one_category_of_an_indicator(string row, string observed)
    {
        var load = Over(CatalogTableKind.Categories, "code_list,code,name_zh,indicators\n" + row);

        if (observed.Length == 0) Assert.Empty(load.Faults);
        else Assert.Equal((2, "code", observed), Place(Loading.OnlyFault(load)));
    }

    [Fact]
    public void A_bridge_joins_versions_whose_units_convert()
    {
        const string Bridges = "indicator,from_major,to_major,factor,overlap_period,source,approver\n";

        Assert.Equal((2, "to_major", "2"), Place(Loading.OnlyFault(Over(CatalogTableKind.Bridges, Bridges + "X-TWO,1,2,1.1,2021,甲,乙"))));
        var third = Loading.Table(CatalogTableKind.Indicators, Definitions + "\nX-TWO,3.0,示例两版,kg,amount,lower,,,2025,");
        Assert.Empty(CatalogLoader.Load([third, Loading.Table(CatalogTableKind.Bridges, Bridges + "X-TWO,1,3,1.1,2021,甲,乙")], Stored(), false).Faults);
    }

    [Theory]
    [InlineData("X-COUNT", "X-COUNT")]
    [InlineData("ZW21-39", "ZW21-39")] // a flag
    [InlineData("X-AMOUNT X-COUNT", "X-COUNT")]
    [InlineData("ZW21-01", "")] // mass by money
    [InlineData("X-*", "")]
    public void A_density_is_for_what_has_a_mass_or_a_volume(string indicators, string observed)
    {
        var load = Over(CatalogTableKind.Densities, $"indicators,value,unit,source\n{indicators},0.4,t/m3,甲");

        if (observed.Length == 0) Assert.Empty(load.Faults);
        else Assert.Equal((2, "indicators", observed), Place(Loading.OnlyFault(load)));
    }

    private static (int, string, string) Place(CatalogFault fault) => (fault.Line, fault.Column, fault.Observed);

    private static IReadOnlyList<Store.CatalogRow> Stored()
    {
        var first = Loading.Load(CatalogTableKind.Indicators, $"{Definitions}\n{Known}");
        Assert.Empty(first.Faults);
        return Loading.After(first, Loading.BuiltIn);
    }

    private static CatalogLoad Over(CatalogTableKind kind, string csv) => CatalogLoader.Load([Loading.Table(kind, csv)], Stored(), allowIllustrative: false);
}
