using System.Runtime.CompilerServices;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Verification;

/// <summary>
/// Checks the whole ledger once: the chain here, what rests on it in the store. It reads pages and holds nothing between
/// them, so that the writer goes on; entries that come meanwhile are checked too.
/// </summary>
public sealed class LedgerVerification(IExchangeStore store, ILedgerSigner key)
{
    private const int PageEntries = 500;

    /// <summary>What the chain has come to; complete when <see cref="RunAsync"/> has ended.</summary>
    public LedgerChain Chain { get; } = new(key.KeyId, key.PublicKey);

    /// <summary>Gives every fault, and between pages how far it has come.</summary>
    public async IAsyncEnumerable<VerifyStep> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var faults = new List<LedgerFault>();
        while (await store.ReadLedgerAsync(Chain.Position, PageEntries, cancellationToken).ConfigureAwait(false) is { Count: > 0 } entries)
        {
            foreach (var entry in entries) Chain.Check(entry, faults);
            foreach (var fault in faults) yield return new VerifyStep.Found(fault);
            faults.Clear();
            yield return new VerifyStep.Progress(VerifyStage.Chain, Chain.Entries);
        }
        await foreach (var step in store.VerifyAsync(cancellationToken).ConfigureAwait(false)) yield return step;
    }
}
