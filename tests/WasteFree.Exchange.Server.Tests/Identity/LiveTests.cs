using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>What changes in the security folder counts for open streams and new calls, within seconds and without a restart.</summary>
public sealed class LiveTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_that_is_denied_loses_its_streams_within_seconds_and_nobody_else_does()
    {
        await using var hub = await SecuredHub.StartAsync();
        var (denied, other) = (hub.ConnectAs(SecuredHub.Yaan), hub.ConnectAs(SecuredHub.Wanzhou));
        using var watch = await WatchAsync(denied);
        using var others = await WatchAsync(other);
        using var reports = await OpenAsync(denied);

        hub.Change(access => access with { Denied = [new AccessDenial { What = "caller:yaan", Why = "test" }] });

        var farewells = new List<ErrorReason>();
        var refused = await EndAsync(watch.ResponseStream, message => { if (message.GoAway is { } go) farewells.Add(go.Reason); });
        Assert.Equal(ErrorReason.CredentialRefused, refused.Reason);
        Assert.Equal([ErrorReason.CredentialRefused], farewells);
        Assert.Equal(ErrorReason.CredentialRefused, (await EndAsync(reports.ResponseStream)).Reason);
        Assert.Equal(ErrorReason.CredentialRefused, (await SecuredHub.RefuseAsync(denied)).Reason);

        await SecuredHub.ReadAsync(other);
        Assert.True(await others.ResponseStream.MoveNext(Cancelled).WaitAsync(SecuredHub.Soon, Cancelled));

        hub.Change(access => access with { Denied = [] });
        await SecuredHub.SoonAsync(() => IsTakenAsync(denied));
    }

    [Theory]
    [InlineData("certificate")]
    [InlineData("fingerprint")]
    [InlineData("organization:yaan")]
    public async Task A_key_and_an_organisation_can_be_denied(string what)
    {
        await using var hub = await SecuredHub.StartAsync();
        using var certificate = hub.Issue(SecuredHub.Yaan);
        var channel = hub.Connect(certificate);
        await SecuredHub.ReadAsync(channel);
        if (what == "certificate") what = CredentialNames.Certificate(CredentialNames.Fingerprint(certificate));
        if (what == "fingerprint") what = CredentialNames.Single(CredentialNames.FingerprintOfAll(certificate));
        hub.Change(access => access with { Denied = [new AccessDenial { What = what }] });
        await SecuredHub.SoonAsync(async () => !await IsTakenAsync(channel));
        // Another key of the same caller is another matter than the caller.
        Assert.Equal(!what.StartsWith("organization", StringComparison.Ordinal), await IsTakenAsync(hub.ConnectAs(SecuredHub.Yaan)));
    }

    [Fact]
    public async Task A_denial_that_begins_later_ends_open_streams_then()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await SecuredHub.StartAsync(time: time);
        using var certificate = hub.Issue(SecuredHub.Yaan);
        var denial = new AccessDenial
        {
            What = CredentialNames.Single(CredentialNames.FingerprintOfAll(certificate)), From = time.GetUtcNow() + TimeSpan.FromMinutes(20),
        };
        hub.Change(access => access with { Denied = [denial] });
        time.Advance(TimeSpan.FromSeconds(2));
        await SecuredHub.SoonAsync(() => Task.FromResult(hub.Certificates.Find(certificate).Expires == denial.From));
        using var watch = await WatchAsync(hub.Connect(certificate));

        var isTold = false;
        var ended = EndAsync(watch.ResponseStream, message => isTold |= message.GoAway is not null);
        for (var minute = 1; minute < 20; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            Assert.Null(hub.Certificates.Find(certificate).Refusal);
        }
        Assert.False(ended.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(55));
        await SecuredHub.SoonAsync(() =>
        {
            // Who is told has two seconds of the hub's clock to go.
            if (!Volatile.Read(ref isTold)) time.Advance(TimeSpan.FromMilliseconds(500));
            return Task.FromResult(ended.IsCompleted);
        });
        Assert.Equal(ErrorReason.CredentialRefused, (await ended).Reason);
        // Another certificate of the same caller is another matter.
        Assert.Null(hub.Certificates.Find(hub.Issue(SecuredHub.Yaan)).Refusal);
    }

    [Fact]
    public async Task A_denied_caller_that_does_not_read_its_stream_is_cut_off()
    {
        await using var hub = await SecuredHub.StartAsync();
        var mine = hub.ConnectAs(SecuredHub.Yaan);
        var reports = new ReportService.ReportServiceClient(mine);
        for (var i = 0; i < 12; i++)
            await reports.SubmitReportAsync(new SubmitReportRequest { Report = Rows.Name($"r{i}"), Rows = { Rows.Days(1_000, 1_000 * i) } }, cancellationToken: Cancelled);
        // More than the windows of HTTP/2 hold: the hub is stuck in a write.
        using var export = new MetricService.MetricServiceClient(mine).StreamObservations(new StreamObservationsRequest(), cancellationToken: Cancelled);
        Assert.True(await export.ResponseStream.MoveNext(Cancelled));

        hub.Change(access => access with { Denied = [new AccessDenial { What = "caller:yaan" }] });
        await SecuredHub.SoonAsync(async () => !await IsTakenAsync(mine));
        await Task.Delay(TimeSpan.FromSeconds(5), Cancelled);

        var rows = 0;
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await export.ResponseStream.MoveNext(Cancelled)) rows += export.ResponseStream.Current.Batch?.Observations.Count ?? 0;
        });
        Assert.InRange(rows, 0, 11_000);
    }

    [Fact]
    public async Task Other_roles_end_a_stream_and_a_change_that_is_none_of_its_business_does_not()
    {
        await using var hub = await SecuredHub.StartAsync();
        using var watch = await WatchAsync(hub.ConnectAs(SecuredHub.Yaan));
        var administrator = hub.ConnectAs("administrator");
        hub.Change(access => access with { Callers = [.. access.Callers.Where(caller => caller.Name != "administrator")] });
        await SecuredHub.SoonAsync(async () =>
        {
            try
            {
                await new CatalogService.CatalogServiceClient(administrator).ListRegionsAsync(new ListRegionsRequest(), cancellationToken: Cancelled);
                return false;
            }
            catch (RpcException e)
            {
                return e.StatusCode == StatusCode.Unauthenticated;
            }
        });
        for (var i = 0; i < 2; i++) Assert.True(await watch.ResponseStream.MoveNext(Cancelled).WaitAsync(SecuredHub.Soon, Cancelled));

        hub.Change(access => access with
        {
            Callers = [.. access.Callers.Where(caller => caller.Name != SecuredHub.Yaan), SecuredHub.Caller(SecuredHub.Yaan) with { Roles = [Roles.Reader] }],
        });
        Assert.Equal(ErrorReason.CredentialRefused, (await EndAsync(watch.ResponseStream)).Reason);
    }

    [Fact]
    public async Task A_certificate_that_ends_ends_its_streams()
    {
        await using var hub = await SecuredHub.StartAsync();
        using var certificate = SecuredHub.Usable(hub.Authority.IssueClient(SecuredHub.Yaan, TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(10)));
        using var watch = await WatchAsync(hub.Connect(certificate));
        Assert.Equal(ErrorReason.CredentialExpired, (await EndAsync(watch.ResponseStream)).Reason);
    }

    [Theory]
    [InlineData("access.json", "{ \"callers\": [ { \"name\": \"yaan\" ")]
    [InlineData("access.json", "{ \"callers\": [ { \"name\": \"yaan\", \"roles\": [\"emperor\"] } ] }")]
    [InlineData("access.json", "")]
    [InlineData("access.json", "null")]
    [InlineData("access.json", "{ \"callers\": null }")]
    [InlineData("access.json", "{ \"callers\": [ null ] }")]
    [InlineData("access.json", "{ \"callers\": [ { \"name\": null, \"roles\": [] } ] }")]
    [InlineData("access.json", "{ \"callers\": [ { \"name\": \"yaan\", \"roles\": [], \"keys\": [ null ] } ] }")]
    [InlineData("access.json", "{ \"denied\": [ null ] }")]
    [InlineData("access.json", "{ \"denied\": [ { \"what\": \"caller:yann\" } ] }")]
    [InlineData("ca.pem", "nothing")]
    [InlineData("server.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("server-key.pem", null)]
    public async Task A_folder_that_is_not_whole_is_not_taken_and_the_last_good_one_stays(string file, string? content)
    {
        await using var hub = await SecuredHub.StartAsync();
        var path = Path.Combine(hub.Security.FullName, file);
        var good = await File.ReadAllTextAsync(path, Cancelled);
        // Without a content: a key, and another one than the certificate's.
        using (CertificateAuthority.Make("other", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1), out var otherKey))
            await File.WriteAllTextAsync(path, content ?? otherKey, Cancelled);

        await SecuredHub.SoonAsync(() => Task.FromResult(hub.Warnings.Messages.Count > 0));
        await SecuredHub.ReadAsync(hub.ConnectAs(SecuredHub.Yaan));
        await Task.Delay(TimeSpan.FromSeconds(2.5), Cancelled);
        // Once, not every second; and it names the file and no secret.
        Assert.Contains(file.Split('-')[0], Assert.Single(hub.Warnings.Messages), StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN", hub.Warnings.Messages.Single(), StringComparison.Ordinal);

        await File.WriteAllTextAsync(path, good, Cancelled);
        hub.Change(access => access with { Denied = [new AccessDenial { What = "caller:yaan" }] });
        await SecuredHub.SoonAsync(async () => !await IsTakenAsync(hub.ConnectAs(SecuredHub.Yaan)));
    }

    [Fact]
    public async Task A_folder_whose_file_is_gone_for_a_moment_keeps_everybody_in()
    {
        await using var hub = await SecuredHub.StartAsync();
        File.Move(hub.Security.AccessFile, hub.Security.AccessFile + ".away");
        await Task.Delay(TimeSpan.FromSeconds(2.5), Cancelled);
        await SecuredHub.ReadAsync(hub.ConnectAs(SecuredHub.Yaan));
        File.Move(hub.Security.AccessFile + ".away", hub.Security.AccessFile);
        await SecuredHub.ReadAsync(hub.ConnectAs(SecuredHub.Yaan));
    }

    [Fact]
    public async Task A_new_certificate_of_the_hub_is_shown_to_new_connections_while_old_ones_go_on()
    {
        await using var hub = await SecuredHub.StartAsync();
        var old = hub.ConnectAs(SecuredHub.Yaan);
        using var watch = await WatchAsync(old);
        var before = await ShownAsync(hub);

        var renewed = SecuredHub.WriteServer(hub.Security, hub.Authority);

        await SecuredHub.SoonAsync(async () => await ShownAsync(hub) == renewed.Fingerprint);
        Assert.NotEqual(before, renewed.Fingerprint);
        await SecuredHub.ReadAsync(old);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled).WaitAsync(SecuredHub.Soon, Cancelled));
        await SecuredHub.ReadAsync(hub.ConnectAs(SecuredHub.Yaan));
    }

    private static async Task<string> ShownAsync(SecuredHub hub)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(hub.Address.Host, hub.Address.Port, Cancelled);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(hub.Tls(), Cancelled);
        using var shown = new X509Certificate2(tls.RemoteCertificate!);
        return CredentialNames.Fingerprint(shown);
    }

    private static async Task<bool> IsTakenAsync(GrpcChannel channel)
    {
        try
        {
            await SecuredHub.ReadAsync(channel);
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unauthenticated)
        {
            return false;
        }
    }

    private static async Task<AsyncServerStreamingCall<WatchResponse>> WatchAsync(GrpcChannel channel)
    {
        var watch = new FeedService.FeedServiceClient(channel).Watch(
            new WatchRequest { StartAt = WatchStart.Now, ProgressInterval = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) }, cancellationToken: Cancelled);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled).WaitAsync(SecuredHub.Soon, Cancelled));
        return watch;
    }

    private static async Task<AsyncDuplexStreamingCall<UploadReportRequest, UploadReportResponse>> OpenAsync(GrpcChannel channel)
    {
        var rows = Rows.Days(2);
        var call = new ReportService.ReportServiceClient(channel).UploadReport(cancellationToken: Cancelled);
        await call.RequestStream.WriteAsync(ReportTalk.Open("r1"), Cancelled);
        await call.RequestStream.WriteAsync(new UploadReportRequest { Chunk = new UploadChunk { Rows = { rows } } }, Cancelled);
        foreach (var expected in new[] { UploadReportResponse.MessageOneofCase.Opened, UploadReportResponse.MessageOneofCase.Ack })
        {
            Assert.True(await call.ResponseStream.MoveNext(Cancelled).WaitAsync(SecuredHub.Soon, Cancelled));
            Assert.Equal(expected, call.ResponseStream.Current.MessageCase);
        }
        return call;
    }

    /// <summary>The status with which the hub ends a stream, soon, whatever it says until then.</summary>
    private static Task<Refused> EndAsync<T>(IAsyncStreamReader<T> stream, Action<T>? each = null) => Refused.ByAsync(async () =>
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        soon.CancelAfter(SecuredHub.Soon);
        while (await stream.MoveNext(soon.Token)) each?.Invoke(stream.Current);
    });
}
