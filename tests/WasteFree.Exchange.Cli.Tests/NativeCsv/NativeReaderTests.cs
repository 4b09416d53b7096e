using Xunit;

namespace WasteFree.Exchange.Cli.Tests.NativeCsv;

public sealed class NativeReaderTests
{
    private const string Header = "region,indicator,period,value,note\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Columns_may_stand_in_any_order()
    {
        var (rows, faults) = await CsvFile.ReadTextAsync(
            "numerator_unit,Evidence,note,DENOMINATOR_UNIT,confidentiality,status,unit,denominator,numerator,value,period,category,scope,version,indicator,region,COLLECTION_METHOD\n"
            + "10*4.t,ev,nt,t,F,E P,%,600,444,74.00,2024-Q1,_T,URBAN,1.0,ZW21-19,500101,mt\n", Cancellation);
        Assert.Empty(faults);
        var row = Assert.Single(rows).Observation;
        Assert.Equal("500101|ZW21-19|1.0|URBAN|_T|2024-Q1|74.00|444|600|%|E,P|F|nt|mt|ev|10*4.t|t", string.Join('|',
            row.Region, row.Indicator, row.Version, row.Scope, row.Category, row.Period, row.Value, row.Numerator, row.Denominator,
            row.Unit, string.Join(',', row.Status), row.Confidentiality, row.Note, row.CollectionMethod, row.Evidence, row.NumeratorUnit, row.DenominatorUnit));
    }

    [Fact]
    public async Task A_Chinese_header_and_names_mean_the_same()
    {
        var (rows, faults) = await CsvFile.ReadTextAsync(
            "\uFEFF地区,指标,版本,范围,类别,期间,数值,分子,分母,单位,状态,保密,备注,方法,依据,分子单位,分母单位\n万州区,秸秆综合利用率,1.0,农村,_T,2024,90.0,45,500000,%,A,F,注,称重,台账,万吨,吨\n", Cancellation);
        Assert.Empty(faults);
        var row = Assert.Single(rows).Observation;
        Assert.Equal(("500101", "ZW21-19", "RURAL", "90.0", "称重", "台账"), (row.Region, row.Indicator, row.Scope, row.Value, row.CollectionMethod, row.Evidence));
        Assert.Equal(("10*4.t", "t"), (row.NumeratorUnit, row.DenominatorUnit));
    }

    [Theory]
    [InlineData("时期")]
    [InlineData("统计期")]
    [InlineData("报告期")]
    public async Task A_near_synonym_of_a_column_is_taken(string period)
    {
        var (rows, faults) = await CsvFile.ReadTextAsync($"地区,指标,{period},数值\n500101,ZW21-19,2024,1\n", Cancellation);
        Assert.Empty(faults);
        Assert.Equal("2024", Assert.Single(rows).Observation.Period);
    }

    [Theory]
    [InlineData("wanzhou", "500101")]
    [InlineData("Ya'an", "511800")]
    [InlineData("999999", "999999")]
    [InlineData("火星", "火星")]
    public async Task A_name_becomes_its_code_and_an_unknown_one_goes_to_the_hub_as_it_is(string written, string sent)
    {
        var (rows, faults) = await CsvFile.ReadTextAsync($"{Header}{written},ZW21-19,2024,1,\n", Cancellation);
        Assert.Empty(faults);
        Assert.Equal(sent, Assert.Single(rows).Observation.Region);
    }

    [Fact]
    public async Task An_ambiguous_name_is_a_fault_that_lists_the_candidates()
    {
        var (rows, faults) = await CsvFile.ReadTextAsync($"{Header}500101,ZW21-19,2024,1,\n500101,同名指标,2024,1,\n", Cancellation);
        Assert.Single(rows);
        var fault = Assert.Single(faults);
        Assert.Equal((3, "indicator", "同名指标", "A-1 A-2"), (fault.Line, fault.Field, fault.Observed, fault.Expected));
    }

