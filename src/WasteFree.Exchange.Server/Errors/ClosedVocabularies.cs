using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace WasteFree.Exchange.Server.Errors;

/// <summary>
/// Refuses a request with an enum value that the contract of this hub does not have: a newer client means something by it that
/// would be left out in silence. One rule for every method, and for messages within messages.
/// </summary>
internal sealed class ClosedVocabularies : Interceptor
{
    /// <summary>The fields of each type that are enums, or messages that lead to one.</summary>
    private static readonly ConcurrentDictionary<MessageDescriptor, FieldDescriptor[]> Leading = new();

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Require((IMessage)request);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Require((IMessage)request);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(new Reader<TRequest>(requestStream), responseStream, context);

    private static void Require(IMessage request)
    {
        if (FindUnknown(request, "") is { } refusal) throw refusal.ToException();
    }

    private static Refusal? FindUnknown(IMessage message, string path)
    {
        foreach (var field in Leading.GetOrAdd(message.Descriptor, static type => [.. type.Fields.InDeclarationOrder().Where(field => Leads(field, []))]))
        {
            var name = path + field.Name;
            if (field.IsRepeated)
            {
                var i = 0;
                foreach (var item in (System.Collections.IEnumerable)field.Accessor.GetValue(message))
                    if (FindUnknown(field, item, $"{name}[{i++}]") is { } refusal) return refusal;
            }
            else if (field.Accessor.GetValue(message) is { } value && FindUnknown(field, value, name) is { } refusal)
            {
                return refusal;
            }
        }
        return null;
    }

    private static Refusal? FindUnknown(FieldDescriptor field, object value, string name)
    {
        if (field.FieldType == FieldType.Message) return FindUnknown((IMessage)value, name + ".");
        var number = Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture);
        if (field.EnumType.FindValueByNumber(number) is not null) return null;
        var known = string.Join(", ", field.EnumType.Values.Where(known => known.Number != 0).Select(known => known.Name));
        return Refusal.FieldInvalid(name, $"没有取值 {number}；可用：{known}。", $"no value {number}; there are {known}.");
    }

    private static bool Leads(FieldDescriptor field, HashSet<MessageDescriptor> seen) => field.FieldType switch
    {
        FieldType.Enum => true,
        // A map holds none, and is no list of messages either.
        FieldType.Message => !field.IsMap && seen.Add(field.MessageType) && field.MessageType.Fields.InDeclarationOrder().Any(inner => Leads(inner, seen)),
        _ => false,
    };

    private sealed class Reader<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken).ConfigureAwait(false)) return false;
            Require((IMessage)inner.Current!);
            return true;
        }
    }
}
