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
internal sealed class ClientCertificates(TrustStore trust, CredentialLog log, TimeProvider time)
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
        if (found.Entry is not { } entry) return log.Refuse(names, found.Rule);
        var (from, to) = (new DateTimeOffset(certificate.NotBefore.ToUniversalTime()), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        var instant = time.GetUtcNow();
        var denial = found.By.Denials.Of(names.Append(CredentialNames.Single(CredentialNames.FingerprintOfAll(certificate))), entry.Organization);
        if (denial <= instant) return log.Refuse(names, CredentialRule.CertificateDenied);
        if (instant >= to) return log.Refuse(names, CredentialRule.CertificateEnded, CredentialRefusals.Expired(to));
        if (instant < from) return log.Refuse(names, CredentialRule.CertificateNotBegun, CredentialRefusals.NotYet(from));
        // A denial that is to come is an end, too.
        return new Caller(CallerEntries.Somebody(entry, names, entry.Roles)) { Expires = denial < to ? denial : to, Again = () => ValueTask.FromResult(Find(certificate)) };
    }

    private Found Look(X509Certificate2 certificate, Trust now)
    {
        try
        {
            var fingerprint = CredentialNames.Fingerprint(certificate);
            var (entry, rule) = Examine(certificate, fingerprint, now);
            return new Found(now, fingerprint, entry, rule);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return new Found(now, "", null, CredentialRule.CertificateUnreadable);
        }
    }

    /// <returns>The caller; where there is none, the rule by which.</returns>
    private (AccessCaller? Entry, CredentialRule Rule) Examine(X509Certificate2 certificate, string fingerprint, Trust now)
    {
        if (!CertificateStrength.IsForClients(certificate)) return (null, CredentialRule.CertificateUse);
        if (!CertificateStrength.HasStrongKey(certificate)) return (null, CredentialRule.CertificateKeyWeak);
        if (!CertificateStrength.HasStrongSignature(certificate)) return (null, CredentialRule.CertificateSignatureWeak);
        if (now.Revocations.Revoke(certificate)) return (null, CredentialRule.CertificateRevoked);
        if (now.FindByFingerprint(fingerprint) is { } pinned) return (pinned, default);
        if (NameOf(certificate) is not { } name) return (null, CredentialRule.CertificateNameless);
        if (FaultOfIssue(certificate, now) is { } fault) return (null, fault);
        return (now.Access.Find(name), CredentialRule.CertificateCallerUnknown);
    }

    /// <summary>
    /// Whether an authority of the hub vouches for it. The holder's own days are looked at apart, so that one who comes late
    /// is told so; those of the authority count here.
    /// </summary>
    /// <returns>Null: it does.</returns>
    private CredentialRule? FaultOfIssue(X509Certificate2 certificate, Trust now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(now.Authorities);
        chain.ChainPolicy.ExtraStore.AddRange(now.Authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(CertificateStrength.ClientAuthentication));
        // What is revoked is the hub's own list and the files beside it; nothing is fetched at the word of a certificate.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        try
        {
            if (!chain.Build(certificate))
            {
                var isForOthers = chain.ChainStatus.Any(status => status.Status == X509ChainStatusFlags.NotValidForUsage);
                return isForOthers ? CredentialRule.CertificateUse : CredentialRule.CertificateAuthorityUnknown;
            }
            X509Certificate2[] path = [.. chain.ChainElements.Select(element => element.Certificate)];
            if (!path.All(CertificateStrength.HasStrongKey)) return CredentialRule.CertificateKeyWeak;
            if (!path.SkipLast(1).All(CertificateStrength.HasStrongSignature)) return CredentialRule.CertificateSignatureWeak;
            if (path.Any(now.Revocations.Revoke)) return CredentialRule.CertificateRevoked;
            var instant = time.GetUtcNow().UtcDateTime;
            var stands = path.Skip(1).All(above => above.NotBefore.ToUniversalTime() <= instant && instant < above.NotAfter.ToUniversalTime());
            return stands ? null : CredentialRule.CertificateAuthorityEnded;
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

    /// <param name="Rule">Why there is no entry.</param>
    private sealed record Found(Trust By, string Fingerprint, AccessCaller? Entry, CredentialRule Rule);
}
