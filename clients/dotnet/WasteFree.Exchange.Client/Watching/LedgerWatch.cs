using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>One subscription that survives lost connections and restarts of the hub: it goes on after the last token.</summary>
internal sealed class LedgerWatch(FeedService.FeedServiceClient client, ConnectionOptions options, WatchSubscription subscription)
{
    /// <summary>The hub speaks at least once per progress interval; after three without a word the connection is dead.</summary>
    private const int SilentIntervals = 3;

    private static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(60);

    private readonly DeliveredPart _delivered = new();
    private readonly TimeSpan _silence = subscription.ProgressInterval * SilentIntervals > ShortestSilence
        ? subscription.ProgressInterval * SilentIntervals
        : ShortestSilence;

    public async IAsyncEnumerable<WatchResponse> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = Request();
        var backoff = Backoff.Of(options);
        while (true)
        {
            using var silent = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.Time);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silent.Token);
            using var call = client.Watch(request, cancellationToken: ending.Token);
            Exception? trouble;
            while ((trouble = await MoveNextAsync(call, silent, cancellationToken).ConfigureAwait(false)) is null)
            {
                var message = call.ResponseStream.Current;
                backoff.Progressed();
                if (message.MessageCase == WatchResponse.MessageOneofCase.GoAway)
                {
                    // Without a time to come back at, the status that follows says what is wrong.
                    if (message.GoAway.RetryAfter is null) continue;
                    trouble = GoneAway(message.GoAway);
                    break;
                }
                var any = _delivered.Take(message);
                // The token counts from here on: should the reader not come back, nothing is asked for again.
                if (message.ResumeToken.Length > 0) request.ResumeToken = message.ResumeToken;
                if (any) yield return message;
            }

            _delivered.StreamBroke();
            var pause = backoff.After(trouble) ?? throw trouble;
            subscription.Interruptions?.Report(new WatchInterruption(trouble, pause));
            await Task.Delay(pause, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private WatchRequest Request()
    {
        var request = new WatchRequest
        {
            Filter = subscription.Filter.Clone(),
            Detail = subscription.Detail,
            ProgressInterval = Duration.FromTimeSpan(subscription.ProgressInterval),
        };
        if (subscription.ResumeToken is { } token) request.ResumeToken = token;
        else if (subscription.Since is { } since) request.Since = since.Clone();
        else request.StartAt = subscription.StartAt;
        return request;
    }

    private async Task<Exception?> MoveNextAsync(
        AsyncServerStreamingCall<WatchResponse> call, CancellationTokenSource silent, CancellationToken cancellationToken)
    {
        // Only the hub's silence counts: the reader may take its time between two messages.
        silent.CancelAfter(_silence);
        try
        {
            return await call.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false)
                ? null
                : new HubUnreachableException("The hub ended the stream.");
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return silent.IsCancellationRequested
                ? new HubUnreachableException($"The hub was silent for {_silence.TotalSeconds:F0} s.", exception)
                : HubErrors.From(exception);
        }
        finally
        {
            silent.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    private static ExchangeException GoneAway(WatchGoAway goAway) => new("The hub is ending the stream; reconnect with the last token.")
    {
        Reason = goAway.Reason,
        Code = StatusCode.Unavailable,
        MessageZh = "服务即将关闭数据流；请用最后的令牌重新连接。",
        Retriable = true,
        RetryAfter = goAway.RetryAfter?.ToTimeSpan(),
    };
}
