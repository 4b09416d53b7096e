using System.Formats.Asn1;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Whom a client certificate stands for: the caller that its public key is pinned to; or, where an authority of the hub
/// issued it for client authentication, the caller that its subject alternative name says,
/// <c>urn:wastefree-exchange:caller:NAME</c>. Nothing else in it counts.
/// </summary>
internal sealed class ClientCertificates(TrustStore trust, TimeProvider time)
{
    public const string NamePrefix = "urn:wastefree-exchange:caller:";

    private const string AlternativeNames = "2.5.29.17";

    /// <summary>A connection shows one certificate for all of its calls: the costly part is done once.</summary>
    private readonly ConditionalWeakTable<X509Certificate2, Found> _found = [];

    public Caller Find(X509Certificate2 certificate)
    {
        var now = trust.Current;
        if (!_found.TryGetValue(certificate, out var found) || found.By != now)
        {
            found = Look(certificate, now);
            _found.AddOrUpdate(certificate, found);
        }
        return Of(found, certificate);
    }

    private Caller Of(Found found, X509Certificate2 certificate)
    {
        List<string> names = found.Entry is { } named ? [CredentialNames.Caller(named.Name)] : [];
        if (found.Fingerprint.Length > 0) names.Add(CredentialNames.Certificate(found.Fingerprint));
        Caller Refuse(Refusal refusal) => new(CallerEntries.Nobody(names)) { Refusal = refusal };

        if (found.Entry is not { } entry || found.By.IsDenied(names, entry.Organization)) return Refuse(CredentialRefusals.Refused);
        var (from, to) = (new DateTimeOffset(certificate.NotBefore.ToUniversalTime()), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        var instant = time.GetUtcNow();
        if (instant >= to) return Refuse(CredentialRefusals.Expired(to));
        if (instant < from) return Refuse(CredentialRefusals.NotYet(from));
        return new Caller(CallerEntries.Somebody(entry, names, entry.Roles)) { Expires = to, Again = () => ValueTask.FromResult(Find(certificate)) };
    }

    private Found Look(X509Certificate2 certificate, Trust now)
    {
        try
        {
            var fingerprint = CredentialNames.Fingerprint(certificate);
            if (!CertificateStrength.IsForClients(certificate) || !CertificateStrength.HasStrongKey(certificate) || !CertificateStrength.HasStrongSignature(certificate))
                return new Found(now, fingerprint, null);
            var entry = now.FindByFingerprint(fingerprint);
            if (entry is null && NameOf(certificate) is { } name && IsIssued(certificate, now)) entry = now.Access.Find(name);
            return new Found(now, fingerprint, entry);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return new Found(now, "", null);
        }
    }

    /// <summary>
    /// Whether an authority of the hub vouches for it. The holder's own days are looked at apart, so that one who comes late
    /// is told so; those of the authority count here.
    /// </summary>
    private bool IsIssued(X509Certificate2 certificate, Trust now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(now.Authorities);
        chain.ChainPolicy.ExtraStore.AddRange(now.Authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(CertificateStrength.ClientAuthentication));
        // Denial is the hub's own list; nothing is fetched at the word of a certificate.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        try
        {
            var instant = time.GetUtcNow().UtcDateTime;
            return chain.Build(certificate)
                && chain.ChainElements.All(element => CertificateStrength.HasStrongKey(element.Certificate))
                && chain.ChainElements.SkipLast(1).All(element => CertificateStrength.HasStrongSignature(element.Certificate))
                && chain.ChainElements.Skip(1).All(element => element.Certificate.NotBefore.ToUniversalTime() <= instant && instant < element.Certificate.NotAfter.ToUniversalTime());
        }
        finally
        {
            foreach (var element in chain.ChainElements) element.Certificate.Dispose();
        }
    }

    private static string? NameOf(X509Certificate2 certificate)
    {
        if (certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == AlternativeNames) is not { } extension) return null;
        var uri = new Asn1Tag(TagClass.ContextSpecific, 6);
        var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        var found = new List<string>();
        while (names.HasData)
        {
            if (!names.PeekTag().HasSameClassAndValue(uri))
            {
                names.ReadEncodedValue();
                continue;
            }
            var text = names.ReadCharacterString(UniversalTagNumber.IA5String, uri);
            if (text.StartsWith(NamePrefix, StringComparison.Ordinal)) found.Add(text[NamePrefix.Length..]);
        }
        // Of two names neither is the one.
        return found is [var name] ? name : null;
    }

    private sealed record Found(Trust By, string Fingerprint, AccessCaller? Entry);
}
