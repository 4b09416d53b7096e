using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace WasteFree.Exchange.Server.Tests.Abuse;

/// <summary>A call that announces a message, sends some bytes of it and no more.</summary>
internal sealed class UnfinishedBody : HttpContent
{
    private readonly TaskCompletionSource _never = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _begin;

    private UnfinishedBody(int announced, int sent, bool packed)
    {
        _begin = new byte[5 + sent];
        _begin[0] = packed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(_begin.AsSpan(1), announced);
        Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
    }

    public static HttpRequestMessage Request(string address, string method, int announced, int sent = 100, bool packed = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address.TrimEnd('/') + method)
        {
            Content = new UnfinishedBody(announced, sent, packed),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TE.ParseAdd("trailers");
        if (packed) request.Headers.Add("grpc-encoding", "gzip");
        return request;
    }

    /// <summary>What the hub answers, though the message never comes.</summary>
    public static async Task<(string Status, string Details)> AnswerAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (Header(response, "grpc-status"), Header(response, "grpc-status-details-bin"));
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_begin);
        await stream.FlushAsync();
        await _never.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : "";
}
