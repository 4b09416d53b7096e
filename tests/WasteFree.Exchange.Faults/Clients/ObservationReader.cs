using Grpc.Core;
using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>Asks for a stretch of observations while reports come in: every answer must be the model's state there.</summary>
internal sealed class ObservationReader(UploadChecks checks, LedgerModel model, Random random)
{
    private readonly StoreProperties _properties = new(checks.Violations);

    public async Task RunAsync(Uri address, CancellationToken cancellationToken)
    {
        var filter = CellFilter.Random(random);
        using var line = new HubLine(address);
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(15);
        try
        {
            var options = new CallOptions(deadline: deadline, cancellationToken: cancellationToken);
            var (position, found) = random.Next(2) == 0 ? await QueryAsync(line, filter, options) : await StreamAsync(line, filter, options);
            await model.ReachedAsync(position, cancellationToken);
            _properties.AtomicVisibility(position, model.StateAt(position, filter.Takes), found, filter.ToString());
        }
        catch (RpcException exception)
        {
            checks.Calls.EveryErrorIsTyped(exception, "MetricService");
        }
    }

    private async Task<(long Position, Dictionary<Cell, int> Found)> QueryAsync(HubLine line, CellFilter filter, CallOptions options)
    {
        var found = new Dictionary<Cell, int>();
        var request = new QueryObservationsRequest { Filter = filter.ToMessage(), PageSize = random.Next(1, 3_000) };
        long? position = null;
        do
        {
            var page = await line.Metrics.QueryObservationsAsync(request, options);
            position ??= page.Position;
            _properties.PagesReadOnePosition(position.Value, page.Position);
            Add(found, page.Observations);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return (position.Value, found);
    }

    private async Task<(long Position, Dictionary<Cell, int> Found)> StreamAsync(HubLine line, CellFilter filter, CallOptions options)
    {
        var found = new Dictionary<Cell, int>();
        using var call = line.Metrics.StreamObservations(new StreamObservationsRequest { Filter = filter.ToMessage() }, options);
        await foreach (var part in call.ResponseStream.ReadAllAsync(options.CancellationToken))
        {
            if (part.End is { } end) return (end.Position, found);
            Add(found, part.Batch.Observations);
        }
        throw new RpcException(new Status(StatusCode.Unavailable, "cut", new IOException("The stream ended before its end.")));
    }

    private void Add(Dictionary<Cell, int> found, IEnumerable<ObservationRecord> records)
    {
        foreach (var record in records) _properties.ObservationComesOnce(record, found.TryAdd(Cell.Of(record), CellFilter.ValueOf(record)));
    }
}
