using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.Server.Reports;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>The metric service.</summary>
internal sealed class MetricService(
    IExchangeStore store, AsOfReader asOf, ReadingRights rights, ComparisonDesk desk, AttainmentDesk attainments, RevisionDesk revisions, DifferenceDesk differences,
    DisclosureDesk disclosures, ReadOwners owners, PageTokens tokens)
    : V1.MetricService.MetricServiceBase
{
    private const int StreamRows = 2_000;
    private const int BatchBytes = 128 << 10;

    public override async Task<CompareMetricsResponse> CompareMetrics(CompareMetricsRequest request, ServerCallContext context) =>
        await desk.CompareAsync(request, await VisibilityAsync(context), owners, context.CancellationToken);

    public override async Task<ExplainValueResponse> ExplainValue(ExplainValueRequest request, ServerCallContext context) =>
        await desk.ExplainAsync(request, await VisibilityAsync(context), owners, context.CancellationToken);

    public override async Task<ListRevisionsResponse> ListRevisions(ListRevisionsRequest request, ServerCallContext context) =>
        await revisions.ListAsync(request, await VisibilityAsync(context), owners, context.CancellationToken);

    public override async Task<DiffObservationsResponse> DiffObservations(DiffObservationsRequest request, ServerCallContext context) =>
        await differences.DiffAsync(request, await VisibilityAsync(context), owners, context.CancellationToken);

    public override async Task<GetAttainmentResponse> GetAttainment(GetAttainmentRequest request, ServerCallContext context) =>
        await attainments.GetAsync(request, await VisibilityAsync(context), owners, context.CancellationToken);

    public override async Task<QueryObservationsResponse> QueryObservations(QueryObservationsRequest request, ServerCallContext context)
    {
        var size = PageSize.Of(request.PageSize, AnswerPage.DefaultRows, AnswerPage.MaxRows);
        var reading = await OpenAsync("observations", request.Filter, request.AsOf, request.PageToken, context);
        var response = new QueryObservationsResponse { Position = reading.Position };
        var page = await reading.ReadAsync(size, context.CancellationToken);
        var rows = page.Rows.Select(row => (row.Cursor, reading.ToMessage(row)));
        if (AnswerPage.Fill(response.Observations, rows, page.NextKey) is { } after)
        {
            reading.After = after;
            response.NextPageToken = reading.Token();
        }
        return response;
    }

    public override async Task StreamObservations(
        StreamObservationsRequest request, IServerStreamWriter<StreamObservationsResponse> responseStream, ServerCallContext context)
    {
        var reading = await OpenAsync("stream", request.Filter, request.AsOf, request.ResumeToken, context);
        var digest = new RowDigest();
        var count = 0L;
        var batch = new ObservationBatch { Position = reading.Position };
        var bytes = 0;
        ObservationPage page;
        do
        {
            page = await reading.ReadAsync(StreamRows, context.CancellationToken);
            foreach (var row in page.Rows)
            {
                var record = reading.ToMessage(row);
                digest.Append(ReportMapping.ToRow(record.Observation));
                batch.Observations.Add(record);
                reading.After = row.Cursor;
                count++;
                bytes += record.CalculateSize();
                if (bytes < BatchBytes) continue;
                await SendAsync();
                // The reader may have taken its time: what is left of the page may have been revoked meanwhile.
                if (!await reading.HasOtherRightsAsync(context.CancellationToken)) continue;
                page = page with { NextKey = row.Cursor };
                break;
            }
        }
        while (page.NextKey is not null);
        if (batch.Observations.Count > 0) await SendAsync();
        var end = new ObservationsEnd { Count = count, Digest = ByteString.CopyFrom(digest.Value), DigestRule = DigestRule.RowsSha256, Position = reading.Position };
        await responseStream.WriteAsync(new StreamObservationsResponse { End = end }, context.CancellationToken);

        async Task SendAsync()
        {
            batch.ResumeToken = reading.Token();
            await responseStream.WriteAsync(new StreamObservationsResponse { Batch = batch }, context.CancellationToken);
            batch = new ObservationBatch { Position = reading.Position };
            bytes = 0;
        }
    }

    private Task<Visibility> VisibilityAsync(ServerCallContext context) =>
        rights.Of(IdentityInterceptor.PrincipalOf(context))(context.CancellationToken);

    /// <summary>A reading that begins, or goes on at the position where it began.</summary>
    private async Task<Reading> OpenAsync(string kind, V1.ObservationFilter? filter, AsOf? asked, string tokenText, ServerCallContext context)
    {
        var caller = IdentityInterceptor.PrincipalOf(context);
        var token = tokens.Read(tokenText, kind, caller.Organization);
        var instant = await asOf.ReadAsync(asked, token, context.CancellationToken);
        var (at, catalog) = instant;
        var found = FilterReader.Read(filter, catalog);
        var query = new CanonicalQuery().Filter(found, filter?.IncludeIllustrative ?? false).AsOf(instant.Asked);
        token?.Check(query);
        return new Reading(
            store, disclosures, owners, found, rights.Of(caller), at.Position, catalog, after => tokens.Write(at.Position, after, query, kind, caller.Organization))
        {
            After = token?.After ?? -1,
        };
    }

    /// <summary>One query at one position, and how far it has come. What the caller may read is asked for each page.</summary>
    private sealed class Reading(
        IExchangeStore store, DisclosureDesk disclosures, ReadOwners owners, Store.ObservationFilter filter, Func<CancellationToken, Task<Visibility>> rights, long position,
        CatalogSnapshot catalog, Func<long, string> tokenAfter)
    {
        private Visibility _visibility = Visibility.Nothing;
        private ObservationMapping _mapping = new(catalog, Disclosure.OfNothing(catalog, Visibility.Nothing));

        public long Position => position;

        public long After { get; set; }

        public async Task<ObservationPage> ReadAsync(int limit, CancellationToken cancellationToken)
        {
            _visibility = await rights(cancellationToken);
            var page = await store.ReadObservationsAsync(filter, _visibility, position, After, limit, cancellationToken);
            owners.Add(page.Rows);
            _mapping = new ObservationMapping(catalog, await disclosures.OfAsync(page.Rows, _visibility, catalog, position, cancellationToken));
            return page;
        }

        public async Task<bool> HasOtherRightsAsync(CancellationToken cancellationToken) =>
            !ReferenceEquals(await rights(cancellationToken), _visibility);

        public ObservationRecord ToMessage(Values.ObservationRevision row) => _mapping.ToMessage(row);

        public string Token() => tokenAfter(After);
    }
}
