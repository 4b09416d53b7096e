using Dapper;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Storage.Tests.Model;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests.SqlServer;

/// <summary>Who reads the views sees what the store tells, in codes and exact numbers.</summary>
public sealed class SqlServerViewTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_view_of_observations_has_the_current_ones_and_no_others()
    {
        await using var database = await SqlServerDatabase.CreateAsync();
        await using var store = database.Open(TimeProvider.System);
        await store.MigrateAsync(Cancelled);
        var reports = new RandomReports(new Random(9));
        for (var i = 0; i < 15; i++)
        {
            var sender = new Sender(store, reports.Organization());
            var outcome = await sender.SubmitAsync($"r{i}", RowPolicy.Quarantine, [.. reports.Report()]);
            if (i % 5 == 4 && outcome is CommitOutcome.Committed) await sender.WithdrawAsync($"r{i}");
        }
        await (await new Sender(store, "wanzhou").OpenAsync("unfinished")).AppendAsync(Row("2024", "1"));
        foreach (var period in new[] { "2024-S2", "2024-Q3", "2024-W01", "2020-W53", "2024-02-29", "1900", "2999-12" })
            await new Sender(store, "periods").CommitAsync($"p{period}", Row(period, "-0.000000000001"));

        var head = await store.ReadHeadAsync(Cancelled);
        var expected = (await store.ReadAllAsync(new ObservationFilter(), head.Position, 500)).Select(Line).Order(StringComparer.Ordinal).ToList();
        await using var connection = await database.ConnectAsync(Cancelled);
        var seen = (await connection.QueryAsync<ViewRow>("SELECT * FROM observations")).Select(Line).Order(StringComparer.Ordinal).ToList();
        Assert.InRange(expected.Count, 20, 10_000);
        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task A_set_shows_its_own_and_what_is_illustrative_or_confidential_is_marked()
    {
        await using var database = await SqlServerDatabase.CreateAsync();
        // Past the end of seconds in 32 bits.
        await using var store = database.Open(new FakeTimeProvider(new DateTimeOffset(2050, 2, 3, 4, 5, 6, TimeSpan.Zero)));
        await store.MigrateAsync(Cancelled);
        var row = Row("2024", "90.40");
        var catalog = (await store.AppendCatalogAsync(
            [
                new CatalogRow("indicators", $"{row.Indicator}\t{row.Version}", """{"name_en":"old","name_zh":"旧","owner":"hub"}"""),
                new CatalogRow("regions", row.Region, """{"name_zh":"万州区"}"""),
                new CatalogRow("organizations", "demo", """{"illustrative":"TRUE"}"""),
            ], 0, Callers.Admin, Cancelled))!.Value;
        await store.AppendCatalogAsync([new CatalogRow("indicators", $"{row.Indicator}\t{row.Version}", """{"name_en":"Straw","name_zh":"秸秆综合利用率","owner":"nation"}""")], catalog, Callers.Admin, Cancelled);
        await new Sender(store, "demo").CommitAsync("r1", row);
        await new Sender(store, "yaan").CommitAsync("r1", row with { Confidentiality = Confidentiality.Confidential, Note = "秘" });

        await using var connection = await database.ConnectAsync(Cancelled);
        var seen = (await connection.QueryAsync<ViewRow>("SELECT * FROM observations_nation ORDER BY organization")).AsList();
        Assert.Equal([("demo", "示例", 90.40m, "F"), ("yaan", "", null, "C")], seen.Select(line => (line.organization, line.mark, line.value, line.confidentiality)));
        Assert.All(seen, line => Assert.Equal(("秸秆综合利用率", "Straw", "万州区", "nation"), (line.indicator_name_zh, line.indicator_name_en, line.region_name_zh, line.indicator_set)));
        Assert.All(seen, line => Assert.Equal(("organizations/" + line.organization + "/reports/r1", null), (line.report, line.note)));
        Assert.All(seen, line => Assert.Equal(new DateTime(2050, 2, 3, 4, 5, 6), line.committed_at));
        Assert.Empty(await connection.QueryAsync<ViewRow>("SELECT * FROM observations_hub"));
    }

    private static string Line(ObservationRevision revision)
    {
        var row = revision.Observation;
        var free = row.Confidentiality == Confidentiality.Free;
        return string.Join('|', row.Indicator, row.Version, row.Region, row.Scope.Code(), row.Category, revision.Organization, row.Period, free ? Number(row.Value) : null,
            free ? Number(row.Numerator) : null, free ? Number(row.Denominator) : null, row.Unit, row.Status, row.Confidentiality.Code(), free ? row.Note : null, revision.Position, revision.Report, revision.Affirmed?.Report);
    }

    private static string Line(ViewRow row) => string.Join('|', row.indicator, row.version, row.region, row.scope, row.category, row.organization, row.period, Number(row.value),
        Number(row.numerator), Number(row.denominator), row.unit, row.status, row.confidentiality, row.note, row.position, IdOf(row.report), row.affirmed_report is { } affirmed ? IdOf(affirmed) : null);

    private static string IdOf(string report) => report[(report.LastIndexOf('/') + 1)..];

    private static decimal? Number(ExactDecimal? value) => Number(value is { } number ? number.Mantissa / (decimal)Math.Pow(10, number.Scale) : null);

    /// <summary>Without zeros at its end.</summary>
    private static decimal? Number(decimal? value) => value / 1.0000000000000000000000000000m;

#pragma warning disable IDE1006, CA1812 // The names are those of the view.
    private sealed class ViewRow
    {
        public string? indicator_set { get; init; }
        public string indicator { get; init; } = "";
        public string? indicator_name_zh { get; init; }
        public string? indicator_name_en { get; init; }
        public string version { get; init; } = "";
        public string region { get; init; } = "";
        public string? region_name_zh { get; init; }
        public string scope { get; init; } = "";
        public string category { get; init; } = "";
        public string organization { get; init; } = "";
        public string mark { get; init; } = "";
        public string period { get; init; } = "";
        public decimal? value { get; init; }
        public decimal? numerator { get; init; }
        public decimal? denominator { get; init; }
        public string unit { get; init; } = "";
        public string status { get; init; } = "";
        public string confidentiality { get; init; } = "";
        public string? note { get; init; }
        public long position { get; init; }
        public DateTime committed_at { get; init; }
        public string report { get; init; } = "";
        public string? affirmed_report { get; init; }
    }
#pragma warning restore IDE1006, CA1812
}
