using System.Text;
using WasteFree.Exchange.Cli.NativeCsv;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.NativeCsv;

/// <summary>Files as offices have them, which are no lists of rows: what they are is said in one sentence.</summary>
public sealed class LayoutTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("万州区2024年指标报送表,,,,\n地区,指标,期间,数值,备注\n万州区,秸秆综合利用率,2024,90,示例\n注：示例,,,,\n", 2)]
    [InlineData("万州区2024年指标报送表\n\n单位：%,,,,\n地区,指标,期间,数值,备注\n万州区,秸秆综合利用率,2024,90,示例\n", 4)]
    public async Task A_title_above_the_header_is_told_with_the_line_of_the_header(string text, int line)
    {
        var fault = await OnlyFaultAsync(text);
        Assert.Equal("CSV-7@1", fault.Rule);
        Assert.Contains($"第{line}行", fault.MessageZh, StringComparison.Ordinal);
        Assert.Contains($"header is on line {line}", fault.MessageEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("地区,年份,秸秆综合利用率（%）\n万州,2024年,90.4\n", "万州,秸秆综合利用率,2024,90.4,%")]
    [InlineData("地区,期间,生活垃圾清运量（万吨）,秸秆综合利用率（%）\n万州区,2024,45.2,90.4\n", "万州区,生活垃圾清运量,2024,45.2,万吨")]
    [InlineData("region,period,ZW21-19\n500101,2024-03,90.4\n", "500101,ZW21-19,2024-03,90.4,")]
    [InlineData("地区,指标,单位,2023年,2024年\n万州区,秸秆综合利用率,%,88,90\n", "万州区,秸秆综合利用率,2023,88,%")]
    [InlineData("指标,期间,万州区,雅安市\n秸秆综合利用率,2024,90,91\n", "万州区,秸秆综合利用率,2024,90,")]
    [InlineData("地区,年份,秸秆综合利用率\n", "…,秸秆综合利用率,…,…,")]
    [InlineData("指标\\地区,万州区,雅安市\n秸秆综合利用率,90,91\n", "万州区,…,…,90,")]
    [InlineData("项目,2023年,2024年\n秸秆综合利用率,88,90\n", "…,秸秆综合利用率,2023,88,")]
    public async Task A_wide_table_is_told_with_its_first_value_as_a_row(string text, string row)
    {
        var fault = await OnlyFaultAsync(text);
        Assert.Equal(("CSV-7@1", "地区,指标,期间,数值,单位"), (fault.Rule, fault.Expected));
        Assert.Contains($"“{row}”", fault.MessageZh, StringComparison.Ordinal);
        Assert.Contains($"'{row}'", fault.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wide_table_below_a_title_is_told_as_both()
    {
        var (_, faults) = await CsvFile.ReadTextAsync("报送表,,\n地区,年份,秸秆综合利用率（%）\n万州,2024,90.4\n", Cancellation);
        Assert.Equal([1L, 2L], faults.Select(fault => fault.Line));
        Assert.Contains("wide table", faults[1].MessageEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("年份", "period")]
    [InlineData("年度", "period")]
    [InlineData("统计时间", "period")]
    [InlineData("所在地区", "region")]
    [InlineData("指标名", "indicator")]
    [InlineData("数值（万吨）", "value")]
    [InlineData("数值/万吨", "value")]
    [InlineData("数量", "value")]
    [InlineData("计量单位名称", "unit")]
    [InlineData("regoin", "region")]
    [InlineData("Year", "period")]
    public async Task An_unknown_column_is_told_with_the_nearest(string name, string nearest)
    {
        var columns = new[] { "地区", "指标", "期间", "数值" }.Where(column => !NativeColumns.TryFind(column, out var known) || known.Name() != nearest);
        string[] header = [.. columns, name];
        var fault = (await CsvFile.ReadTextAsync($"{string.Join(',', header)}\n{string.Join(',', header.Select(_ => "1"))}\n", Cancellation)).Faults.Single();
        Assert.Equal(("CSV-1@1", name, nearest), (fault.Rule, fault.Field, fault.Expected));
        Assert.Contains($"({nearest})", fault.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_in_the_name_of_the_value_is_told_to_go_into_its_column() =>
        Assert.Contains("“万吨”请写在“单位”列", (await OnlyFaultAsync("地区,指标,期间,数值（万吨）\n万州区,ZW21-19,2024,1\n")).MessageZh, StringComparison.Ordinal);

    [Theory]
    [InlineData("地区;指标;期间;数值\n500101;ZW21-19;2024;1\n", ";")]
    [InlineData("地区\t指标\t期间\t数值\n500101\tZW21-19\t2024\t1\n", "TAB")]
    [InlineData("地区，指标，期间，数值\n500101，ZW21-19，2024，1\n", "，")]
    [InlineData("报送表\nregion|indicator|period|value\n", "|")]
    public async Task Another_separator_is_named(string text, string separator)
    {
        var fault = await OnlyFaultAsync(text);
        Assert.Equal(("CSV-7@1", separator, ","), (fault.Rule, fault.Observed, fault.Expected));
    }

    [Fact]
    public async Task A_table_without_a_header_is_told_so() =>
        Assert.Contains("first line is data", (await OnlyFaultAsync("万州区,秸秆综合利用率,2024,90\n万州区,秸秆综合利用率,2023,89\n")).MessageEn, StringComparison.Ordinal);

    [Theory]
    [InlineData("注：示例数据,,,,")]
    [InlineData("注：示例数据")]
    [InlineData(",,,,制表人：某某")]
    public async Task A_note_below_the_table_is_told_as_one_and_the_rows_are_read(string note)
    {
        var (rows, faults) = await CsvFile.ReadTextAsync($"地区,指标,期间,数值,备注\n万州区,ZW21-19,2024,90,\n{note}\n", Cancellation);
        Assert.Single(rows);
        Assert.Equal((3, "CSV-2@1"), (Assert.Single(faults).Line, faults[0].Rule));
        Assert.Contains("a title or a note", faults[0].MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_columns_behind_the_table_and_blank_lines_above_it_say_nothing()
    {
        var (rows, faults) = await CsvFile.ReadTextAsync("\n,,,,,\n地区,指标,期间,数值,,\n万州区,ZW21-19,2024,90,,\n,,,,,\n", Cancellation);
        Assert.Empty(faults);
        Assert.Equal(4, Assert.Single(rows).Line);
    }

    [Fact]
    public async Task The_line_by_which_Excel_knows_the_separator_says_nothing()
    {
        var (rows, faults) = await CsvFile.ReadTextAsync("sep=,\nregion,indicator,period,value\n500101,ZW21-19,2024,90\n", Cancellation);
        Assert.Empty(faults);
        Assert.Equal(3, Assert.Single(rows).Line);
    }

    [Fact]
    public async Task What_stands_in_a_column_without_a_name_is_a_fault()
    {
        var (rows, faults) = await CsvFile.ReadTextAsync("地区,指标,期间,数值,\n万州区,ZW21-19,2024,90,稿\n", Cancellation);
        Assert.Empty(rows);
        Assert.Equal((2, "稿"), (Assert.Single(faults).Line, faults[0].Observed));
        Assert.Contains((await CsvFile.ReadTextAsync("地区,,指标,期间,数值\n", Cancellation)).Faults, fault => fault.MessageEn.Contains("Column 2 has no name", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF\uFEFF")]
    [InlineData("\uFEFF\uFEFF\uFEFF")]
    public async Task Marks_of_encoding_before_the_header_are_dropped(string marks)
    {
        System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var encoding in new[] { new UTF8Encoding(false), System.Text.Encoding.GetEncoding("GB18030") })
        {
            using var file = new CsvFile(encoding.GetBytes(marks + "地区,指标,期间,数值,备注\n万州区,ZW21-19,2024,90,示例\n"));
            var (rows, faults) = await file.ReadAsync(null, Cancellation);
            Assert.Empty(faults);
            Assert.Equal("500101", Assert.Single(rows).Observation.Region);
            Assert.EndsWith(" (BOM)", (await FileScan.ReadAsync(file.Path, null, Cancellation)).EncodingName, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\u200b")]
    [InlineData("\u2066")]
    [InlineData("\u00ad")]
    [InlineData("\ufe0f")]
    public async Task What_cannot_be_seen_in_a_header_is_named(string hidden)
    {
        var fault = await OnlyFaultAsync($"{hidden}地区,指标,期间,数值\n万州区,ZW21-19,2024,90\n");
        Assert.Equal($"<U+{(int)hidden[0]:X4}>地区", fault.Observed);
        Assert.Contains(fault.Observed, fault.MessageZh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u00a0500101\u3000", "500101")]
    [InlineData("  万州区 ", "500101")]
    [InlineData("\u200b500101", "\u200b500101")] // the hub names it
    public async Task Blanks_around_a_cell_are_dropped_and_nothing_else(string written, string sent)
    {
        var (rows, _) = await CsvFile.ReadTextAsync($"地区,指标,期间,数值\n{written},ZW21-19,2024,90\n", Cancellation);
        Assert.Equal(sent, Assert.Single(rows).Observation.Region);
    }

    [Theory]
    [InlineData("two\r\nlines", "two\nlines")]
    [InlineData("two\rlines", "two\nlines")]
    [InlineData("two\nlines", "two\nlines")]
    [InlineData("a\r\n\r\nb\tc", "a\n\nb\tc")]
    public async Task Lines_within_a_cell_end_with_LF_whatever_the_file_ends_its_own_with(string written, string sent)
    {
        var (rows, faults) = await CsvFile.ReadTextAsync($"region,indicator,period,value,note\r\n500101,ZW21-19,2024,90,\"{written}\"\r\n", Cancellation);
        Assert.Empty(faults);
        Assert.Equal(sent, Assert.Single(rows).Observation.Note);
    }

    [Theory]
    [InlineData("ZW21-19", "％", "%")]
    [InlineData("ZW21-19", "万吨", "10*4.t")]
    [InlineData("CELLS", "个", "{unit}")]
    [InlineData("CELLS", "家", "{unit}")]
    [InlineData("ZW21-19", "个", "个")] // nothing is counted: the hub says so
    [InlineData("ZW21-19", "顿", "顿")]
    public async Task A_Chinese_unit_is_sent_as_its_code(string indicator, string written, string sent)
    {
        var (rows, faults) = await CsvFile.ReadTextAsync($"地区,指标,期间,数值,单位\n500101,{indicator},2024,1,{written}\n", Cancellation);
        Assert.Empty(faults);
        Assert.Equal(sent, Assert.Single(rows).Observation.Unit);
    }

    [Theory]
    [InlineData("504B0304140006", "xlsx")]
    [InlineData("D0CF11E0A1B11AE1", "xls")]
    [InlineData("FFFE3057", "UTF-16")]
    [InlineData("FEFF5730", "UTF-16")]
    [InlineData("30573A532C00076307680A00", "UTF-16")]
    [InlineData("5730533A002C63076807000A", "UTF-16")]
    [InlineData("255044462D312E37", "PDF")]
    [InlineData("3C21444F43545950452068746D6C3E", "HTML")]
    [InlineData("3C68746D6C3E", "HTML")]
    public async Task A_file_of_another_kind_is_known_by_how_it_begins(string bytes, string kind)
    {
        using var file = new CsvFile(Convert.FromHexString(bytes));
        Assert.Contains(kind, (await FileScan.ReadAsync(file.Path, null, Cancellation)).OtherKind, StringComparison.Ordinal);
    }

    private static async Task<Fault> OnlyFaultAsync(string text)
    {
        var (rows, faults) = await CsvFile.ReadTextAsync(text, Cancellation);
        Assert.Empty(rows);
        return Assert.Single(faults);
    }
}
