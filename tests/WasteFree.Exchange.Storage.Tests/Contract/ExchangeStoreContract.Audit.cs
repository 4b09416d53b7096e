using Dapper;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>The audit log: each change has its entry, or is not made; what is logged is listed and never altered.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task Each_change_has_an_entry_that_says_who_made_it()
    {
        await LoadCatalogAsync();
        await Wanzhou.CommitAsync("r1", Row("2023", "1"), Row("2024", "2"));
        await Wanzhou.SubmitAsync("bad", RowPolicy.RejectReport, Row("2024", "1"), null);
        await Wanzhou.WithdrawAsync("r1");
        await Wanzhou.OpenAsync("given-up");
        await Store.AbortAsync(Wanzhou.Name("given-up"), Callers.Of("wanzhou", "ReportService/AbortReport"), Cancelled);
        await Yaan.OpenAsync("forgotten");
        await Store.ExpireAsync(Clock.GetUtcNow() + TimeSpan.FromSeconds(1), Cancelled);

        Assert.Equal(
            [
                "|admin,reader|AdminService/LoadCatalog|catalog|OK||1",
                "wanzhou|reader,reporter|ReportService/UploadReport|organizations/wanzhou/reports/r1|OK||2",
                "wanzhou|reader,reporter|ReportService/UploadReport|organizations/wanzhou/reports/bad|REJECTED||2",
                "wanzhou|reader,reporter|ReportService/WithdrawReport|organizations/wanzhou/reports/r1|OK||2",
                "wanzhou|reader,reporter|ReportService/AbortReport|organizations/wanzhou/reports/given-up|OK||",
                "||hub/ExpireUploads|1 uploads|OK||",
            ],
            (await Store.ReadAuditAsync(0, 100, Cancelled)).Select(record => record.Entry)
                .Select(entry => $"{entry.Organization}|{entry.Roles}|{entry.Action}|{entry.Resource}|{entry.Status}|{entry.Reason}|{entry.Rows}"));
    }

    [Fact]
    public async Task What_changes_nothing_has_no_entry()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Wanzhou.WithdrawAsync("r1");
        var before = (await Store.ReadAuditHeadAsync(Cancelled))!.Position;

        var again = await Wanzhou.OpenAsync("r1");
        Assert.IsType<CommitOutcome.Committed>(await again.CommitAsync(1, TestUpload.DigestOf(Row("2024", "1"))));
        await Wanzhou.WithdrawAsync("r1");
        var check = await Wanzhou.OpenAsync("check", validateOnly: true);
        await check.AppendAsync(Row("2024", "2"));
        Assert.IsType<CommitOutcome.Committed>(await check.CommitAsync());
        Assert.Null(await Store.AppendCatalogAsync([new CatalogRow("indicators", "X\t1.0", "{}")], 77, Callers.Admin, Cancelled));
        Assert.Equal(0, await Store.ExpireAsync(Clock.GetUtcNow() - TimeSpan.FromDays(1), Cancelled));

        Assert.Equal(before, (await Store.ReadAuditHeadAsync(Cancelled))!.Position);
    }

    [Fact]
    public async Task A_change_whose_entry_cannot_be_written_is_not_made()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        var open = await Wanzhou.OpenAsync("r2");
        await open.AppendAsync(Row("2024", "2"));
        await using (var outside = await Database.ConnectAsync(Cancelled))
        {
            var head = await outside.QuerySingleAsync<AuditHeadRow>("SELECT position AS Position, recorded_at AS RecordedAt, hash AS Hash FROM audit_head");
            await outside.ExecuteAsync("DELETE FROM audit_head");

            await Assert.ThrowsAsync<StoreUnavailableException>(() => open.CommitAsync());
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Wanzhou.WithdrawAsync("r1"));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => LoadCatalogAsync());
            await Assert.ThrowsAsync<StoreUnavailableException>(
                () => Store.AbortAsync(Wanzhou.Name("r2"), Callers.Of("wanzhou", "ReportService/AbortReport"), Cancelled));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.AppendAuditAsync([Note("refused")], Cancelled));

            await outside.ExecuteAsync(
                "INSERT INTO audit_head (id, position, recorded_at, hash) VALUES (1, @Position, @RecordedAt, @Hash)", new { head.Position, head.RecordedAt, head.Hash });
        }

        Assert.Equal(1, (await Store.ReadHeadAsync(Cancelled)).Position);
        Assert.Equal(["2024 1"], await ShownAsync());
        Assert.Equal((ReportState.Committed, ReportState.Open), ((await Wanzhou.FindAsync("r1")).State, (await Wanzhou.FindAsync("r2")).State));
        Assert.IsType<CommitOutcome.Committed>(await open.CommitAsync());
    }

    [Fact]
    public async Task Entries_come_back_as_they_were_whatever_their_texts()
    {
        AuditEntry[] entries =
        [
            Note("=1+1 '; DROP TABLE audit;-- ") with { Rows = 0, Calls = 1_000_000_000_000 },
            Note(new string('渝', AuditEntry.MaxResource)) with { Rows = long.MaxValue },
            Note("") with { Credential = "", Organization = "" },
        ];

        await Store.AppendAuditAsync(entries[..2], Cancelled);
        await Store.AppendAuditAsync(entries[2..], Cancelled);
        await RestartAsync();

        var records = await Store.ReadAuditAsync(0, 10, Cancelled);
        Assert.Equal(entries, records.Select(record => record.Entry));
        Assert.Equal([2L, 3L], (await Store.ReadAuditAsync(1, 10, Cancelled)).Select(record => record.Position));
        Assert.Equal((3, 3), (records[^1].Position, (await Store.ReadAuditHeadAsync(Cancelled))!.LastEntry));
    }

    [Fact]
    public async Task Entries_are_listed_newest_first_by_each_filter_and_page_by_page()
    {
        for (var i = 0; i < 20; i++)
        {
            await Store.AppendAuditAsync([Note($"r{i % 4}", i % 2 == 0 ? "wanzhou" : "yaan", i % 5 == 0 ? "A/B" : "C/D")], Cancelled);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }
        var start = Clock.Start;

        Assert.Equal(Enumerable.Range(1, 20).Reverse().Select(i => (long)i), await PagesAsync(new AuditFilter(), 7));
        Assert.Equal([19, 17, 15, 13, 11, 9, 7, 5, 3, 1], await PagesAsync(new AuditFilter { Organization = "wanzhou" }, 3));
        Assert.Equal([20, 16, 12, 8, 4], await PagesAsync(new AuditFilter { Resource = "r3" }, 2));
        Assert.Equal([16, 11, 6, 1], await PagesAsync(new AuditFilter { Action = "A/B" }, 10));
        Assert.Equal([5, 4], await PagesAsync(new AuditFilter { From = start.AddMinutes(3), To = start.AddMinutes(5) }, 1));
        Assert.Equal([11, 1], await PagesAsync(new AuditFilter { Organization = "wanzhou", Action = "A/B", To = start.AddMinutes(11) }, 1));
        Assert.Empty(await PagesAsync(new AuditFilter { Organization = "Wanzhou" }, 10));
        Assert.Equal([20, 19], await PagesAsync(new AuditFilter { After = 18 }, 10));
    }

    [Fact]
    public async Task Entries_that_concern_an_organisation_are_those_of_its_callers_and_those_that_name_it()
    {
        var reading = Callers.Of("chengdu", "MetricService/QueryObservations");
        await Store.AppendAuditAsync(
            [
                .. AuditEntry.OfReading(reading, "", rows: 2, ["yaan-eeb", "wanzhou"], isFirst: true), Note("organizations/yaan/reports/r1", "chengdu"), Note("", "yaan"),
                .. AuditEntry.OfReading(reading, "", rows: null, [.. Enumerable.Range(0, 120).Select(i => $"org-{i:000}")], isFirst: true),
            ],
            Cancelled);

        Assert.Equal([1], await PagesAsync(new AuditFilter { Concerning = "wanzhou" }, 10));
        Assert.Equal([3, 2], await PagesAsync(new AuditFilter { Concerning = "yaan" }, 1));
        Assert.Equal([1], await PagesAsync(new AuditFilter { Concerning = "yaan-eeb" }, 10));
        Assert.Equal([6, 5, 4, 2, 1], await PagesAsync(new AuditFilter { Concerning = "chengdu" }, 2));
        Assert.Equal([6], await PagesAsync(new AuditFilter { Concerning = "org-119" }, 2));
        Assert.Equal([1L, 0, 0], (await Store.ReadAuditAsync(3, 10, Cancelled)).Select(record => record.Entry.Calls));
    }

    private static AuditEntry Note(string resource, string organization = "wanzhou", string action = "MetricService/CompareMetrics") =>
        AuditEntry.Of(Callers.Of(organization, action), resource);

    private async Task<List<long>> PagesAsync(AuditFilter filter, int size)
    {
        var found = new List<long>();
        var before = long.MaxValue;
        while (await Store.ListAuditAsync(filter, before, size, Cancelled) is { Count: > 0 } page)
        {
            found.AddRange(page.Select(record => record.Position));
            before = page[^1].Position;
        }
        return found;
    }
}
