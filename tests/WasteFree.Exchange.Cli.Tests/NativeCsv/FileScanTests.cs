using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Cli.NativeCsv;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.NativeCsv;

public sealed class FileScanTests
{
    private const string Text = "地区,指标,期间,数值,备注\n万州区,秸秆综合利用率,2024,90.40,示例㐂𠀀\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static FileScanTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Utf8_is_found_with_and_without_a_byte_order_mark(bool mark)
    {
        using var file = new CsvFile([.. new UTF8Encoding(mark).GetPreamble(), .. Encoding.UTF8.GetBytes(Text)]);
        var (rows, faults) = await file.ReadAsync(null, Cancellation);
        Assert.Empty(faults);
        Assert.Equal(("500101", "示例㐂𠀀"), (rows[0].Observation.Region, rows[0].Observation.Note));
    }

    [Fact]
    public async Task GB18030_is_found_and_read_four_byte_characters_included()
    {
        using var file = new CsvFile(Encoding.GetEncoding("GB18030").GetBytes(Text));
        var (rows, faults) = await file.ReadAsync(null, Cancellation);
        Assert.Empty(faults);
        Assert.Equal(("500101", "ZW21-19", "示例㐂𠀀"), (rows[0].Observation.Region, rows[0].Observation.Indicator, rows[0].Observation.Note));
    }

    [Fact]
    public async Task GB18030_is_found_even_when_the_first_Chinese_comes_after_many_blocks()
    {
        var ascii = "region,indicator,period,value,note\n" + string.Concat(Enumerable.Repeat("500101,ZW21-19,2024,1,x\n", 40_000));
        using var file = new CsvFile(Encoding.GetEncoding("GB18030").GetBytes(ascii + "500101,ZW21-19,2023,1,示例\n"));
        var scan = await FileScan.ReadAsync(file.Path, null, Cancellation);
        Assert.Equal("GB18030", scan.Encoding!.WebName, ignoreCase: true);
        Assert.Equal(40_002, scan.FirstLineNotUtf8);
    }

    [Fact]
    public async Task A_character_across_two_blocks_is_no_fault()
    {
        // Blocks are powers of two; three-byte characters never fit them exactly.
        using var file = new CsvFile("region,indicator,period,value,note\n" + new string('废', 400_000));
        var scan = await FileScan.ReadAsync(file.Path, null, Cancellation);
        Assert.Equal("utf-8", scan.Encoding!.WebName);
        Assert.Equal(0, scan.FirstLineNotUtf8);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("utf-8")]
    [InlineData("gb18030")]
    public async Task Bytes_of_no_known_encoding_are_refused(string? asked)
    {
        using var file = new CsvFile([.. Encoding.UTF8.GetBytes("region\n"), 0xFF, 0xFF, 0xFF, (byte)'\n']);
        var scan = await FileScan.ReadAsync(file.Path, asked, Cancellation);
        Assert.Null(scan.Encoding);
        Assert.Equal(2, scan.FirstLineNotUtf8);
    }

    [Fact]
    public async Task Asked_for_utf8_a_GB18030_file_is_refused()
    {
        using var file = new CsvFile(Encoding.GetEncoding("GB18030").GetBytes(Text));
        Assert.Null((await FileScan.ReadAsync(file.Path, "utf-8", Cancellation)).Encoding);
    }

    [Fact]
    public async Task The_hash_is_that_of_the_bytes()
    {
        using var file = new CsvFile(Text);
        var scan = await FileScan.ReadAsync(file.Path, null, Cancellation);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(Text)), scan.Hash);
    }
}
