using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>A row equal to the current value is kept as an affirmation, not as a revision.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task Equal_values_under_a_new_name_make_no_revision()
    {
        var first = await Wanzhou.CommitAsync("r1", Row("2023", "90"), Row("2024", "91"));
        var second = await Wanzhou.CommitAsync("r2", Row("2023", "90"), Row("2024", "92"));

        Assert.Equal(new RowCounts { Submitted = 2, Unchanged = 1, Revised = 1 }, second.Counts);
        var rows = await Store.ReadAllAsync(new ObservationFilter(), second.Position, 10);
        Assert.Equal([("r1", first.Position), ("r2", second.Position)], rows.Select(row => (row.Report, row.Position)));
    }

    [Fact]
    public async Task A_value_with_other_trailing_zeros_is_another_content()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "90"));
        var second = await Wanzhou.CommitAsync("r2", Row("2024", "90.0"));

        Assert.Equal(new RowCounts { Submitted = 1, Revised = 1 }, second.Counts);
        Assert.Equal(["2024 90.0"], await ShownAsync());
    }

    /// <summary>The point alone: 90 and 9.0 are stored with the same digits.</summary>
    public static TheoryData<string> Parts =>
    [
        "minor version", "value", "value's point", "numerator", "numerator's point", "denominator", "denominator's point",
        "unit", "status", "confidentiality", "note", "collection_method", "evidence", "numerator unit", "denominator unit",
    ];

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_change_of_any_part_of_the_content_is_a_revision(string part)
    {
        var full = Row("2024", "90") with
        {
            Numerator = Number("9"),
            Denominator = Number("10"),
            Note = "说明",
            CollectionMethod = "M1",
            Evidence = "E1",
            NumeratorUnit = "t",
            DenominatorUnit = "t",
        };
        var changed = part switch
        {
            "minor version" => full with { Version = "1.1" },
            "value" => full with { Value = Number("91") },
            "value's point" => full with { Value = Number("9.0") },
            "numerator" => full with { Numerator = Number("9.0") },
            "numerator's point" => full with { Numerator = Number("0.9") },
            "denominator" => full with { Denominator = Number("-10") },
            "denominator's point" => full with { Denominator = Number("1.0") },
            "unit" => full with { Unit = "kg" },
            "status" => full with { Status = StatusSet.Of("P") },
            "confidentiality" => full with { Confidentiality = Confidentiality.Confidential },
            "note" => full with { Note = "说明。" },
            "collection_method" => full with { CollectionMethod = null },
            "numerator unit" => full with { NumeratorUnit = "kg" },
            "denominator unit" => full with { DenominatorUnit = null },
            _ => full with { Evidence = "" },
        };
        await Wanzhou.CommitAsync("r1", full);

        Assert.Equal(1, (await Wanzhou.CommitAsync("r2", changed)).Counts.Revised);
        Assert.Equal(1, (await Wanzhou.CommitAsync("r3", changed)).Counts.Unchanged);
        Assert.Equal(1, (await Wanzhou.CommitAsync("r4", full)).Counts.Revised);
    }

    [Fact]
    public async Task A_missing_value_is_equal_to_a_missing_value_and_not_to_zero()
    {
        var missing = Row("2024", null) with { Status = StatusSet.Of("O") };
        await Wanzhou.CommitAsync("r1", missing);

        Assert.Equal(1, (await Wanzhou.CommitAsync("r2", missing)).Counts.Unchanged);
        Assert.Equal(1, (await Wanzhou.CommitAsync("r3", missing with { Value = Number("0") })).Counts.Revised);
    }

    [Fact]
    public async Task The_equal_value_of_another_organisation_is_its_own_value()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "90"));

        Assert.Equal(new RowCounts { Submitted = 1, Created = 1 }, (await Yaan.CommitAsync("r1", Row("2024", "90"))).Counts);
        Assert.Equal(["2024 90", "2024 90"], await ShownAsync());
    }

    [Fact]
    public async Task A_value_that_only_an_older_revision_had_is_a_revision()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "90"));
        await Wanzhou.CommitAsync("r2", Row("2024", "91"));

        Assert.Equal(1, (await Wanzhou.CommitAsync("r3", Row("2024", "90"))).Counts.Revised);
    }
}
