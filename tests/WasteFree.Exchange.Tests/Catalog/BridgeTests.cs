using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

public sealed class BridgeTests
{
    private const string Columns = "indicator,from_major,to_major,factor,overlap_period,source,approver";

    private static readonly CatalogTable SecondVersion = Loading.Table(
        CatalogTableKind.Indicators, "code,version,name_zh,unit,kind,direction\nZW21-01,2.0,强度,t/(10*4.{CNY}),intensity,lower");

    [Fact]
    public void A_bridge_carries_its_factor_exactly_as_a_quotient_or_a_decimal()
    {
        var catalog = Loaded(Columns + "\nZW21-01,1,2,0.95/1.05,2021,示例,示例\nZW21-01,2,1,1.25,2021,示例,示例");

        var forward = catalog.FindBridge("ZW21-01", 1, 2, "500101")!;
        Assert.Equal(new Rational(95, 105), forward.Factor);
        Assert.Equal(("0.95/1.05", "2021", "*"), (forward.FactorText, forward.OverlapPeriod.ToString(), forward.Regions.ToString()));
        Assert.Equal(new Rational(5, 4), catalog.FindBridge("ZW21-01", 2, 1, "500101")!.Factor);
    }

    [Fact]
    public void A_bridge_that_names_the_region_goes_before_one_for_all()
    {
        var catalog = Loaded("regions," + Columns + "\n*,ZW21-01,1,2,2,2021,示例,示例\n500101 500102,ZW21-01,1,2,3,2021,示例,示例");

        Assert.Equal("3", catalog.FindBridge("ZW21-01", 1, 2, "500102")!.FactorText);
        Assert.Equal("2", catalog.FindBridge("ZW21-01", 1, 2, "500103")!.FactorText);
    }

    [Fact]
    public void There_is_no_bridge_that_is_not_declared()
    {
        var catalog = Loaded("regions," + Columns + "\n500101,ZW21-01,1,2,2,2021,示例,示例");

        Assert.Null(catalog.FindBridge("ZW21-01", 2, 1, "500101")); // it is not declared the other way
        Assert.Null(catalog.FindBridge("ZW21-01", 1, 3, "500101"));
        Assert.Null(catalog.FindBridge("ZW21-01", 1, 2, "500102"));
        Assert.Null(catalog.FindBridge("ZW21-02", 1, 2, "500101"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.95/0")]
    [InlineData("0/1.05")]
    [InlineData("0.95/-1.05")]
    [InlineData("0.95/1.05/2")]
    [InlineData("0.95 / 1.05")]
    [InlineData("0.95/")]
    [InlineData("/1.05")]
    [InlineData("1e3")]
    [InlineData("95%")]
    public void A_factor_is_above_zero_and_an_empty_one_is_told_in_its_own_words(string factor)
    {
        var fault = Loading.OnlyFault(Load(Columns + $"\nZW21-01,1,2,{factor},2021,示例,示例"));

        Assert.Equal((2, "factor", factor), (fault.Line, fault.Column, fault.Observed));
        Assert.Equal(factor.Length == 0, fault.MessageEn.Contains("bridges nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void All_but_the_regions_is_required()
    {
        foreach (var column in Columns.Split(','))
        {
            var cells = string.Join(',', Columns.Split(',').Zip(["ZW21-01", "1", "2", "1.1", "2021", "示例", "示例"], (name, cell) => name == column ? "" : cell));
            Assert.Equal((2, column, ""), Place(Loading.OnlyFault(Load($"{Columns}\n{cells}"))));
            var without = string.Join(',', Columns.Split(',').Where(name => name != column));
            Assert.Equal((1, column, ""), Place(Loading.OnlyFault(Load($"{without}\n1,2,3,4,5,6"))));
        }
    }

    [Fact]
    public void A_bridge_may_come_with_the_version_that_it_leads_to_and_loads_again_unchanged()
    {
        var bridges = Loading.Table(CatalogTableKind.Bridges, Columns + "\nZW21-01,1,2,1.1,2021,示例,示例");
        var first = Loading.Load(bridges, SecondVersion);
        Assert.Equal((0, 2), (first.Faults.Count, first.Created));

        var stated = Loading.Table(CatalogTableKind.Bridges, "regions," + Columns + "\n*,ZW21-01,1,2,1.1,2021,示例,示例");
        var again = CatalogLoader.Load([stated], Loading.After(first, Loading.BuiltIn), allowIllustrative: false);
        Assert.Equal((0, 0, 1), (again.Faults.Count, again.Changed.Count, again.Unchanged));
    }

    private static (int, string, string) Place(CatalogFault fault) => (fault.Line, fault.Column, fault.Observed);

    private static CatalogLoad Load(string csv) => Loading.Load(Loading.Table(CatalogTableKind.Bridges, csv), SecondVersion);

    private static CatalogSnapshot Loaded(string csv) => CatalogReader.Read(2, Loading.After(Load(csv), Loading.BuiltIn));
}
