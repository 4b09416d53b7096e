using System.Runtime.CompilerServices;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <content>What proves the hub: its ledger and its audit log.</content>
public sealed partial class ExchangeClient
{
    /// <summary>Checks the whole ledger; needs the role <c>admin</c>. Faults are an outcome.</summary>
    /// <param name="request">Keys that signed before the hub's present one.</param>
    /// <param name="progress">Told how far it has come; null: nobody.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public Task<VerifyLedgerResult> VerifyLedgerAsync(VerifyLedgerRequest request, IProgress<VerifyLedgerProgress>? progress, CancellationToken cancellationToken) =>
        CheckAsync(() => _admin.VerifyLedger(request, cancellationToken: cancellationToken), message => message.Result, message => progress?.Report(message.Progress), cancellationToken);

    /// <summary>Lists the audit log, newest entries first, page by page; needs the role <c>auditor</c>.</summary>
    /// <param name="request">Which entries; its page token is not looked at.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public async IAsyncEnumerable<AuditEntry> ListAuditEntriesAsync(
        ListAuditEntriesRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in ListAuditPagesAsync(request, cancellationToken).ConfigureAwait(false))
            foreach (var entry in page.Entries) yield return entry;
    }

    /// <summary>The same by pages; the first one has the end of the log up to which there are entries.</summary>
    /// <inheritdoc cref="ListAuditEntriesAsync"/>
    public IAsyncEnumerable<ListAuditEntriesResponse> ListAuditPagesAsync(ListAuditEntriesRequest request, CancellationToken cancellationToken) =>
        PagesAsync(request, _audit.ListAuditEntriesAsync, cancellationToken);

    /// <summary>Checks the whole audit log; needs the role <c>auditor</c>. Faults are an outcome.</summary>
    /// <param name="progress">Told how far it has come; null: nobody.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public Task<VerifyAuditResult> VerifyAuditAsync(IProgress<VerifyAuditProgress>? progress, CancellationToken cancellationToken) =>
        CheckAsync(() => _audit.VerifyAudit(new VerifyAuditRequest(), cancellationToken: cancellationToken), message => message.Result, message => progress?.Report(message.Progress), cancellationToken);

    /// <summary>A check tells how far it has come, and last its result.</summary>
    private static async Task<TResult> CheckAsync<TMessage, TResult>(
        Func<AsyncServerStreamingCall<TMessage>> start, Func<TMessage, TResult?> resultOf, Action<TMessage> report, CancellationToken cancellationToken)
        where TResult : class
    {
        try
        {
            using var call = start();
            while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                var message = call.ResponseStream.Current;
                if (resultOf(message) is { } result) return result;
                report(message);
            }
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw HubErrors.From(exception);
        }
        throw new HubUnreachableException("The hub ended the check without a result.");
    }
}
