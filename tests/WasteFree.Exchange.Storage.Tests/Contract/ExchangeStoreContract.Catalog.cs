using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Catalogue loads, and uploads that one overtakes.</summary>
public abstract partial class ExchangeStoreContract
{
    private static readonly CatalogRow _region = new("regions", "500101", """{"name":"万州区 𠮷"}""");

    [Fact]
    public async Task A_load_adds_to_the_catalogue_and_replaces_rows_of_the_same_key()
    {
        var first = await Store.AppendCatalogAsync([_region, new CatalogRow("indicators", "500101", "1")], 0, Callers.Admin, Cancelled);
        var second = await Store.AppendCatalogAsync([new CatalogRow("indicators", "500101", "2"), new CatalogRow("tasks", "1", "t")], 1, Callers.Admin, Cancelled);

        Assert.Equal((1, 2), (first, second));
        Assert.Equal(
            [new CatalogRow("indicators", "500101", "2"), _region, new CatalogRow("tasks", "1", "t")],
            await Store.ReadCatalogAsync(2, Cancelled));
    }

    [Fact]
    public async Task The_catalogue_of_a_position_is_that_of_the_last_load_before_it()
    {
        var first = await LoadCatalogAsync("1");
        var report = await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        var second = await LoadCatalogAsync("2");
        await RestartAsync();

        Assert.Empty(await Store.ReadCatalogAsync(0, Cancelled));
        Assert.Equal("1", Assert.Single(await Store.ReadCatalogAsync(first, Cancelled)).Content);
        Assert.Equal("1", Assert.Single(await Store.ReadCatalogAsync(report.Position, Cancelled)).Content);
        Assert.Equal("2", Assert.Single(await Store.ReadCatalogAsync(second, Cancelled)).Content);
        Assert.Equal("2", Assert.Single(await Store.ReadCatalogAsync(second + 100, Cancelled)).Content);
    }

    [Fact]
    public async Task A_load_on_a_catalogue_that_has_moved_changes_nothing()
    {
        await LoadCatalogAsync("1");
        var before = await StoredRows.ReadAsync(Database, Cancelled);

        Assert.Null(await Store.AppendCatalogAsync([_region], 0, Callers.Admin, Cancelled));

        await AssertUnchangedAsync(before);
        Assert.Equal("1", Assert.Single(await Store.ReadCatalogAsync(1, Cancelled)).Content);
    }

    [Fact]
    public async Task Of_two_loads_on_the_same_version_one_is_taken()
    {
        await using var other = await OpenAnotherAsync();

        var versions = await Task.WhenAll(
            Store.AppendCatalogAsync([_region], 0, Callers.Admin, Cancelled), other.AppendCatalogAsync([_region], 0, Callers.Admin, Cancelled));

        Assert.Equal([null, 1L], versions.Order());
    }

    [Fact]
    public async Task A_commit_that_a_load_overtook_tells_what_its_rows_use_and_is_taken_once_they_were_checked()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2023", "1"), Row("2023", "2", category: "HW08"), Row("2024", "3", "HUB-HW-DISP") with { Version = "2.11" });
        var version = await LoadCatalogAsync();

        var moved = Assert.IsType<CommitOutcome.CatalogMoved>(await upload.CommitAsync());

        Assert.Equal(version, moved.Version);
        Assert.Equal(
            [new("HUB-HW-DISP", "2.11", PeriodOf("2024")), new("HUB-HW-GEN", "1.0", PeriodOf("2023"))],
            moved.Used.OrderBy(used => used.Indicator, StringComparer.Ordinal));
        Assert.Equal(["HUB-HW-DISP", "HUB-HW-GEN"], moved.Places.Select(place => place.Indicator).Order(StringComparer.Ordinal));
        Assert.Equal("500101", moved.Places.Select(place => place.Region).Distinct().Single());
        Assert.Empty(await ShownAsync());
        Assert.IsType<CommitOutcome.Committed>(await upload.CommitAsync(catalogVersion: moved.Version));
        Assert.Equal(3, (await ShownAsync()).Count);
    }

    [Fact]
    public async Task A_stored_receipt_is_given_whatever_the_catalogue_is_by_now()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2023", "1"));
        await upload.CommitAsync();
        await LoadCatalogAsync();

        Assert.IsType<CommitOutcome.Committed>(await upload.CommitAsync());
    }
}
