using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>What is confidential at a position.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task The_confidential_values_of_an_instant_are_those_that_stand_then()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"), Secret(Row("2024-Q1", "2")), Secret(Row("2023", "3")), Secret(Row("2024", "4", indicator: "ZW21-19")));
        await Wanzhou.CommitAsync("r2", Row("2024-Q1", "2"), Secret(Row("2024", "1")));
        await Wanzhou.WithdrawAsync("r2");

        Assert.Equal(["2024-Q1 2"], await ConfidentialAsync(2024, 2024, position: 1));
        Assert.Equal(["2023 3", "2024-Q1 2"], await ConfidentialAsync(2023, 2024, position: 1));
        Assert.Equal(["2024 1"], await ConfidentialAsync(2024, 2024, position: 2));
        Assert.Empty(await ConfidentialAsync(2024, 2024, position: 3));
        Assert.Empty(await ConfidentialAsync(2022, 2022, position: 1));
    }

    [Fact]
    public async Task A_week_is_confidential_in_the_year_in_which_it_ends()
    {
        // From 30 December 2024 to 5 January 2025.
        await Wanzhou.CommitAsync("r1", Secret(Row("2025-W01", "1")));

        Assert.Equal(["2025-W01 1"], await ConfidentialAsync(2025, 2025, position: 1));
        Assert.Empty(await ConfidentialAsync(2024, 2024, position: 1));
    }

    private static Observation Secret(Observation row) => row with { Confidentiality = Confidentiality.Confidential };

    private async Task<IEnumerable<string>> ConfidentialAsync(int firstYear, int lastYear, long position)
    {
        var found = await Store.ReadConfidentialAsync(["HUB-HW-GEN", "HUB-HW-STOCK"], firstYear, lastYear, position, Cancelled);
        Assert.Empty(found.TooMany);
        return found.Rows.Select(row => $"{row.Observation.Period} {row.Observation.Value}").Order(StringComparer.Ordinal);
    }
}
