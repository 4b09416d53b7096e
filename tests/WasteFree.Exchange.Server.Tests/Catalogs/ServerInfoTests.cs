using Google.Protobuf;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.Server.Tests.Identity;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Catalogs;

public sealed class ServerInfoTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hub_tells_its_limits_and_what_the_caller_may_use()
    {
        await using var folder = await HubFolder.CreateAsync();
        await using var hub = await RunningHub.StartOnAsync(folder, options => options with
        {
            StreamIdleTimeout = TimeSpan.FromMinutes(7),
            Limits = new HubLimits { Organizations = new Dictionary<string, OrganizationLimits> { ["yaan"] = new() { CallsPerMinute = 50, QuerySecondsPerMinute = 2.5 } } },
        });

        var info = await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), RunningHub.As("yaan"), cancellationToken: Cancelled);

        Assert.Contains(Feature.Signatures, info.Features);
        Assert.DoesNotContain(Feature.Authentication, info.Features);
        Assert.Equal(TimeSpan.FromMinutes(7), info.Limits.StreamIdle.ToTimeSpan());
        Assert.All(ServerLimits.Descriptor.Fields.InDeclarationOrder(), limit => Assert.NotEqual(0L, limit.Accessor.GetValue(info.Limits) is long number ? number : 1));
        Assert.Equal((50, 3, 0), (info.Quota.CallsPerMinute, info.Quota.QuerySecondsPerMinute, info.Quota.StoredRows));
        Assert.Null(info.CredentialEndTime);
    }

    [Fact]
    public async Task A_limit_that_a_refusal_names_is_one_that_the_hub_tells()
    {
        await using var hub = await RunningHub.StartAsync();
        var large = new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" } };
        large.Periods.AddRange(Enumerable.Repeat("2023", 20_001));

        var refused = await Refused.ByAsync(hub.Metrics.CompareMetricsAsync(large, cancellationToken: Cancelled));

        var info = await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled);
        var limit = ServerLimits.Descriptor.FindFieldByName(refused.Metadata["limit"]);
        Assert.Equal($"{limit.Accessor.GetValue(info.Limits)}", refused.Metadata["limit_value"]);
        Assert.Equal("20001", refused.Metadata["asked"]);
    }

    [Fact]
    public async Task The_keys_of_the_ledger_are_told_with_what_they_signed_and_the_one_that_signs_comes_first()
    {
        await using var folder = await HubFolder.CreateAsync();
        string old;
        await using (var hub = await RunningHub.StartOnAsync(folder))
        {
            var before = await InfoAsync(hub);
            var key = Assert.Single(before.LedgerKeys);
            Assert.Equal((true, 1L, before.HeadPosition), (key.Active, key.FirstPosition, key.LastPosition));
            Assert.Equal(key.KeyId, EcdsaP256.KeyIdOf(key.PublicKey.Span));
            await hub.Reports.SubmitReportAsync(Rows.Report("r1", Rows.Tonnes("2023", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
            Assert.Equal(before.HeadPosition + 1, Assert.Single((await InfoAsync(hub)).LedgerKeys).LastPosition);
            old = key.KeyId;
        }
        File.Delete(Path.Combine(folder.FullName, "signing-key.pem"));

        await using var again = await RunningHub.StartOnAsync(folder, options => options with { MakeNew = true });
        var unused = await InfoAsync(again);
        Assert.Equal([(true, 0L), (false, unused.HeadPosition)], unused.LedgerKeys.Select(key => (key.Active, key.LastPosition)));
        await again.Reports.SubmitReportAsync(Rows.Report("r2", Rows.Tonnes("2022", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);

        var after = await InfoAsync(again);
        Assert.Equal([after.HeadPosition, 1L], after.LedgerKeys.Select(key => key.FirstPosition));
        Assert.Equal((old, ByteString.Empty), (after.LedgerKeys[1].KeyId, after.LedgerKeys[1].PublicKey));
    }

    [Fact]
    public async Task A_caller_is_told_when_its_own_certificate_ends()
    {
        await using var hub = await SecuredHub.StartAsync();
        using var certificate = hub.Issue(SecuredHub.Yaan);

        var info = await new CatalogService.CatalogServiceClient(hub.Connect(certificate)).GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled);

        Assert.Contains(Feature.Authentication, info.Features);
        Assert.Equal(new DateTimeOffset(certificate.NotAfter.ToUniversalTime()), info.CredentialEndTime.ToDateTimeOffset());
    }

    private static async Task<GetServerInfoResponse> InfoAsync(RunningHub hub) =>
        await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled);
}
