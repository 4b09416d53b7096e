using Google.Protobuf;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Catalogs;

/// <summary>Who may report what, and where, is asked of the catalogue of now when a report is committed.</summary>
public sealed class AuthorityTests
{
    /// <summary>Ya'an, without the city as a whole.</summary>
    private const string Narrower = "id,name_zh,name_en,kind,regions,illustrative\nyaan,雅安市生态环境局,Ya'an Bureau,city,511802,false\n";

    private const string NewCity = "id,name_zh,name_en,kind,regions,illustrative\nnewcity,示例市局,Sample Bureau,city,511802,false\n";
    private const string Mandate = "organization,indicators,regions,authoritative\nnewcity,HUB-HW-STOCK,511802,false\n";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_that_was_open_when_its_region_was_taken_away_is_refused_and_releases_nothing()
    {
        await using var hub = await RunningHub.StartAsync();
        using var talk = ReportTalk.With(hub);
        var row = Rows.Tonnes("2023", "1");
        await talk.OpenAsync("late");
        await talk.ChunkAsync(0, row);
        await talk.HearAckAsync();
        await LoadAsync(hub, CatalogTableKind.Organizations, Narrower);

        await talk.CommitAsync(row);

        var problem = await talk.HearRefusalAsync(ErrorReason.AuthorityMissing);
        Assert.Contains("511800", problem.MessageEn, StringComparison.Ordinal);
        Assert.Contains("511800", problem.MessageZh, StringComparison.Ordinal);
        Assert.Empty((await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled)).Observations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_catalogue_of_before_gives_back_no_region_that_was_taken_away(bool validateOnly)
    {
        await using var hub = await RunningHub.StartAsync();
        var pinned = await VersionAsync(hub);
        await LoadAsync(hub, CatalogTableKind.Organizations, Narrower);
        var request = Rows.Report("pinned", Rows.Tonnes("2023", "1"));
        (request.CatalogVersion, request.ValidateOnly) = (pinned, validateOnly);

        var refused = await Refused.ByAsync(hub.Reports.SubmitReportAsync(request, RunningHub.As("yaan"), cancellationToken: Cancelled));

        Assert.Equal(ErrorReason.AuthorityMissing, refused.Reason);
        request.Rows[0].Region = "511802";
        Assert.NotNull((await hub.Reports.SubmitReportAsync(request, RunningHub.As("yaan"), cancellationToken: Cancelled)).Committed);
    }

    [Fact]
    public async Task A_catalogue_of_before_gives_back_no_indicator_that_a_mandate_leaves_out()
    {
        await using var hub = await RunningHub.StartAsync();
        await LoadAsync(hub, CatalogTableKind.Organizations, NewCity);
        var pinned = await VersionAsync(hub);
        await LoadAsync(hub, CatalogTableKind.Mandates, Mandate);
        var request = Rows.Report("pinned", new Observation { Region = "511802", Indicator = "HUB-HW-GEN", Period = "2023", Value = "1" });
        request.Report = Rows.Name("pinned", "newcity");
        request.CatalogVersion = pinned;

        var refused = await Refused.ByAsync(hub.Reports.SubmitReportAsync(request, RunningHub.As("newcity"), cancellationToken: Cancelled));

        Assert.Equal(ErrorReason.AuthorityMissing, refused.Reason);
        request.Rows[0].Indicator = "HUB-HW-STOCK";
        Assert.NotNull((await hub.Reports.SubmitReportAsync(request, RunningHub.As("newcity"), cancellationToken: Cancelled)).Committed);
    }

    private static async Task<long> VersionAsync(RunningHub hub) =>
        (await hub.Catalog.ListOrganizationsAsync(new ListOrganizationsRequest(), cancellationToken: Cancelled)).CatalogVersion;

    private static async Task LoadAsync(RunningHub hub, CatalogTableKind kind, string csv)
    {
        var table = new CatalogTable { Kind = kind, Name = "table.csv", Csv = ByteString.CopyFromUtf8(csv) };
        var loaded = await hub.Admin.LoadCatalogAsync(new LoadCatalogRequest { Tables = { table } }, RunningHub.AsAdmin, cancellationToken: Cancelled);
        Assert.True(loaded.Loaded is not null, loaded.ToString());
    }
}
