using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>The columns of a signature, which are there together or not at all.</summary>
internal static class LedgerSignatures
{
    public static LedgerSignature? Of(string? algorithm, string? keyId, byte[]? value) =>
        algorithm is null || keyId is null || value is null ? null : new LedgerSignature(algorithm, keyId, value);
}
