using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Authorisation;

/// <summary>Calls whatever method a contract has.</summary>
internal static class AnyCall
{
    /// <summary>What a method answers; a watch until it has caught up, a report stream its first word.</summary>
    public static async Task<List<IMessage>> TalkAsync(CallInvoker invoker, MethodDescriptor method, IMessage request, CallOptions options)
    {
        var call = Of(method);
        var type = call.Type;
        if (type == MethodType.Unary) return [await invoker.AsyncUnaryCall(call, null, options, request)];
        if (type == MethodType.ServerStreaming)
        {
            using var stream = invoker.AsyncServerStreamingCall(call, null, options, request);
            return await ReadAsync(stream.ResponseStream, options.CancellationToken);
        }
        using var talk = invoker.AsyncDuplexStreamingCall(call, null, options);
        try
        {
            await talk.RequestStream.WriteAsync(request, options.CancellationToken);
            await talk.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The answer says why.
        }
        return await ReadAsync(talk.ResponseStream, options.CancellationToken);
    }

    /// <summary>The method as a channel calls it.</summary>
    public static Method<IMessage, IMessage> Of(MethodDescriptor method)
    {
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (false, true) => MethodType.ServerStreaming,
            (true, true) => MethodType.DuplexStreaming,
            (true, false) => throw new NotSupportedException($"{method.FullName} only streams in."),
        };
        return new Method<IMessage, IMessage>(type, method.Service.FullName, method.Name, Marshal(method.InputType), Marshal(method.OutputType));
    }

    private static async Task<List<IMessage>> ReadAsync(IAsyncStreamReader<IMessage> stream, CancellationToken cancellationToken)
    {
        var messages = new List<IMessage>();
        while (await stream.MoveNext(cancellationToken))
        {
            messages.Add(stream.Current);
            if (stream.Current is WatchResponse { CaughtUp: not null }) break;
        }
        return messages;
    }

    private static Marshaller<IMessage> Marshal(MessageDescriptor type) =>
        Marshallers.Create(message => message.ToByteArray(), bytes => type.Parser.ParseFrom(bytes));
}
