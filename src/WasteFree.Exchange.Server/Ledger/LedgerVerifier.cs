using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Verification;
using LedgerFault = WasteFree.Exchange.V1.LedgerFault;
using VerifyStage = WasteFree.Exchange.V1.VerifyStage;

namespace WasteFree.Exchange.Server.Ledger;

/// <summary>Runs one verification for a caller and tells how it goes.</summary>
internal sealed class LedgerVerifier(IExchangeStore store, ILedgerSigner signer, TimeProvider time)
{
    private const int MaxFaults = 1_000;

    /// <summary>Often enough for a progress bar, seldom enough to cost nothing.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    private const int MostKeys = 100;

    public async Task RunAsync(VerifyLedgerRequest request, IServerStreamWriter<VerifyLedgerResponse> responses, CancellationToken cancellationToken)
    {
        var verification = new LedgerVerification(store, [signer.PublicKey, .. ReadKeys(request)]);
        var result = new VerifyLedgerResult();
        try
        {
            await CheckAsync(verification, result, responses, cancellationToken);
        }
        catch (StoreUnavailableException e) when (e.Trouble == StoreTrouble.Damaged)
        {
            // What could not be read is a fault as well, and what was found until then is told.
            result.TotalSize++;
            result.Faults.Add(ToMessage(Verification.LedgerFault.Damaged("its pages cannot be read")));
        }

        var chain = verification.Chain;
        result.Position = chain.Position;
        result.EntryHash = UnsafeByteOperations.UnsafeWrap(chain.EntryHash);
        result.EntryCount = chain.Entries;
        result.SignedCount = chain.Signed;
        result.UnsignedCount = chain.Unsigned;
        result.PagesChecked = verification.PagesChecked;
        result.UnknownKeys.AddRange(chain.UnknownKeys.Select(key => new UnknownSigningKey { KeyId = key.Key, EntryCount = key.Value }));
        await responses.WriteAsync(new VerifyLedgerResponse { Result = result }, cancellationToken);
    }

    private async Task CheckAsync(
        LedgerVerification verification, VerifyLedgerResult result, IServerStreamWriter<VerifyLedgerResponse> responses, CancellationToken cancellationToken)
    {
        long? told = null;
        await foreach (var step in verification.RunAsync(cancellationToken))
        {
            switch (step)
            {
                case VerifyStep.Found found:
                    if (result.TotalSize++ < MaxFaults) result.Faults.Add(ToMessage(found.Fault));
                    break;
                case VerifyStep.Progress progress:
                    var message = new VerifyLedgerProgress { Stage = (VerifyStage)progress.Stage, ItemCount = progress.Checked, FaultCount = result.TotalSize };
                    Count(result, message);
                    if (told is { } last && time.GetElapsedTime(last) < ProgressInterval) break;
                    told = time.GetTimestamp();
                    await responses.WriteAsync(new VerifyLedgerResponse { Progress = message }, cancellationToken);
                    break;
            }
        }
    }

    private static IEnumerable<byte[]> ReadKeys(VerifyLedgerRequest request)
    {
        if (request.PublicKeys.Count > MostKeys)
            throw Refusal.FieldInvalid("public_keys", $"至多 {MostKeys} 个。", $"at most {MostKeys}.").ToException();
        return request.PublicKeys.Select((key, i) => EcdsaP256.IsPublicKey(key.Span)
            ? key.ToByteArray()
            : throw Refusal.FieldInvalid($"public_keys[{i}]", "应为 P-256 公钥（SubjectPublicKeyInfo，DER）。", "expected a public key on P-256 (SubjectPublicKeyInfo, DER).").ToException());
    }

    /// <summary>Keeps the last progress of each stage: at the end these are the totals.</summary>
    private static void Count(VerifyLedgerResult result, VerifyLedgerProgress progress)
    {
        if (progress.Stage == VerifyStage.Pages) return;
        if (result.Totals is [.., var last] && last.Stage == progress.Stage) result.Totals[^1] = progress;
        else result.Totals.Add(progress);
    }

    /// <summary>The kinds have the same numbers in the core and in the contract; a test compares them.</summary>
    private static LedgerFault ToMessage(Verification.LedgerFault fault) => new()
    {
        Kind = (V1.LedgerFaultKind)fault.Kind,
        Position = fault.Position,
        Subject = fault.Subject,
        MessageZh = fault.MessageZh,
        MessageEn = fault.MessageEn,
    };
}
