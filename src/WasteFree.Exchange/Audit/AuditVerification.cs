using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Audit;

/// <summary>
/// Checks the whole audit log once, up to the head that it finds at the start: the hub goes on logging meanwhile. Only the
/// owner of the hub's key can sign a head, so that whoever changes, removes, adds or reorders entries in the database, at
/// the end too, is found, even if all hashes are made anew.
/// </summary>
public sealed class AuditVerification(IExchangeStore store, ILedgerSigner key)
{
    private const int PageEntries = 1_000;

    public AuditChain Chain { get; } = new();

    /// <summary>Gives the faults of each page of entries, none for most; <see cref="Chain"/> says how far it has come.</summary>
    public async IAsyncEnumerable<IReadOnlyList<AuditFault>> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = await store.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
        var last = head?.Position ?? long.MaxValue;
        while (Chain.Position < last
            && await store.ReadAuditAsync(Chain.Position, PageEntries, cancellationToken).ConfigureAwait(false) is { Count: > 0 } records)
        {
            var faults = new List<AuditFault>();
            foreach (var record in records.Where(record => record.Position <= last)) Chain.Check(record, faults);
            yield return faults;
            if (records[^1].Position > last) break;
        }
        yield return [.. CheckHead(head)];
    }

    private IEnumerable<AuditFault> CheckHead(AuditHead? head)
    {
        // The hub that checks has noted that it started: no log is empty.
        if (head is null or { Position: 0 })
        {
            yield return new AuditFault(AuditFaultKind.HeadMismatch, Chain.Position, "审计日志的头记录缺失。", "The head of the audit log is missing.");
            yield break;
        }
        if (head.Position != Chain.Position || head.LastEntry != head.Position || !head.Hash.AsSpan().SequenceEqual(Chain.Hash))
            yield return new AuditFault(
                AuditFaultKind.HeadMismatch,
                head.Position,
                $"审计日志的头（{head.Position}）与最后一条记录（{head.LastEntry}）不符。",
                $"The head of the audit log ({head.Position}) is not its last entry ({head.LastEntry}).");
        if (!IsSigned(head))
            yield return new AuditFault(
                AuditFaultKind.SignatureInvalid,
                head.Position,
                "审计日志的头没有本服务密钥的有效签名。",
                "The head of the audit log has no valid signature of this hub's key.");
    }

    private bool IsSigned(AuditHead head)
    {
        if (head.Signature is not { } signature || signature.Algorithm != key.Algorithm || signature.KeyId != key.KeyId) return false;
        try
        {
            return EcdsaP256.Verify(head.Hash, signature.Value, key.PublicKey);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
