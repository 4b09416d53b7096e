using WasteFree.Exchange.Catalog;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

/// <summary>A load may correct what is said of a value; what the value is stays as it was when it was sent.</summary>
public sealed class LastingMeaningTests
{
    private const string Columns = "code,version,name_zh,unit,kind,direction,numerator_unit,denominator_unit,aggregation";
    private const string Rate = "X1,1.0,示例率,%,ratio,higher,t,t,parts";
    private const string Amount = "X2,1.0,示例量,t,amount,lower,,,sum";
    private const string Count = "X3,1.0,示例数,{unit},count,higher,,,";

    /// <summary>The row that is loaded over the one of its code, and the columns that say something else about stored values.</summary>
    public static TheoryData<string, string> OtherMeanings => new()
    {
        { "X2,1.0,示例量,10*3.t,amount,lower,,,sum", "unit" },
        { "X2,1.0,示例量,kg,amount,lower,,,sum", "unit" },
        { "X2,1.0,示例量,m3,amount,lower,,,sum", "unit" },
        { "X2,1.0,示例量,t{dry},amount,lower,,,sum", "unit" },
        { "X3,1.0,示例数,{outlet},count,higher,,,", "unit" },
        { "X3,1.0,示例数,1,count,higher,,,", "unit" },
        { "X1,1.0,示例率,1,ratio,higher,t,t,parts", "unit" },
        { "X1,1.0,示例率,%,ratio,higher,kg,t,parts", "numerator_unit" },
        { "X1,1.0,示例率,%,ratio,higher,t,10*3.t,parts", "denominator_unit" },
        { "X1,1.0,示例率,%,ratio,higher,,t,parts", "numerator_unit" },
        { "X1,1.0,示例率,%,ratio,higher,kg,kg,parts", "numerator_unit denominator_unit" },
        { "X2,1.0,示例量,t,amount,lower,t,,sum", "numerator_unit" }, // it was not stated
        { "X2,1.0,示例量,t,stock,lower,,,", "kind" }, // the default of the kind goes with it
        { "X2,1.0,示例量,t,count,lower,,,sum", "kind" },
        { "X3,1.0,示例数,{unit},count,higher,,,sum", "aggregation" },
        { "X2,1.0,示例量,t,amount,lower,,,last", "aggregation" },
        { "X2,1.0,示例量,t,amount,higher,,,sum", "direction" },
        { "X2,1.0,示例量,kg,stock,neutral,,,last", "unit kind direction" },
        { "X2,,示例量,kg,amount,lower,,,sum", "unit" }, // an empty version is the first
    };

    [Theory]
    [MemberData(nameof(OtherMeanings))]
    public void A_definition_says_the_same_of_stored_values_for_as_long_as_its_version_stands(string row, string columns)
    {
        var load = Over($"{Columns}\n{row}");

        Assert.Equal(columns, string.Join(' ', load.Faults.Select(fault => fault.Column)));
        Assert.All(load.Faults, fault => Assert.Equal(("indicators.csv", 2), (fault.Table, fault.Line)));
        Assert.All(load.Faults, fault => Assert.Contains("1.1", fault.MessageEn, StringComparison.Ordinal));
        Assert.All(load.Faults, fault => Assert.Contains("2.0", fault.MessageZh, StringComparison.Ordinal));
        Assert.Empty(load.Changed);
    }

    [Theory]
    [InlineData("X2,1.1,示例量,10*3.t,amount,lower,,,sum")]
    [InlineData("X2,2.0,示例量,m3,stock,neutral,,,")]
    public void What_would_mean_another_thing_loads_as_another_version(string row)
    {
        var load = Over($"{Columns}\n{row}");

        Assert.Equal((0, 1, 0), (load.Faults.Count, load.Created, load.Replaced));
    }

    [Theory]
    [InlineData("name_zh,name_en,level1,source,owner,evidence,confidence", "新名,New,层,来源,hub,依据,high")]
    [InlineData("name_zh,numerator,denominator,mandatory", "示例量,分子,分母,true")]
    [InlineData("name_zh,scopes,frequencies,valid_from,valid_to,sharing", "示例量,URBAN,A Q,2020,2030,无条件")]
    [InlineData("name_zh,hard_min,hard_max,soft_min,soft_max", "示例量,0,100,1,99")]
    [InlineData("name_zh,remark", "示例量,备注")]
    public void What_is_said_about_a_value_may_change_under_the_same_version(string columns, string cells)
    {
        var load = Over($"code,unit,kind,direction,{columns}\nX2,t,amount,lower,{cells}");

        Assert.Equal((0, 0, 1), (load.Faults.Count, load.Created, load.Replaced));
    }

    [Fact]
    public void A_unit_of_the_same_size_is_the_same_unit_however_it_is_written()
    {
        var load = Over($"{Columns}\nX2,1.0,示例量,10*3.kg,amount,lower,,,sum");

        Assert.Equal((0, 1), (load.Faults.Count, load.Replaced));
    }

    [Fact]
    public void A_file_without_the_columns_of_the_meaning_keeps_it()
    {
        var load = Over("code,name_zh,unit,kind,direction\nX1,新名,%,ratio,higher\nX2,新名,t,amount,lower");

        Assert.Equal((0, 2), (load.Faults.Count, load.Replaced));
    }

    [Theory]
    [InlineData("demo-500101,示例,500101,false", "illustrative")]
    [InlineData("demo-500101,示例,500101,", "illustrative")]
    [InlineData("yaan,雅安,511800,true", "illustrative")]
    public void Invented_values_never_become_real_nor_real_ones_invented(string row, string column)
    {
        var stored = Loading.After(CatalogLoader.Load(BuiltInCatalog.IllustrativeTables, Loading.BuiltIn, allowIllustrative: true), Loading.BuiltIn);

        var load = CatalogLoader.Load([Loading.Table(CatalogTableKind.Organizations, "id,name_zh,regions,illustrative\n" + row)], stored, allowIllustrative: true);
        var narrow = CatalogLoader.Load([Loading.Table(CatalogTableKind.Organizations, "id,name_zh,regions\ndemo-500101,新名（示例）,500101")], stored, allowIllustrative: true);

        Assert.Equal((2, column), (Loading.OnlyFault(load).Line, Loading.OnlyFault(load).Column));
        Assert.Equal((0, 1), (narrow.Faults.Count, narrow.Replaced));
        Assert.True(CatalogReader.Read(3, Loading.After(narrow, stored)).FindOrganization("demo-500101")!.Illustrative);
    }

    private static CatalogLoad Over(string csv)
    {
        var first = Loading.Load(CatalogTableKind.Indicators, $"{Columns}\n{Rate}\n{Amount}\n{Count}");
        Assert.Empty(first.Faults);
        return CatalogLoader.Load([Loading.Table(CatalogTableKind.Indicators, csv)], Loading.After(first, Loading.BuiltIn), allowIllustrative: false);
    }
}
