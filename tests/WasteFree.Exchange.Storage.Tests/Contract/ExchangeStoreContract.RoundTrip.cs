using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>What went in comes out.</summary>
public abstract partial class ExchangeStoreContract
{
    public static TheoryData<string> Numbers =>
    [
        "0", "0.0", "0.000000000000", "1", "-1", "90", "90.0", "0.000000000001", "-0.000000000001", "999999999999999999",
        "-999999999999999999", "999999.999999999999", "-999999.999999999999", "551953.685112", "526710.770",
    ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_decimal_comes_back_digit_for_digit(string number)
    {
        var row = Row("2024", number) with { Numerator = Number(number), Denominator = Number(number) };
        await Wanzhou.CommitAsync("r1", row);

        var stored = Assert.Single(await Store.ReadAllAsync(new ObservationFilter(), 1, 10)).Observation;

        Assert.Equal(row, stored);
        Assert.Equal((number, number, number), (stored.Value.ToString(), stored.Numerator.ToString(), stored.Denominator.ToString()));
    }

    public static TheoryData<string> Texts => ["", " ", "危险废物产生量", "𠮷野家 🗑️ é\u0301", "a\tb\nc\\d'e\"f%_", "\ufeff\uffff\U0010FFFF", new string('废', 2_000)];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_comes_back_as_it_was(string text)
    {
        var row = Row("2024", "1") with { Note = text, CollectionMethod = text, Evidence = text };
        await Wanzhou.CommitAsync("r1", row, row with { Category = "𠮷", Unit = "{吨}" });

        Assert.Equal(
            [row, row with { Category = "𠮷", Unit = "{吨}" }],
            (await Store.ReadAllAsync(new ObservationFilter(), 1, 10)).Select(read => read.Observation));
    }

    [Fact]
    public async Task Every_part_of_a_row_may_be_there_or_not_by_itself()
    {
        var row = Row("2024", null) with { Status = StatusSet.Of("O") };
        Observation[] rows =
        [
            row,
            row with { Category = "C1", Value = Number("1.5") },
            row with { Category = "C2", Numerator = Number("2") },
            row with { Category = "C3", Denominator = Number("-3.25") },
            row with { Category = "C4", Note = "n" },
            row with { Category = "C5", CollectionMethod = "m" },
            row with { Category = "C6", Evidence = "e" },
            row with { Category = "C7", NumeratorUnit = "10*4.t" },
            row with { Category = "C8", DenominatorUnit = "{person}" },
            row with { Category = "C9", NumeratorUnit = "kg", DenominatorUnit = "t", Unit = "{吨}" },
        ];
        await Wanzhou.CommitAsync("r1", rows);

        Assert.Equal(rows, (await Store.ReadAllAsync(new ObservationFilter(), 1, 10)).Select(read => read.Observation));
    }

    [Fact]
    public async Task Every_flag_scope_confidentiality_and_version_comes_back()
    {
        var row = Row("2024", "1");
        List<Observation> rows =
        [
            .. StatusSet.Precedence.Select((flag, i) => row with { Category = $"F{i}", Status = StatusSet.Of($"{flag}") }),
            row with { Category = "all", Status = StatusSet.Of(StatusSet.Precedence) },
            .. Enum.GetValues<Scope>().Select(scope => row with { Scope = scope }),
            .. Enum.GetValues<Confidentiality>().Select(value => row with { Category = $"C{value}", Confidentiality = value }),
            .. ((string[])["0.0", "1.0", "1.10", "10.1", "999999.999999"]).Select(version => row with { Category = $"V{version}", Version = version }),
        ];
        await Wanzhou.CommitAsync("r1", rows);

        Assert.Equal(rows, (await Store.ReadAllAsync(new ObservationFilter(), 1, 1_000)).Select(read => read.Observation));
    }

    public static TheoryData<string> OutermostPeriods => ["1900", "1900-01-01", "2999", "2999-12-31", "2999-W52", "2024-02-29", "2024-W01", "2026-W53", "2024-S2"];

    [Theory]
    [MemberData(nameof(OutermostPeriods))]
    public async Task A_period_comes_back(string period)
    {
        await Wanzhou.CommitAsync("r1", Row(period, "1"));

        Assert.Equal([$"{period} 1"], await ShownAsync());
        Assert.Equal(PeriodOf(period), await Store.FindLatestPeriodAsync(new ObservationFilter(), Visibility.Everything, 1, Cancelled));
    }
}
