using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Tests.Shared.Fuzzing;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

/// <summary>Whatever somebody writes as a number, a period, a unit or a table: it is taken as written or refused, never a fault.</summary>
public sealed partial class FuzzTests
{
    [Fact]
    public Task A_decimal_is_what_its_grammar_says_and_comes_back_as_written() => FuzzAsync("decimal", text =>
    {
        var taken = ExactDecimal.TryParse(text, out var value);
        Assert.Equal(Decimals().IsMatch(text) && text.Count(char.IsAsciiDigit) <= ExactDecimal.MaxDigits && !MinusZero().IsMatch(text), taken);
        if (!taken) return;
        Assert.Equal(text, value.ToString());
        Assert.Equal(decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture), value.Mantissa / Power(value.Scale));
    });

    [Fact]
    public Task A_period_that_is_taken_has_its_first_day_before_its_end_and_comes_back_by_its_number() => FuzzAsync("period", text =>
    {
        if (!Period.TryParse(text, out var period)) return;
        Assert.True(period.Start <= period.End, text);
        Assert.Equal(period, Period.FromNumber(period.Number));
        Assert.True(Period.TryParse(period.ToString(), out var again) && again == period, text);
    });

    [Fact]
    public Task A_unit_that_is_taken_is_commensurable_with_itself() => FuzzAsync("unit", text =>
    {
        if (!Unit.TryParse(text, out var unit)) return;
        Assert.Equal(text, unit.Code);
        Assert.True(unit.IsCommensurable(unit));
    });

    [Fact]
    public async Task A_catalogue_table_is_loaded_or_has_faults_that_name_a_line()
    {
        var tried = 0;
        foreach (var kind in Enum.GetValues<CatalogTableKind>())
        {
            tried += await new Fuzzer("catalog-csv").RunAsync(bytes =>
            {
                var load = CatalogLoader.Load([new CatalogTable(kind, "fuzz.csv", bytes)], [], allowIllustrative: true);
                Assert.All(load.Faults, fault => Assert.True(fault.MessageZh.Length > 0 && fault.MessageEn.Length > 0 && fault.Line >= 0));
                if (load.Faults.Count > 0) Assert.Empty(load.Changed);
            });
            if (kind > 0 && Environment.GetEnvironmentVariable("WASTEFREE_FUZZ_SECONDS") is null) break; // a few kinds are enough for the short run
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} inputs of catalog-csv");
    }

    private static async Task FuzzAsync(string corpus, Action<string> check)
    {
        var tried = await new Fuzzer(corpus).RunAsync(bytes => check(Encoding.UTF8.GetString(bytes)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} inputs of {corpus}");
    }

    private static decimal Power(int scale) => Enumerable.Repeat(10m, scale).Aggregate(1m, (product, ten) => product * ten);

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]{1,12})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimals();

    [GeneratedRegex(@"\A-0(\.0+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex MinusZero();
}
