using System.Text;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.Server.Tests.Identity;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Abuse;

/// <summary>What messages that come slowly, or never, may hold of the hub's memory.</summary>
public sealed class MessageMemoryTests
{
    private const string Submit = "/wastefree.exchange.v1.ReportService/SubmitReport";
    private const string Load = "/wastefree.exchange.v1.AdminService/LoadCatalog";
    private const string Health = "/grpc.health.v1.Health/Check";

    private const int Megabyte = 1 << 20;

    /// <summary>So much memory gives 16 MB for messages, and a quarter of it to one organisation.</summary>
    private static readonly MachineGrant SmallMachine = new(null, 256L * Megabyte) { FullHeapBytes = long.MaxValue };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_of_nobody_is_refused_before_it_is_sent_and_holds_nothing()
    {
        await using var hub = await SecuredHub.StartAsync();
        using var handler = new SocketsHttpHandler { SslOptions = hub.Tls(), EnableMultipleHttp2Connections = true };
        using var client = new HttpClient(handler) { Timeout = Patience };
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => UnfinishedBody.AnswerAsync(
            client, UnfinishedBody.Request(hub.Address.ToString(), i % 2 == 0 ? Load : Submit, 16 * Megabyte), Cancelled)));
        Assert.All(answers, answer => Assert.Equal(("16", nameof(ErrorReason.IdentityMissing)), (answer.Status, ReasonOf(answer.Details))));
        Assert.Equal(0, hub.Services.GetRequiredService<MessageMemory>().Held);
    }

    [Theory]
    [InlineData(Load, null)]
    [InlineData(Load, "yaan")]
    [InlineData(Health, null)]
    public async Task A_large_message_of_whoever_may_not_make_the_call_is_refused_before_it_is_sent(string method, string? organization)
    {
        await using var hub = await RunningHub.StartAsync();
        using var client = new HttpClient { Timeout = Patience };
        using var request = UnfinishedBody.Request(hub.Address, method, 64 << 10);
        if (organization is not null) request.Headers.Add("wfx-organization", organization);
        var answer = await UnfinishedBody.AnswerAsync(client, request, Cancelled);
        Assert.Equal(nameof(ErrorReason.MessageTooLarge), ReasonOf(answer.Details));
    }

    [Fact]
    public async Task Messages_that_never_come_hold_so_much_and_no_more_and_those_of_others_still_find_room()
    {
        await using var hub = await RunningHub.StartAsync(machine: SmallMachine);
        var memory = hub.Services.GetRequiredService<MessageMemory>();
        using var gone = new CancellationTokenSource();
        using var client = new HttpClient { Timeout = Patience };
        // Packed, a message may become as large as any.
        var held = Enumerable.Range(0, 4).Select(i => StallAsync(client, hub, Megabyte >> (i % 2 == 0 ? 0 : 4), packed: i % 2 == 1, gone.Token)).ToList();
        while (memory.Held < 4 * Megabyte) await Task.Delay(20, Cancelled);

        var refused = await UnfinishedBody.AnswerAsync(client, As(UnfinishedBody.Request(hub.Address, Submit, 20_000), "yaan"), Cancelled);
        var status = Google.Rpc.Status.Parser.ParseFrom(Bytes(refused.Details));
        Assert.Equal(((int)StatusCode.ResourceExhausted, "QUOTA_EXCEEDED", "message_memory"), (status.Code, InfoOf(status).Reason, InfoOf(status).Metadata["limit"]));
        Assert.Contains(status.Details, detail => detail.Is(RetryInfo.Descriptor));
        Assert.Equal(4 * Megabyte, memory.Held);

        // Small messages of the same organisation, and large ones of another one.
        await hub.Reports.SubmitReportAsync(Rows.Report("small", Rows.Days(3)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        var large = new SubmitReportRequest { Report = Rows.Name("large", "wanzhou"), Rows = { Enumerable.Range(0, 500).Select(i => Rows.Rate($"{1990 + i % 30}-{1 + i / 30 % 12:00}-{1 + i / 360:00}", "50")) } };
        Assert.InRange(large.CalculateSize(), MessageTerms.Small, Megabyte);
        await hub.Reports.SubmitReportAsync(large, RunningHub.As("wanzhou"), cancellationToken: Cancelled);

        await gone.CancelAsync();
        foreach (var call in held) await Assert.ThrowsAnyAsync<Exception>(() => call);
        while (memory.Held > 0) await Task.Delay(20, Cancelled);
    }

    [Fact]
    public async Task A_hub_whose_heap_is_nearly_full_takes_no_new_calls_says_when_to_come_back_and_is_still_asked_for_its_health()
    {
        await using var hub = await RunningHub.StartAsync(machine: SmallMachine with { FullHeapBytes = 1 });
        GC.Collect();
        var refused = await Refused.ByAsync(hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), RunningHub.As("yaan"), cancellationToken: Cancelled));
        Assert.Equal((ErrorReason.QuotaExceeded, "heap"), (refused.Reason, refused.Metadata["limit"]));
        var health = await new Grpc.Health.V1.Health.HealthClient(hub.Channel).CheckAsync(new Grpc.Health.V1.HealthCheckRequest(), cancellationToken: Cancelled);
        Assert.Equal(Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task Rows_on_their_way_hold_room_until_they_are_stored()
    {
        await using var hub = await RunningHub.StartAsync(machine: SmallMachine);
        var memory = hub.Services.GetRequiredService<MessageMemory>();
        var rows = Rows.Days(8_000);
        using (var talk = ReportTalk.With(hub))
        {
            await talk.OpenAsync("many");
            for (var sent = 0; sent < rows.Length; sent += 1_000) await talk.ChunkAsync(sent, rows[sent..(sent + 1_000)]);
            while ((await talk.HearAckAsync()).DurableOffset < rows.Length)
            {
            }
            await talk.CommitAsync(rows);
            await talk.HearCommittedAsync();
            while (memory.Held > 0) await Task.Delay(20, Cancelled);
        }
    }

    [Fact]
    public async Task A_message_of_a_stream_that_has_begun_comes_to_its_end_in_time_or_is_given_up()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await RunningHub.StartAsync(time: time);
        var memory = hub.Services.GetRequiredService<MessageMemory>();
        using var client = new HttpClient { Timeout = Patience };
        var request = As(UnfinishedBody.Request(hub.Address, "/wastefree.exchange.v1.ReportService/UploadReport", 512 << 10), "yaan");
        var call = UnfinishedBody.AnswerAsync(client, request, Cancelled);
        while (memory.Held == 0) await Task.Delay(20, Cancelled);

        // 30 s, and a second for each 8 KB.
        time.Advance(TimeSpan.FromSeconds(80));
        Assert.Equal(512 << 10, memory.Held);
        time.Advance(TimeSpan.FromSeconds(20));
        var answer = await call;
        Assert.Equal(nameof(ErrorReason.StreamIdle), ReasonOf(answer.Details));
        while (memory.Held > 0) await Task.Delay(20, Cancelled);
    }

    private static async Task StallAsync(HttpClient client, RunningHub hub, int announced, bool packed, CancellationToken cancellationToken) =>
        await UnfinishedBody.AnswerAsync(client, As(UnfinishedBody.Request(hub.Address, Submit, announced, packed: packed), "yaan"), cancellationToken);

    private static HttpRequestMessage As(HttpRequestMessage request, string organization)
    {
        request.Headers.Add("wfx-organization", organization);
        return request;
    }

    private static string ReasonOf(string details)
    {
        var reason = InfoOf(Google.Rpc.Status.Parser.ParseFrom(Bytes(details))).Reason;
        return Enum.GetValues<ErrorReason>().Single(value => Server.Errors.RpcErrors.ReasonText(value) == reason).ToString();
    }

    private static ErrorInfo InfoOf(Google.Rpc.Status status) => status.Details.Single(detail => detail.Is(ErrorInfo.Descriptor)).Unpack<ErrorInfo>();

    private static byte[] Bytes(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
