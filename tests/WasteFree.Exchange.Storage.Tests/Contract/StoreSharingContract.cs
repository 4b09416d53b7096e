using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Several hubs on one database.</summary>
public abstract class StoreSharingContract : StoreContract
{
    [Fact]
    public async Task Hubs_that_start_together_on_a_new_database_all_come_up()
    {
        await using var database = await CreateDatabaseAsync();
        var stores = Enumerable.Range(0, 4).Select(_ => database.Open(Clock)).ToList();

        await Task.WhenAll(stores.Select(store => Task.Run(() => store.MigrateAsync(Cancelled), Cancelled)));

        foreach (var store in stores)
        {
            Assert.Equal(0, (await store.ReadHeadAsync(Cancelled)).Position);
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Two_hubs_commit_side_by_side_without_a_gap_and_both_get_on()
    {
        const int Reports = 25;
        await using var other = await OpenAnotherAsync();

        async Task<List<long>> SendAsync(Sender sender)
        {
            var positions = new List<long>();
            for (var i = 0; i < Reports; i++)
                positions.Add((await sender.CommitAsync($"r{i}", Row("2024", $"{i}"), Row("2024", $"{i}", category: $"C{i}"))).Position);
            return positions;
        }
        var positions = await Task.WhenAll(
            Task.Run(() => SendAsync(Wanzhou), Cancelled), Task.Run(() => SendAsync(new Sender(other, "yaan")), Cancelled));

        Assert.Equal(Enumerable.Range(1, 2 * Reports).Select(position => (long)position), positions.SelectMany(all => all).Order());
        Assert.All(positions, own => Assert.Equal(own.Order(), own));
        // Had one of them waited for the other to be done, all its positions would come after the other's.
        Assert.True(positions[0][0] < positions[1][^1] && positions[1][0] < positions[0][^1], "One hub waited for the other.");
    }

    [Fact]
    public async Task A_hub_sees_at_once_what_another_one_has_committed()
    {
        await using var other = await OpenAnotherAsync();
        var yaan = new Sender(other, "yaan");
        for (var i = 1; i <= 10; i++)
        {
            await Wanzhou.CommitAsync($"r{i}", Row("2024", $"{i}"));
            Assert.Equal($"{i}", (await other.ReadAllAsync(new() { Organizations = ["wanzhou"] }, 2 * i - 1, 10)).Single().Observation.Value.ToString());
            await yaan.CommitAsync($"r{i}", Row("2024", $"{i}"));
            Assert.Equal(2 * i, (await Store.ReadHeadAsync(Cancelled)).Position);
        }
    }

    [Fact]
    public async Task An_upload_goes_on_at_another_hub_and_the_first_one_is_fenced()
    {
        await using var other = await OpenAnotherAsync();
        var here = await Wanzhou.OpenAsync("r1");
        await here.AppendAsync(Row("2023", "1", category: "甲"));
        var there = await new Sender(other, "wanzhou").OpenAsync("r1");

        Assert.Equal(AppendResult.Fenced, await here.AppendAsync(Row("2024", "2", category: "乙")));
        Assert.Equal(AppendResult.Appended, await there.AppendAsync(Row("2024", "3", category: "乙")));
        Assert.IsType<CommitOutcome.Committed>(await there.CommitAsync());

        Assert.Equal(["2023 1", "2024 3"], await ShownAsync());
    }

    [Fact]
    public async Task Two_writers_of_one_upload_at_two_hubs_store_each_row_once()
    {
        await using var other = await OpenAnotherAsync();

        async Task<bool> SendAllAsync(Sender sender)
        {
            var upload = await sender.OpenAsync("r1");
            while (upload.Offset < 30)
                if (await upload.AppendAsync(Row("2024", "1", category: $"C{upload.Offset}")) == AppendResult.Fenced) return false;
            return await upload.CommitAsync() is CommitOutcome.Committed;
        }
        async Task UntilCommittedAsync(Sender sender)
        {
            while (!await SendAllAsync(sender))
                if ((await sender.FindAsync("r1")).State == ReportState.Committed) return;
        }
        await Task.WhenAll(
            Task.Run(() => UntilCommittedAsync(Wanzhou), Cancelled), Task.Run(() => UntilCommittedAsync(new Sender(other, "wanzhou")), Cancelled));

        Assert.Equal(30, (await ShownAsync()).Count);
        Assert.Equal(1, (await Store.ReadHeadAsync(Cancelled)).Position);
    }

    [Fact]
    public async Task Commits_and_catalogue_loads_of_two_hubs_never_miss_each_other()
    {
        await using var other = await OpenAnotherAsync();
        var loads = 0;
        var loading = Task.Run(
            async () =>
            {
                for (var i = 0; i < 15; i++)
                {
                    var version = (await other.ReadHeadAsync(Cancelled)).CatalogVersion;
                    if (await other.AppendCatalogAsync([new CatalogRow("indicators", "X\t1.0", $"{{\"n\":\"{i}\"}}")], version, Callers.Admin, Cancelled) is not null) loads++;
                }
            },
            Cancelled);

        var commits = 0;
        while (!loading.IsCompleted || commits == 0)
        {
            var upload = await Wanzhou.OpenAsync($"r{commits}", restart: true);
            await upload.AppendAsync(Row("2024", $"{commits}"));
            // The catalogue may have moved since the report was opened; it is then opened again with the new one.
            if (await upload.CommitAsync() is CommitOutcome.Committed) commits++;
        }
        await loading;

        // That each entry names the catalogue of its own position is looked at after every test.
        Assert.Equal(15, loads);
        Assert.Equal(loads + commits, (await Store.ReadHeadAsync(Cancelled)).Position);
    }

    [Fact]
    public async Task Two_hubs_that_sweep_together_leave_nothing_behind()
    {
        await using var other = await OpenAnotherAsync();
        var many = Enumerable.Range(0, 9_000).Select(i => Row("2024", "1", category: $"C{i}")).ToList();
        for (var i = 0; i < 3; i++)
        {
            var upload = await Wanzhou.OpenAsync($"r{i}", RowPolicy.Quarantine);
            await upload.AppendAsync([.. many, null]);
            await Task.WhenAll(
                Store.AbortAsync(Wanzhou.Name($"r{i}"), Callers.Of("wanzhou", "ReportService/AbortReport"), Cancelled),
                new Sender(other, "yaan").CommitAsync($"r{i}", Row("2024", $"{i}")));
        }
        await SweptAsync();

        var stored = await StoredRows.ReadAsync(Database, Cancelled);
        Assert.Equal(3, stored.Revisions.Count);
        Assert.Empty(stored.Findings);
    }

    [Fact]
    public async Task Audit_entries_of_two_hubs_are_one_chain()
    {
        await using var other = await OpenAnotherAsync();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(
            () => i % 10 == 0
                ? Wanzhou.CommitAsync($"r{i}", Row("2024", $"{i}"))
                : (i % 2 == 0 ? Store : other).AppendAuditAsync([AuditEntry.Of(Callers.Of("yaan", "MetricService/CompareMetrics"), $"{i}")], Cancelled),
            Cancelled)));

        // That it is dense and holds together is looked at after every test.
        Assert.Equal(60, (await Store.ReadAuditHeadAsync(Cancelled))!.Position);
    }

    [Fact]
    public async Task A_reader_never_sees_part_of_a_report()
    {
        await using var other = await OpenAnotherAsync();
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 15; i++)
                    await Wanzhou.CommitAsync($"r{i}", [.. Enumerable.Range(0, 50).Select(c => Row("2024", $"{i}", category: $"C{c}"))]);
            },
            Cancelled);
        while (!writing.IsCompleted)
        {
            var head = await other.ReadHeadAsync(Cancelled);
            var rows = await other.ReadAllAsync(new ObservationFilter(), head.Position, 20);
            Assert.Equal(head.Position == 0 ? 0 : 50, rows.Count);
            Assert.All(rows, row => Assert.Equal(head.Position, row.Position));
        }
        await writing;
    }
}
