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
            await talk.OpenAsync(1, "large-chunk");
            await talk.ChunkAsync(1, 0, rows[..2]);
            await talk.HearAckAsync();
            var large = rows[2].Clone();
            large.Note = new string('x', 1 << 20);
            await talk.ChunkIntoRefusalAsync(1, 2, large);
            Assert.Equal(ErrorReason.MessageTooLarge, (await talk.HearRefusalAsync()).Reason);
        }

        using var again = ReportTalk.With(shared.Hub);
        Assert.Equal(2, (await again.OpenAsync(1, "large-chunk")).DurableOffset);
        await again.ChunkAsync(1, 2, rows[2]);
        await again.CommitAsync(1, rows);
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
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "wastefree.exchange.v1.ReportService", "StreamReports", Raw, Raw);
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

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private AsyncUnaryCall<byte[]> Call(string service, string method, byte[] bytes) =>
        shared.Hub.Channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, service, method, Raw, Raw), null, new CallOptions(RunningHub.As(Rows.Reporter)), bytes);

    private async Task AssertServingAsync() =>
        Assert.NotEmpty((await shared.Hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).Version);
}
