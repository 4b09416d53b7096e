namespace WasteFree.Exchange.Store;

/// <summary>Signs the hash of each ledger entry, and of the last audit entry, within the transaction that writes it.</summary>
public interface ILedgerSigner
{
    /// <summary>For example <c>ECDSA-P256-SHA256</c>.</summary>
    string Algorithm { get; }

    /// <summary>Names the key: the first 16 hexadecimal digits of SHA-256 over the public key.</summary>
    string KeyId { get; }

    /// <summary>The public key, SubjectPublicKeyInfo in DER.</summary>
    byte[] PublicKey { get; }

    byte[] Sign(ReadOnlySpan<byte> entryHash);
}

/// <summary>A signature over the hash of a ledger entry.</summary>
public sealed record LedgerSignature(string Algorithm, string KeyId, byte[] Value);
