using WasteFree.Exchange.Cli.NativeCsv;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.NativeCsv;

public sealed class RowLinesTests
{
    [Fact]
    public void Every_row_finds_its_line()
    {
        long[] written = [2, 3, 4, 9, 10, 12, 20, 21, 22];
        var lines = new RowLines();
        foreach (var line in written) lines.Add(line);
        Assert.Equal(written, Enumerable.Range(0, written.Length).Select(row => lines.LineOf(row)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_row_that_the_file_does_not_have_has_no_line(long row)
    {
        var lines = new RowLines();
        lines.Add(2);
        lines.Add(3);
        Assert.Equal(0, lines.LineOf(row));
    }
}
