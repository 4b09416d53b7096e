using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>
/// Queries and single calls. Every method throws <see cref="ExchangeException"/> where the hub refuses and
/// <see cref="HubUnreachableException"/> where it does not answer. Reads are repeated while the hub is unavailable.
/// </summary>
public sealed partial class ExchangeClient
{
    private readonly ExchangeConnection _connection;
    private readonly CatalogService.CatalogServiceClient _catalog;
    private readonly MetricService.MetricServiceClient _metrics;
    private readonly ReportService.ReportServiceClient _reports;
    private readonly AdminService.AdminServiceClient _admin;
    private readonly AuditService.AuditServiceClient _audit;
    private readonly FeedService.FeedServiceClient _feed;

    internal ExchangeClient(ExchangeConnection connection)
    {
        _connection = connection;
        _catalog = new CatalogService.CatalogServiceClient(connection.Invoker);
        _metrics = new MetricService.MetricServiceClient(connection.Invoker);
        _reports = new ReportService.ReportServiceClient(connection.Invoker);
        _admin = new AdminService.AdminServiceClient(connection.Invoker);
        _audit = new AuditService.AuditServiceClient(connection.Invoker);
        _feed = new FeedService.FeedServiceClient(connection.Invoker);
    }

    /// <summary>Reads the hub's version, limits and head position.</summary>
    public Task<GetServerInfoResponse> GetServerInfoAsync(CancellationToken cancellationToken) =>
        ReadAsync(options => _catalog.GetServerInfoAsync(new GetServerInfoRequest(), options), cancellationToken);

    /// <summary>Lists every version of every indicator.</summary>
    public Task<ListIndicatorsResponse> ListIndicatorsAsync(AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListIndicatorsRequest { AsOf = asOf }, _catalog.ListIndicatorsAsync, cancellationToken);

    /// <summary>Lists the regions.</summary>
    public Task<ListRegionsResponse> ListRegionsAsync(AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListRegionsRequest { AsOf = asOf }, _catalog.ListRegionsAsync, cancellationToken);

    /// <summary>Lists the schemes of regions, each with its members.</summary>
    public Task<ListRegionSchemesResponse> ListRegionSchemesAsync(AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListRegionSchemesRequest { AsOf = asOf }, _catalog.ListRegionSchemesAsync, cancellationToken);

    /// <summary>Lists the categories.</summary>
    public Task<ListCategoriesResponse> ListCategoriesAsync(AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListCategoriesRequest { AsOf = asOf }, _catalog.ListCategoriesAsync, cancellationToken);

    /// <summary>Lists the targets of one region, or of all where <paramref name="region"/> is empty.</summary>
    public Task<ListTargetsResponse> ListTargetsAsync(string region, AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListTargetsRequest { Region = region, AsOf = asOf }, _catalog.ListTargetsAsync, cancellationToken);

    /// <summary>Lists the tasks of yearly plans.</summary>
    public Task<ListTasksResponse> ListTasksAsync(AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListTasksRequest { AsOf = asOf }, _catalog.ListTasksAsync, cancellationToken);

    /// <summary>Lists the organisations.</summary>
    public Task<ListOrganizationsResponse> ListOrganizationsAsync(AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListOrganizationsRequest { AsOf = asOf }, _catalog.ListOrganizationsAsync, cancellationToken);

    /// <summary>Lists the mandates.</summary>
    public Task<ListMandatesResponse> ListMandatesAsync(AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListMandatesRequest { AsOf = asOf }, _catalog.ListMandatesAsync, cancellationToken);

    /// <summary>Lists the bridges between versions of definitions.</summary>
    public Task<ListBridgesResponse> ListBridgesAsync(AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListBridgesRequest { AsOf = asOf }, _catalog.ListBridgesAsync, cancellationToken);

    /// <summary>Lists the densities, which turn volume into mass.</summary>
    public Task<ListDensitiesResponse> ListDensitiesAsync(AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListDensitiesRequest { AsOf = asOf }, _catalog.ListDensitiesAsync, cancellationToken);

    /// <summary>Lists the grants to read that concern the caller's organisation; an administrator sees all.</summary>
    public Task<ListGrantsResponse> ListGrantsAsync(AsOf? asOf, CancellationToken cancellationToken) =>
        JoinAsync(new ListGrantsRequest { AsOf = asOf }, _catalog.ListGrantsAsync, cancellationToken);

