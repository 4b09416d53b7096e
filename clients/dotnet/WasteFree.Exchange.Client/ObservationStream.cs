using System.Runtime.CompilerServices;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>One query that survives lost connections: it goes on after the last batch received.</summary>
internal sealed class ObservationStream(
    MetricService.MetricServiceClient client, ConnectionOptions options, ObservationFilter filter, AsOf? asOf)
{
    private readonly StreamObservationsRequest _request = new() { Filter = filter, AsOf = asOf };

    public async IAsyncEnumerable<ObservationBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var backoff = Backoff.Of(options);
        while (true)
        {
            // The end's count and digest cover the rows since the token of this call.
            using var digest = new RowDigest();
            using var call = client.StreamObservations(_request, cancellationToken: cancellationToken);
            Exception? trouble;
            while ((trouble = await MoveNextAsync(call, cancellationToken).ConfigureAwait(false)) is null)
            {
                var part = call.ResponseStream.Current;
                if (part.PartCase == StreamObservationsResponse.PartOneofCase.End)
                {
                    Verify(part.End, digest);
                    yield break;
                }
                foreach (var record in part.Batch.Observations) digest.Add(record.Observation);
                _request.ResumeToken = part.Batch.ResumeToken;
                backoff.Progressed();
                yield return part.Batch;
            }

            var pause = backoff.After(trouble) ?? throw trouble;
            await Task.Delay(pause, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<Exception?> MoveNextAsync(
        AsyncServerStreamingCall<StreamObservationsResponse> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false)
                ? null
                : new HubUnreachableException("The stream ended before its end message.");
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return HubErrors.From(exception);
        }
    }

    private static void Verify(ObservationsEnd end, RowDigest digest)
    {
        if (end.Count != digest.Count || !end.Digest.Span.SequenceEqual(digest.Value))
            throw new InvalidDataException(
                $"The hub sent {end.Count} rows with another digest than the {digest.Count} received: ask again.");
    }
}
