using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using WasteFree.Exchange.Server.Tests.Authorisation;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.NonInterference;

/// <summary>Everything that a caller sees of an answer: messages with their sizes, status, details, headers and trailers.</summary>
/// <param name="Messages">As they came.</param>
/// <param name="Lines">The same as text, without what may differ.</param>
internal sealed record Answer(IReadOnlyList<IMessage> Messages, IReadOnlyList<string> Lines)
{
    private static readonly JsonFormatter Text = new(JsonFormatter.Settings.Default);

    public bool IsRefusal => Messages.Count == 0;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A watch answers until it has caught up; a report stream to one message.</summary>
    public static async Task<Answer> ToAsync(RunningHub hub, MethodDescriptor method, IMessage request, Metadata headers)
    {
        var (messages, lines) = (new List<IMessage>(), new List<string>());
        var (call, options) = (AnyCall.Of(method), new CallOptions(headers, cancellationToken: Cancelled));
        var invoker = hub.Channel.CreateCallInvoker();
        try
        {
            switch (call.Type)
            {
                case MethodType.Unary:
                    using (var unary = invoker.AsyncUnaryCall(call, null, options, request))
                    {
                        messages.Add(await unary.ResponseAsync);
                        lines.AddRange(Of("header", await unary.ResponseHeadersAsync).Concat(Of("trailer", unary.GetTrailers())));
                    }
                    break;
                case MethodType.ServerStreaming:
                    using (var stream = invoker.AsyncServerStreamingCall(call, null, options, request))
                        await ReadAsync(stream.ResponseStream, messages);
                    break;
                default:
                    using (var talk = invoker.AsyncDuplexStreamingCall(call, null, options))
                    {
                        await talk.RequestStream.WriteAsync(request, Cancelled);
                        await talk.RequestStream.CompleteAsync();
                        await ReadAsync(talk.ResponseStream, messages);
                    }
                    break;
            }
        }
        catch (RpcException exception)
        {
            // The binary trailer holds the details: reason, field, texts.
            lines.AddRange([$"{exception.StatusCode} {exception.Status.Detail}", .. Of("trailer", exception.Trailers)]);
        }
        return new Answer(messages, [.. messages.Select(TextOf), .. lines]);
    }

    private static async Task ReadAsync(IAsyncStreamReader<IMessage> stream, List<IMessage> messages)
    {
        while (await stream.MoveNext(Cancelled))
        {
            messages.Add(stream.Current);
            if (stream.Current is WatchResponse { CaughtUp: not null }) return;
        }
    }

    private static string TextOf(IMessage message) =>
        $"{message.CalculateSize()} bytes: {Text.Format(ByDesign.Mask(message.Copy()))}";

    private static IEnumerable<string> Of(string kind, Metadata metadata) => metadata
        .Where(entry => entry.Key is not "date") // when it was sent
        .Select(entry => $"{kind} {entry.Key}: {(entry.IsBinary ? Convert.ToHexString(entry.ValueBytes) : entry.Value)}");
}

internal static class Messages
{
    public static IMessage Copy(this IMessage message) => message.Descriptor.Parser.ParseFrom(message.ToByteString());
}