    /// <summary>Loads catalogue tables, all or nothing; needs the role <c>admin</c>. Bad rows are an outcome.</summary>
    public Task<LoadCatalogResponse> LoadCatalogAsync(LoadCatalogRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(options => _admin.LoadCatalogAsync(request, options), cancellationToken);

    /// <summary>Compares regions. Reads all pages, and gives each table whole.</summary>
    /// <param name="request">What is compared; its page token is not looked at.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<CompareMetricsResponse> CompareMetricsAsync(CompareMetricsRequest request, CancellationToken cancellationToken)
    {
        var whole = await JoinAsync(request, _metrics.CompareMetricsAsync, cancellationToken).ConfigureAwait(false);
        var parts = whole.Comparisons.ToList();
        whole.Comparisons.Clear();
        foreach (var part in parts)
        {
            if (part.FirstCell == 0) whole.Comparisons.Add(part);
            else whole.Comparisons[^1].Cells.AddRange(part.Cells);
        }
        return whole;
    }

    /// <summary>Tells a number of a comparison back to what was sent, as a tree.</summary>
    public Task<ExplainValueResponse> ExplainValueAsync(ExplainValueRequest request, CancellationToken cancellationToken) =>
        ReadAsync(options => _metrics.ExplainValueAsync(request, options), cancellationToken);

    /// <summary>Holds values against the targets of a region, or of all regions. Reads all pages.</summary>
    public Task<GetAttainmentResponse> GetAttainmentAsync(GetAttainmentRequest request, CancellationToken cancellationToken) =>
        JoinAsync(request, _metrics.GetAttainmentAsync, cancellationToken);

    /// <summary>
    /// Reads the history of one key page by page: every value and withdrawal, by organisation, the oldest first, all pages
    /// at one ledger position.
    /// </summary>
    /// <param name="request">Which key; its page token is the method's own business.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public async IAsyncEnumerable<Revision> ListRevisionsAsync(ListRevisionsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(request, _metrics.ListRevisionsAsync, cancellationToken).ConfigureAwait(false))
            foreach (var revision in page.Revisions) yield return revision;
    }

    /// <summary>
    /// Reads what two instants show differently, in key order, page by page; there is at least one page. All pages tell the
    /// same two positions and catalogue versions.
    /// </summary>
    /// <param name="request">What and since when; its page token is the method's own business.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<DiffObservationsResponse> DiffObservationsAsync(DiffObservationsRequest request, CancellationToken cancellationToken) =>
        PagesAsync(request, _metrics.DiffObservationsAsync, cancellationToken);

    /// <summary>
    /// The name of a report by its content: the same for the same content, and it tells others nothing of it, as a hash would.
    /// </summary>
    /// <param name="organization">The caller's own.</param>
    /// <param name="contentHash">SHA-256 of what is to be sent, 32 bytes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The resource name.</returns>
    public async Task<string> NameReportAsync(string organization, ReadOnlyMemory<byte> contentHash, CancellationToken cancellationToken)
    {
        var request = new NameReportRequest { Parent = $"organizations/{organization}", ContentHash = ByteString.CopyFrom(contentHash.Span) };
        return (await ReadAsync(options => _reports.NameReportAsync(request, options), cancellationToken).ConfigureAwait(false)).Name;
    }

