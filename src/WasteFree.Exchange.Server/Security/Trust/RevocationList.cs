using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// A certificate revocation list (RFC 5280, 5) as an authority signs it: which of its certificates it takes back. Whole lists
/// alone; one with an extension that is critical and unknown is not read, since it would say less or more than it seems to.
/// </summary>
internal sealed class RevocationList
{
    private const string CrlNumber = "2.5.29.20";
    private const string AuthorityKeyIdentifier = "2.5.29.35";
    private const string ReasonCode = "2.5.29.21";
    private const string InvalidityDate = "2.5.29.24";

    private readonly HashSet<string> _serials;
    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly string _algorithm;

    private RevocationList(Parsed parsed)
    {
        (_serials, _signed, _signature, _algorithm) = (parsed.Serials, parsed.Signed, parsed.Signature, parsed.Algorithm);
        (Issuer, From, Until) = (parsed.Issuer, parsed.From, parsed.Until);
    }

    /// <summary>The distinguished name of who signed it, DER in hexadecimal.</summary>
    public string Issuer { get; }

    public DateTimeOffset From { get; }

    /// <summary>From then on there should be another one.</summary>
    public DateTimeOffset Until { get; }

    /// <param name="der">The list.</param>
    /// <returns>Null: it is none, or says what this reader does not understand.</returns>
    public static RevocationList? Find(ReadOnlyMemory<byte> der)
    {
        try
        {
            return new RevocationList(Parse(der));
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or InvalidDataException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    public bool Revokes(X509Certificate2 certificate) => _serials.Contains(Serial(certificate)) && Convert.ToHexString(certificate.IssuerName.RawData) == Issuer;

    /// <summary>Whether the certificate's holder may sign lists, is the one that it names, and has signed it.</summary>
    public bool IsSignedBy(X509Certificate2 authority)
    {
        if (Convert.ToHexString(authority.SubjectName.RawData) != Issuer) return false;
        if (authority.Extensions.OfType<X509KeyUsageExtension>().Any(usage => !usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign))) return false;
        if (CertificateStrength.HashOf(_algorithm) is not { } hash || !CertificateStrength.HasStrongKey(authority)) return false;
        try
        {
            using var ecdsa = authority.GetECDsaPublicKey();
            if (ecdsa is not null) return CertificateStrength.IsEcdsa(_algorithm) && ecdsa.VerifyData(_signed, _signature, hash, DSASignatureFormat.Rfc3279DerSequence);
            using var rsa = authority.GetRSAPublicKey();
            return rsa is not null && !CertificateStrength.IsEcdsa(_algorithm) && rsa.VerifyData(_signed, _signature, hash, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Leading zeros say nothing.</summary>
    private static string Serial(X509Certificate2 certificate) => Trimmed(certificate.SerialNumberBytes.Span);

    private static string Trimmed(ReadOnlySpan<byte> serial) => Convert.ToHexString(serial.TrimStart((byte)0));

    private static Parsed Parse(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var list = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var signed = list.PeekEncodedValue();
        var content = list.ReadSequence();
        var algorithm = Algorithm(list.ReadSequence());
        var signature = list.ReadBitString(out var unused);
        list.ThrowIfNotEmpty();
        // Extensions are of version 2; a list without a version has none.
        var isVersion2 = content.PeekTag() == Asn1Tag.Integer;
        if (isVersion2 && content.ReadInteger() != 1) throw new InvalidDataException("version");
        // What is signed says the same of how it is signed.
        if (Algorithm(content.ReadSequence()) != algorithm || unused != 0) throw new InvalidDataException("algorithm");
        var issuer = content.ReadEncodedValue();
        var (from, until) = (Time(content), Time(content));
        var serials = new HashSet<string>(StringComparer.Ordinal);
        if (content.HasData && content.PeekTag() == Asn1Tag.Sequence)
        {
            var entries = content.ReadSequence();
            while (entries.HasData)
            {
                var entry = entries.ReadSequence();
                serials.Add(Trimmed(entry.ReadIntegerBytes().Span));
                Time(entry);
                if (entry.HasData) RequireKnown(entry.ReadSequence(), ReasonCode, InvalidityDate);
                entry.ThrowIfNotEmpty();
            }
        }
        if (content.HasData)
        {
            if (!isVersion2) throw new InvalidDataException("version");
            var extensions = content.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
            RequireKnown(extensions.ReadSequence(), CrlNumber, AuthorityKeyIdentifier);
            extensions.ThrowIfNotEmpty();
        }
        content.ThrowIfNotEmpty();
        return new Parsed(Convert.ToHexString(issuer.Span), from, until, serials, signed.ToArray(), signature, algorithm);
    }

    /// <summary>Parameters are none, or NULL; whoever writes others means something else.</summary>
    private static string Algorithm(AsnReader identifier)
    {
        var algorithm = identifier.ReadObjectIdentifier();
        if (identifier.HasData) identifier.ReadNull();
        identifier.ThrowIfNotEmpty();
        return algorithm;
    }

    private static DateTimeOffset Time(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static void RequireKnown(AsnReader extensions, params ReadOnlySpan<string> known)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var name = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            if (isCritical && !known.Contains(name)) throw new InvalidDataException("extension");
        }
    }

    private sealed record Parsed(
        string Issuer, DateTimeOffset From, DateTimeOffset Until, HashSet<string> Serials, byte[] Signed, byte[] Signature, string Algorithm);
}
