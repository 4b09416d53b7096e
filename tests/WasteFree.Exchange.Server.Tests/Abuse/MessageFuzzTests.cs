using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using WasteFree.Exchange.Tests.Shared.Fuzzing;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Abuse;

/// <summary>Whatever bytes come as a message, to whatever method: an answer or a typed refusal, never a fault of the hub.</summary>
public sealed class MessageFuzzTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly MethodDescriptor[] Unary =
    [
        .. new[] { AdminServiceReflection.Descriptor, CatalogServiceReflection.Descriptor, FeedServiceReflection.Descriptor, MetricServiceReflection.Descriptor, ReportServiceReflection.Descriptor }
            .SelectMany(file => file.Services).SelectMany(service => service.Methods).Where(method => !method.IsClientStreaming && !method.IsServerStreaming),
    ];

    [Fact]
    public async Task Every_method_answers_or_refuses_whatever_it_is_sent()
    {
        var hub = shared.Hub; // skips the test where there can be none
        var next = 0;
        var tried = await new Fuzzer("report-message").RunAsync(async bytes =>
        {
            var method = Unary[next++ % Unary.Length];
            var call = hub.Channel.CreateCallInvoker().AsyncUnaryCall(
                new Method<byte[], byte[]>(MethodType.Unary, method.Service.FullName, method.Name, Raw, Raw), null,
                new CallOptions(RunningHub.As(Rows.Reporter, "reporter,reader,admin"), TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20)), bytes);
            try
            {
                await call;
            }
            catch (RpcException e)
            {
                Assert.NotEqual(ErrorReason.HubFault, Refused.Read(e).Reason);
            }
        });
        Assert.Empty(hub.Errors);
        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} messages to {Unary.Length} methods");
    }

    [Fact]
    public async Task An_upload_stream_ends_or_goes_on_whatever_it_is_sent()
    {
        var hub = shared.Hub; // skips the test where there can be none
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "wastefree.exchange.v1.ReportService", "UploadReport", Raw, Raw);
        var open = ReportTalk.Open("fuzzed").ToByteArray();
        var tried = await new Fuzzer("report-message").RunAsync(async bytes =>
        {
            using var call = hub.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(
                method, null, new CallOptions(RunningHub.As(Rows.Reporter), TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20)));
            try
            {
                await call.RequestStream.WriteAsync(open);
                await call.RequestStream.WriteAsync(bytes);
                await call.RequestStream.CompleteAsync();
                await foreach (var answer in call.ResponseStream.ReadAllAsync()) UploadReportResponse.Parser.ParseFrom(answer);
            }
            catch (RpcException e)
            {
                Assert.NotEqual(ErrorReason.HubFault, Refused.Read(e).Reason);
            }
        });
        Assert.Empty(hub.Errors);
        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} streams");
    }
}