    /// <summary>Reads one report by its resource name.</summary>
    public async Task<Report> GetReportAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await ReadAsync(options => _reports.GetReportAsync(new GetReportRequest { Name = name }, options), cancellationToken)
            .ConfigureAwait(false);
        return answer.Report;
    }

    /// <summary>Gives up an unfinished upload; its rows are dropped and its name is free again.</summary>
    public async Task<Report> AbortReportAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await ChangeAsync(options => _reports.AbortReportAsync(new AbortReportRequest { Name = name }, options), cancellationToken)
            .ConfigureAwait(false);
        return answer.Report;
    }

    /// <summary>Withdraws a committed report; repeating it changes nothing.</summary>
    public Task<WithdrawReportResponse> WithdrawReportAsync(string name, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(options => _reports.WithdrawReportAsync(new WithdrawReportRequest { Name = name, Reason = reason }, options), cancellationToken);

    /// <summary>
    /// Retracts a report that was committed: nobody else is told its values any more, at any instant. Repeating it changes nothing.
    /// </summary>
    public Task<RetractReportResponse> RetractReportAsync(string name, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(options => _reports.RetractReportAsync(new RetractReportRequest { Name = name, Reason = reason }, options), cancellationToken);

    /// <summary>Reads every finding of a report's last attempt, in row order, page by page.</summary>
    public async IAsyncEnumerable<Finding> ListFindingsAsync(string report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(new ListFindingsRequest { Parent = report }, _reports.ListFindingsAsync, cancellationToken).ConfigureAwait(false))
            foreach (var finding in page.Findings) yield return finding;
    }

    /// <summary>Reads observations page by page, in key order, all pages at one ledger position.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="asOf">Instant; null: the latest.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async IAsyncEnumerable<ObservationRecord> QueryObservationsAsync(
        ObservationFilter filter, AsOf? asOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new QueryObservationsRequest { Filter = filter, AsOf = asOf };
        await foreach (var page in PagesAsync(request, _metrics.QueryObservationsAsync, cancellationToken).ConfigureAwait(false))
            foreach (var record in page.Observations) yield return record;
    }

    /// <summary>
    /// Streams observations in key order at one ledger position, in constant memory. Resumes after a lost connection
    /// without repeating or missing a row, and checks count and digest at the end.
    /// </summary>
    /// <param name="filter">Which.</param>
    /// <param name="asOf">Instant; null: the latest.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="InvalidDataException">Count or digest at the end do not match the rows received.</exception>
    public IAsyncEnumerable<ObservationBatch> StreamObservationsAsync(
        ObservationFilter filter, AsOf? asOf, CancellationToken cancellationToken) =>
        new ObservationStream(_metrics, _connection.Options, filter, asOf).ReadAsync(cancellationToken);

    /// <summary>
    /// Follows the ledger for as long as it is read. Reconnects by itself after lost connections, restarts and drains of
    /// the hub, with the last token, so that every change comes once and in order, on whichever hub of the store.
    /// </summary>
    /// <remarks>
    /// A change comes in parts: apply it when <c>last</c> is true, and keep <c>resume_token</c> with what was applied.
    /// After a break within a change its parts go on where they ended; no row comes twice. A snapshot has a token in every
    /// part, and goes on after the last one, at the same position. <c>WatchGoAway</c> is not handed out.
    /// </remarks>
    /// <exception cref="ExchangeException">
    /// The hub refused: <c>LEDGER_REWOUND</c> (the database was restored from an older copy: drop what is known and start
    /// with a snapshot), <c>RESUME_TOKEN_INVALID</c> (the token is of another filter, caller or store), and others.
    /// </exception>
    /// <exception cref="HubUnreachableException">No word for <see cref="ConnectionOptions.GiveUpAfter"/>.</exception>
    public IAsyncEnumerable<WatchResponse> WatchAsync(WatchSubscription subscription, CancellationToken cancellationToken) =>
        new LedgerWatch(_feed, _connection.Options, subscription).ReadAsync(cancellationToken);

    private IAsyncEnumerable<TPage> PagesAsync<TRequest, TPage>(
        TRequest request, Func<TRequest, CallOptions, AsyncUnaryCall<TPage>> call, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, IDeepCloneable<TRequest>
        where TPage : IMessage =>
        Pages.ReadAsync(request, (asked, token) => ReadAsync(options => call(asked, options), token), cancellationToken);

    private Task<TPage> JoinAsync<TRequest, TPage>(
        TRequest request, Func<TRequest, CallOptions, AsyncUnaryCall<TPage>> call, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, IDeepCloneable<TRequest>
        where TPage : IMessage<TPage>, new() =>
        Pages.JoinAsync(request, (asked, token) => ReadAsync(options => call(asked, options), token), cancellationToken);

    private Task<T> ReadAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        CallAsync(call, _connection.Options.ReadDeadline, cancellationToken);

    private Task<T> ChangeAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        CallAsync(call, _connection.Options.ChangeDeadline, cancellationToken);

    private async Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> start, TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = (_connection.Options.Time.GetUtcNow() + limit).UtcDateTime;
        try
        {
            using var call = start(new CallOptions(deadline: deadline, cancellationToken: cancellationToken));
            return await call.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw HubErrors.From(exception);
        }
    }
}
