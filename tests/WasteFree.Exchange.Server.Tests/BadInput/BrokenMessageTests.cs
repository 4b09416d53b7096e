using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.BadInput;

/// <summary>What the gRPC library itself refuses carries the same details as the hub's own refusals.</summary>
public sealed class BrokenMessageTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly byte[] Truncated = [0x0A, 0x7F, 0x41];
    private static readonly byte[] NotUtf8 = [0x0A, 0x02, 0xC3, 0x28];

    [Fact]
    public async Task An_oversized_report_is_refused_as_too_large()
    {
        var request = Rows.Report("large", Rows.Tonnes("2024", "1"));
        request.Rows[0].Note = new string('x', 1 << 20);

        var refused = await Refused.ByAsync(shared.Hub.Reports.SubmitReportAsync(request, RunningHub.As(Rows.Reporter), cancellationToken: Cancelled));

        Assert.Equal(ErrorReason.MessageTooLarge, refused.Reason);
        await AssertServingAsync();
    }

    [Fact]
    public async Task An_oversized_chunk_ends_the_stream_as_too_large_and_what_is_durable_stays()
    {
        var rows = Rows.Days(3);
        using (var talk = ReportTalk.With(shared.Hub))
        {
            await talk.OpenAsync("large-chunk");
            await talk.ChunkAsync(0, rows[..2]);
            await talk.HearAckAsync();
            var large = rows[2].Clone();
            large.Note = new string('x', 1 << 20);
            await talk.ChunkIntoRefusalAsync(2, large);
            await talk.HearRefusalAsync(ErrorReason.MessageTooLarge);
        }

        using var again = ReportTalk.With(shared.Hub);
        Assert.Equal(2, (await again.OpenAsync("large-chunk")).DurableOffset);
        await again.ChunkAsync(2, rows[2]);
        await again.CommitAsync(rows);
        await again.HearAckAsync();
        Assert.Equal(3, (await again.HearCommittedAsync()).Counts.Created);
    }

    [Fact]
    public async Task An_oversized_catalogue_is_refused_as_too_large()
    {
        var request = new LoadCatalogRequest { Tables = { new CatalogTable { Kind = CatalogTableKind.Regions, Csv = ByteString.CopyFrom(new byte[5 << 20]) } } };

        var refused = await Refused.ByAsync(shared.Hub.Admin.LoadCatalogAsync(request, RunningHub.AsAdmin, cancellationToken: Cancelled));

        Assert.Equal(ErrorReason.MessageTooLarge, refused.Reason);
    }

    public static TheoryData<byte[]> Malformed => [Truncated, NotUtf8];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Bytes_that_are_no_message_are_the_callers_mistake(byte[] bytes)
    {
        var refused = await Refused.ByAsync(Call("wastefree.exchange.v1.ReportService", "SubmitReport", bytes));

        Assert.Equal(ErrorReason.MessageMalformed, refused.Reason);
        await AssertServingAsync();
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Bytes_that_are_no_message_are_the_callers_mistake_on_a_stream_too(byte[] bytes)
    {
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "wastefree.exchange.v1.ReportService", "UploadReport", Raw, Raw);
        using var call = shared.Hub.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(RunningHub.As(Rows.Reporter)));
        await call.RequestStream.WriteAsync(bytes, Cancelled);

        var refused = await Refused.ByAsync(() => call.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(ErrorReason.MessageMalformed, refused.Reason);
        await AssertServingAsync();
    }

    [Theory]
    [InlineData("wastefree.exchange.v1.ReportService", "DestroyReport")]
    [InlineData("wastefree.exchange.v9.ReportService", "SubmitReport")]
    public async Task A_method_that_does_not_exist_is_unknown(string service, string method)
    {
        Assert.Equal(ErrorReason.MethodUnknown, (await Refused.ByAsync(Call(service, method, []))).Reason);
        await AssertServingAsync();
    }

    /// <summary>达标 in GBK, as C++, PHP and Delphi on Chinese Windows send it, in the note of a row, a name, a filter, a page token.</summary>
    public static TheoryData<string, string, byte[]> InGbk => new()
    {
        { "ReportService", "SubmitReport", [0x22, 6, 0x6A, 4, 0xB4, 0xEF, 0xB1, 0xEA] },
        { "ReportService", "GetReport", [0x0A, 4, 0xB4, 0xEF, 0xB1, 0xEA] },
        { "ReportService", "ListReports", [0x1A, 4, 0xB4, 0xEF, 0xB1, 0xEA] },
        { "MetricService", "QueryObservations", [0x0A, 6, 0x12, 4, 0xB4, 0xEF, 0xB1, 0xEA] },
        { "MetricService", "StreamObservations", [0x0A, 6, 0x12, 4, 0xB4, 0xEF, 0xB1, 0xEA] },
        { "FeedService", "Watch", [0x0A, 6, 0x12, 4, 0xB4, 0xEF, 0xB1, 0xEA] },
        { "ReportService", "UploadReport", [0x0A, 6, 0x0A, 4, 0xB4, 0xEF, 0xB1, 0xEA] },
        { "ReportService", "AppendRows", [0x22, 6, 0x6A, 4, 0xB4, 0xEF, 0xB1, 0xEA] },
    };

    [Theory]
    [MemberData(nameof(InGbk))]
    public async Task Text_that_is_not_UTF_8_is_refused_with_words_that_say_so(string service, string name, byte[] bytes)
    {
        var streams = name is "UploadReport";
        var method = new Method<byte[], byte[]>(
            streams ? MethodType.DuplexStreaming : name is "Watch" or "StreamObservations" ? MethodType.ServerStreaming : MethodType.Unary,
            $"wastefree.exchange.v1.{service}", name, Raw, Raw);
        var invoker = shared.Hub.Channel.CreateCallInvoker();
        var options = new CallOptions(RunningHub.As(Rows.Reporter));

        var refused = await Refused.ByAsync(async () =>
        {
            switch (method.Type)
            {
                case MethodType.Unary:
                    await invoker.AsyncUnaryCall(method, null, options, bytes);
                    break;
                case MethodType.ServerStreaming:
                    await invoker.AsyncServerStreamingCall(method, null, options, bytes).ResponseStream.MoveNext(Cancelled);
                    break;
                default:
                    var call = invoker.AsyncDuplexStreamingCall(method, null, options);
                    await call.RequestStream.WriteAsync(bytes, Cancelled);
                    await call.ResponseStream.MoveNext(Cancelled);
                    break;
            }
        });

        Assert.Equal(ErrorReason.MessageMalformed, refused.Reason);
        Assert.Contains("UTF-8", refused.MessageEn, StringComparison.Ordinal);
        Assert.Contains("GBK", refused.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisation_in_the_metadata_that_is_not_ASCII_is_refused_and_the_hub_keeps_serving()
    {
        await using var peer = await Abuse.RawHttp2.ConnectAsync(shared.Hub);
        peer.Request(1, "/wastefree.exchange.v1.ReportService/GetReport", ends: false, ("wfx-organization", "\u00B4\u00EF\u00B1\u00EA"));
        peer.Body(1, [0, 0, 0, 0, 0], ends: true);
        await peer.FlushAsync();

        await AssertServingAsync();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private AsyncUnaryCall<byte[]> Call(string service, string method, byte[] bytes) =>
        shared.Hub.Channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, service, method, Raw, Raw), null, new CallOptions(RunningHub.As(Rows.Reporter)), bytes);

    private async Task AssertServingAsync() =>
        Assert.NotEmpty((await shared.Hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).Version);
}
