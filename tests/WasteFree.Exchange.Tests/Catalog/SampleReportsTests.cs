using CsvHelper;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

/// <summary>The sample reports against the catalogue that they are for.</summary>
public sealed class SampleReportsTests
{
    private static readonly CatalogSnapshot Catalogue = CatalogReader.Read(
        1, CatalogLoader.Load([.. BuiltInCatalog.Tables, .. BuiltInCatalog.IllustrativeTables], [], allowIllustrative: true).Changed);

    private sealed record Row(string Organization, IReadOnlyDictionary<string, string> Columns)
    {
        public string this[string column] => Columns.GetValueOrDefault(column, "");
    }

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "samples"), "*.csv").Select(file => Path.GetFileName(file)).Order()];

    [Fact]
    public void There_are_two_real_reports_and_six_illustrative_ones()
    {
        Assert.Equal(8, Files.Count);
        Assert.Equal(6, Files.Count(file => file.Data.StartsWith("demo-", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_row_is_one_that_its_organisation_may_send_and_the_catalogue_knows(string file) =>
        Assert.All(Read(file), row =>
        {
            Assert.True(Period.TryParse(row["period"], out var period));
            var indicator = Catalogue.InForce(row["indicator"], period);
            Assert.NotNull(indicator);
            Assert.NotNull(Catalogue.FindRegion(row["region"]));
            Assert.True(Catalogue.MayReport(Catalogue.FindOrganization(row.Organization)!, indicator.Code, row["region"]));
            Assert.NotNull(Catalogue.FindCategory(indicator.Code, row["category"]));
            Assert.True(row["scope"].Length == 0 || Codes.TryScope(row["scope"], out _));

            if (row["status"] == "M")
            {
                Assert.Empty(row["value"]);
                return;
            }
            Assert.True(Unit.TryParse(row["unit"], out var unit));
            Assert.True(Unit.TryParse(indicator.Unit, out var defined));
            Assert.True(ExactDecimal.TryParse(row["value"], out var value));
            Assert.True(unit.TryConvert(value.ToRational(), defined, out var converted));
            Assert.True(indicator.HardMin is not { } min || converted >= min.ToRational());
            Assert.True(indicator.HardMax is not { } max || converted <= max.ToRational());
        });

    [Theory]
    [MemberData(nameof(Files))]
    public void No_row_stands_twice(string file) =>
        Assert.Distinct(Read(file).Select(row => (row["region"], row["indicator"], row["scope"], row["category"], row["period"])));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_stated_ratio_is_its_parts_rounded_half_even_to_its_decimals(string file) =>
        Assert.All(Read(file).Where(row => row["numerator"].Length > 0), row =>
        {
            Assert.True(ExactDecimal.TryParse(row["numerator"], out var numerator));
            Assert.True(ExactDecimal.TryParse(row["denominator"], out var denominator));
            Assert.True(ExactDecimal.TryParse(row["value"], out var value));
            var ratio = numerator.ToRational() / denominator.ToRational() * 100;
            Assert.Equal(value.ToRational().ToDecimalText(), ratio.ToDecimalText(value.Scale));
        });

    [Theory]
    [MemberData(nameof(Files))]
    public void Notes_of_made_up_values_begin_with_the_mark_and_those_of_real_ones_name_the_source(string file) =>
        Assert.All(Read(file), row =>
        {
            var illustrative = Catalogue.FindOrganization(row.Organization)!.Illustrative;
            Assert.Equal(illustrative, row["note"].StartsWith("示例", StringComparison.Ordinal));
            Assert.Equal(!illustrative, row["note"].Contains("https://sthjj.yaan.gov.cn/xinwen/show/", StringComparison.Ordinal));
        });

    [Fact]
    public void The_totals_of_Yaan_are_digit_for_digit_those_of_the_bulletins()
    {
        var totals = Read("yaan-hw-2022.csv").Concat(Read("yaan-hw-2023.csv")).Where(row => row["category"] == Codes.Total);

        Assert.Equal(
            [
                "2022 HUB-HW-GEN 526710.770", "2022 HUB-HW-STOCK 288609.189", "2022 HUB-HW-USED 558377.532",
                "2023 HUB-HW-GEN 551953.685112", "2023 HUB-HW-STOCK 263880.100166", "2023 HUB-HW-USED 538943.801307",
            ],
            totals.Select(row => $"{row["period"]} {row["indicator"]} {row["value"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Used_and_disposed_amounts_of_Yaan_are_sums_of_what_it_did_itself_and_what_it_sent()
    {
        var values = Read("yaan-hw-2022.csv").Concat(Read("yaan-hw-2023.csv"))
            .ToDictionary(row => (row["period"], row["indicator"], row["category"]), row => row["value"]);

        Assert.Equal("2999.35", values[("2022", "HUB-HW-USED", "HW21")]);
        Assert.Equal("4457.36", values[("2022", "HUB-HW-USED", "HW23")]);
        Assert.Equal("1383.154322", values[("2023", "HUB-HW-DISPOSED", "HW01")]);
        Assert.Equal("34.188793", values[("2023", "HUB-HW-COLLECTED", "HW01")]);
        Assert.Equal((14, 12), (Count("2022"), Count("2023")));

        int Count(string year) => values.Keys.Count(key => key.Item1 == year && key is { Item2: "HUB-HW-STOCK", Item3: not Codes.Total });
    }

    [Fact]
    public void Wanzhou_has_an_illustrative_value_for_each_target_in_its_scope_and_category()
    {
        var keys = Read("demo-500101-2024.csv").Select(row => (row["indicator"], row["scope"], row["category"])).ToHashSet();

        Assert.All(
            Catalogue.Targets.Where(target => target.Relation == TargetRelation.Same),
            target => Assert.Contains((target.Indicator, target.Scope.Code(), target.Category), keys));
    }

    /// <summary>A report's file is named for its sender, or for the one city that sends real ones.</summary>
    private static List<Row> Read(string file)
    {
        var organization = file.StartsWith("yaan-", StringComparison.Ordinal) ? "yaan" : file[..file.LastIndexOf('-')];
        using var reader = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "samples", file));
        var rows = new List<Row>();
        while (reader.Read())
            rows.Add(new Row(organization, reader.Headers.Select((name, place) => (name, place)).ToDictionary(h => h.name, h => reader.GetString(h.place))));
        return rows;
    }
}
