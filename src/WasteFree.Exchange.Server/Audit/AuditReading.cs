using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using AuditEntry = WasteFree.Exchange.Audit.AuditEntry;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>
/// Logs what is read, where <see cref="AuditRules"/> say so, before the first byte of the answer goes out: an answer with
/// its rows, a stream before it is known how many there will be, and again before the first row of each further organisation.
/// Where the log cannot be written, nothing is read.
/// </summary>
internal sealed class AuditReading(IExchangeStore store, ReadOwners owners, MethodPolicies policies, StoreOutages outages) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var response = await continuation(request, context).ConfigureAwait(false);
        if (IsLogged(request, context)) await LogAsync(request, RowsOf((IMessage)response), isFirst: true, context).ConfigureAwait(false);
        return response;
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(
            request,
            IsLogged(request, context) ? new LoggedWriter<TResponse>(responseStream, isFirst => LogAsync(request, rows: null, isFirst, context)) : responseStream,
            context);

    private bool IsLogged(object request, ServerCallContext context) =>
        IdentityInterceptor.FindPrincipal(context) is { } caller && AuditRules.IsLogged(policies.Of(context.Method).Audit, caller, (IMessage)request);

    private static long? RowsOf(IMessage response) => response switch
    {
        QueryObservationsResponse query => query.Observations.Count,
        DiffObservationsResponse diff => diff.Differences.Count,
        ListRevisionsResponse revisions => revisions.Revisions.Count,
        CompareMetricsResponse compare => compare.Comparisons.Sum(table => table.Cells.Count),
        GetAttainmentResponse attainment => attainment.Attainments.Count,
        ListAuditEntriesResponse audit => audit.Entries.Count,
        _ => null,
    };

    private async Task LogAsync(object request, long? rows, bool isFirst, ServerCallContext context)
    {
        var call = AuditCalls.Of(context);
        string[] of = [.. owners.TakeNew().Where(owner => owner != call.Caller.Organization)];
        if (!isFirst && of.Length == 0) return;
        try
        {
            var entries = AuditEntry.OfReading(call, AuditResources.Of((IMessage)request), rows, of, isFirst);
            await store.AppendAuditAsync(entries, context.CancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            outages.Tell(context.Method, e);
            // Whoever looks what is wrong with the log must not be kept from it by that.
            if (policies.Of(context.Method).Audit == AuditPolicy.ReadingOfLog) return;
            throw Refusals.Of(e, Refusals.AuditUnavailable).ToException();
        }
    }

    /// <summary>A stream has one writer at a time: a message waits for the log, and the others for that.</summary>
    private sealed class LoggedWriter<T>(IServerStreamWriter<T> inner, Func<bool, Task> log) : IServerStreamWriter<T>
    {
        private bool _logged;

        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            await log(!_logged).ConfigureAwait(false);
            _logged = true;
            await inner.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }
    }
}
