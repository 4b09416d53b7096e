using System.Runtime.CompilerServices;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Verification;

/// <summary>
/// Checks the whole ledger once: first the pages of the database, then the chain here, then what rests on it in the store. It reads pages and holds nothing between
/// them, so that the writer goes on; entries that come meanwhile are checked too.
/// </summary>
public sealed class LedgerVerification(IExchangeStore store, params IReadOnlyList<byte[]> publicKeys)
{
    private const int PageEntries = 500;

    /// <summary>What the chain has come to; complete when <see cref="RunAsync"/> has ended.</summary>
    public LedgerChain Chain { get; } = new(publicKeys);

    /// <summary>The database has looked through its pages; false: only its administrator can have it do so.</summary>
    public bool PagesChecked { get; private set; }

    /// <summary>Gives every fault, and between pages how far it has come.</summary>
    public async IAsyncEnumerable<VerifyStep> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new VerifyStep.Progress(VerifyStage.Pages, 0);
        var pages = await store.CheckPagesAsync(cancellationToken).ConfigureAwait(false);
        PagesChecked = pages is not null;
        foreach (var page in pages ?? []) yield return new VerifyStep.Found(LedgerFault.Damaged(page));
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