    [Fact]
    public async Task Lines_are_those_of_the_file_quoted_newlines_and_blank_lines_counted()
    {
        var (rows, faults) = await CsvFile.ReadTextAsync(
            Header + "500101,ZW21-19,2021,1,\"two\r\nlines, and a \"\"quote\"\"\"\r\n\n,,,,\n500101,ZW21-19,2022,2,\n500101,ZW21-19,2023\n500101,ZW21-19,2024,4,\n", Cancellation);
        Assert.Equal([2, 6, 8], rows.Select(row => row.Line));
        Assert.Equal("two\nlines, and a \"quote\"", rows[0].Observation.Note);
        Assert.Equal(7, Assert.Single(faults).Line);
    }

    [Theory]
    [InlineData("500101,ZW21-19,2024,1,a,b\n", "6", "5")]
    [InlineData("500101,ZW21-19,2024,12,5,\n", "6", "5")]
    [InlineData("500101,ZW21-19,2024,1\n", "4", "5")]
    public async Task Too_many_or_too_few_fields_are_a_fault(string line, string observed, string expected)
    {
        var (rows, faults) = await CsvFile.ReadTextAsync(Header + line, Cancellation);
        Assert.Empty(rows);
        var fault = Assert.Single(faults);
        Assert.Equal(("CSV-2@1", 2, observed, expected), (fault.Rule, fault.Line, fault.Observed, fault.Expected));
    }

    [Theory]
    [InlineData("500101,ZW21-19,2024,1,a \"b\"\n")]
    [InlineData("500101,ZW21-19,2024,1,\"a\" b\n")]
    public async Task Bad_quoting_is_a_fault_of_its_line_alone(string line)
    {
        var (rows, faults) = await CsvFile.ReadTextAsync(Header + line + "500101,ZW21-19,2023,2,\n", Cancellation);
        Assert.Equal(("CSV-3@1", 2), (Assert.Single(faults).Rule, faults[0].Line));
        Assert.Equal(3, Assert.Single(rows).Line);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_is_named_by_the_line_it_opens_on()
    {
        var rest = string.Concat(Enumerable.Repeat("500101,ZW21-19,2023,2,\n", 50_000));
        var (rows, faults) = await CsvFile.ReadTextAsync($"{Header}500101,ZW21-19,2024,1,\n500101,ZW21-19,2024,1,\"open\n{rest}", Cancellation);
        Assert.Single(rows);
        Assert.Equal(("CSV-3@1", 3), (Assert.Single(faults).Rule, faults[0].Line));
    }

    [Theory]
    [InlineData("region,indicator,period,value,colour\n", "colour")]
    [InlineData("region,indicator,period,value,地区\n", "region")]
    [InlineData("region,period,value\n", "indicator")]
    [InlineData("region,indicator,value\n", "period")]
    [InlineData("region,indicator,period,numerator\n", "value")]
    public async Task A_header_with_an_unknown_doubled_or_missing_column_is_a_fault(string header, string field)
    {
        var (_, faults) = await CsvFile.ReadTextAsync(header, Cancellation);
        var fault = Assert.Single(faults, fault => fault.Rule == "CSV-1@1");
        Assert.Equal((1, field), (fault.Line, fault.Field));
    }

    [Theory]
    [InlineData("region,indicator,period,numerator,denominator\n500101,ZW21-19,2024,444,600\n")]
    [InlineData("region,indicator,period,status\n500101,ZW21-19,2024,M\n")]
    public async Task Parts_or_a_status_may_stand_for_the_value(string text)
    {
        var (rows, faults) = await CsvFile.ReadTextAsync(text, Cancellation);
        Assert.Empty(faults);
        Assert.Single(rows);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("region,indicator,period,value\n")]
    [InlineData("region,indicator,period,value\n,,,\n\n")]
    public async Task A_file_without_rows_is_a_fault(string text)
    {
        var (rows, faults) = await CsvFile.ReadTextAsync(text, Cancellation);
        Assert.Empty(rows);
        Assert.Equal("CSV-5@1", Assert.Single(faults).Rule);
    }

    [Fact]
    public async Task A_header_with_other_separators_is_told_so()
    {
        var (_, faults) = await CsvFile.ReadTextAsync("region;indicator;period;value\n500101;ZW21-19;2024;1\n", Cancellation);
        Assert.Contains(faults, fault => fault.MessageEn.Contains("separate columns by commas", StringComparison.Ordinal));
    }
}
