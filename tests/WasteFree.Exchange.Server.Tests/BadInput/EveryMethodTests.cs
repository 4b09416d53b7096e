using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.BadInput;

/// <summary>What holds for each field of each request, methods and fields that are still to come included.</summary>
public sealed class EveryMethodTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const int Unknown = 9_999;

    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly Metadata AnyRole = RunningHub.As(Rows.Reporter, "reader,reporter,admin,auditor");

    /// <summary>达标 in GBK, as programs on Chinese Windows send it.</summary>
    private static readonly byte[] Gbk = [0xB4, 0xEF, 0xB1, 0xEA];

    [Fact]
    public async Task An_enum_value_that_the_contract_does_not_have_is_refused_in_every_field_of_every_request()
    {
        var tried = 0;
        foreach (var (method, path) in Fields(FieldType.Enum))
        {
            var refused = await RefusedAsync(method, Bytes(path, output => output.WriteInt32(Unknown)));

            Assert.Equal((method.Name, ErrorReason.FieldInvalid, NameOf(path)), (method.Name, refused.Reason, refused.Field));
            Assert.Contains($"{Unknown}", refused.MessageEn, StringComparison.Ordinal);
            tried++;
        }
        Assert.True(tried > 10, $"Only {tried} fields were tried.");
    }

    [Fact]
    public async Task A_text_that_is_not_UTF_8_is_refused_with_words_that_say_so_in_every_field_of_every_request()
    {
        var tried = 0;
        foreach (var (method, path) in Fields(FieldType.String))
        {
            var refused = await RefusedAsync(method, Bytes(path, output => output.WriteBytes(ByteString.CopyFrom(Gbk))));

            Assert.Equal((method.Name, ErrorReason.MessageMalformed), (method.Name, refused.Reason));
            Assert.Contains("UTF-8", refused.MessageEn, StringComparison.Ordinal);
            Assert.Contains("GBK", refused.MessageZh, StringComparison.Ordinal);
            tried++;
        }
        Assert.True(tried > 50, $"Only {tried} fields were tried.");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static IEnumerable<(MethodDescriptor Method, FieldDescriptor[] Path)> Fields(FieldType type) =>
        MethodPolicies.Contract.SelectMany(service => service.Methods).SelectMany(method => Paths(method.InputType, type, []).Select(path => (method, path)));

    private static IEnumerable<FieldDescriptor[]> Paths(MessageDescriptor message, FieldType type, FieldDescriptor[] before)
    {
        if (before.Any(field => field.ContainingType == message)) yield break;
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            FieldDescriptor[] path = [.. before, field];
            if (field.FieldType == type) yield return path;
            if (field.FieldType != FieldType.Message || field.IsMap) continue;
            foreach (var inner in Paths(field.MessageType, type, path)) yield return inner;
        }
    }

    private static string NameOf(FieldDescriptor[] path) => string.Join('.', path.Select(field => field.IsRepeated ? $"{field.Name}[0]" : field.Name));

    private static byte[] Bytes(FieldDescriptor[] path, Action<CodedOutputStream> value)
    {
        var (field, stream) = (path[0], new MemoryStream());
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(field.FieldNumber, field.FieldType == FieldType.Enum ? WireFormat.WireType.Varint : WireFormat.WireType.LengthDelimited);
            if (path.Length == 1) value(output);
            else output.WriteBytes(ByteString.CopyFrom(Bytes(path[1..], value)));
        }
        return stream.ToArray();
    }

    private Task<Refused> RefusedAsync(MethodDescriptor method, byte[] bytes) => Refused.ByAsync(async () =>
    {
        var type = method.IsClientStreaming ? MethodType.DuplexStreaming : method.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary;
        var raw = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, Raw, Raw);
        var (invoker, options) = (shared.Hub.Channel.CreateCallInvoker(), new CallOptions(AnyRole, cancellationToken: Cancelled));
        switch (type)
        {
            case MethodType.Unary:
                await invoker.AsyncUnaryCall(raw, null, options, bytes);
                break;
            case MethodType.ServerStreaming:
                using (var call = invoker.AsyncServerStreamingCall(raw, null, options, bytes)) await call.ResponseStream.MoveNext(Cancelled);
                break;
            default:
                using (var call = invoker.AsyncDuplexStreamingCall(raw, null, options))
                {
                    await call.RequestStream.WriteAsync(bytes, Cancelled);
                    await call.ResponseStream.MoveNext(Cancelled);
                }
                break;
        }
    });
}
