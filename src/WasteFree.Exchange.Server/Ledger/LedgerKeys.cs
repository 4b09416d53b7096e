using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server.Ledger;

/// <summary>
/// The keys that have signed the ledger. A ledger only grows: what was read of it is kept, and only what has come since is read.
/// </summary>
internal sealed class LedgerKeys(IExchangeStore store, ILedgerSigner signer)
{
    private Known _known = new(0, []);

    /// <summary>Of the whole ledger, the newest first; the one that signs now is among them.</summary>
    /// <param name="head">Last position of the ledger.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<LedgerKeyUse>> ReadAsync(long head, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        if (head > known.Position)
        {
            var later = await store.ListLedgerKeysAsync(known.Position, cancellationToken).ConfigureAwait(false);
            known = new Known(later.Select(key => key.LastPosition).Append(head).Max(), Join([.. known.Keys, .. later]));
            Volatile.Write(ref _known, known);
        }
        return known.Keys.Any(key => key.KeyId == signer.KeyId) ? known.Keys : [Unused(), .. known.Keys];
    }

    private static List<LedgerKeyUse> Join(IEnumerable<LedgerKeyUse> uses) =>
        [.. uses.GroupBy(use => use.KeyId)
            .Select(same => same.First() with { FirstPosition = same.Min(use => use.FirstPosition), LastPosition = same.Max(use => use.LastPosition) })
            .OrderByDescending(use => use.LastPosition)];

    private LedgerKeyUse Unused() => new() { KeyId = signer.KeyId, Algorithm = signer.Algorithm, FirstPosition = 0, LastPosition = 0 };

    private sealed record Known(long Position, IReadOnlyList<LedgerKeyUse> Keys);
}
