namespace WasteFree.Exchange.Server.Security;

/// <summary>A certificate in the register of what was issued.</summary>
public sealed record IssuedEntry
{
    /// <summary>The caller of the access list; the hub's own: <see cref="Hub"/>.</summary>
    public required string Caller { get; init; }

    /// <summary>SHA-256 of the whole certificate.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>SHA-256 of its public key (SPKI).</summary>
    public required string Key { get; init; }

    /// <summary>Serial number, hexadecimal, as a revocation list names it.</summary>
    public required string Serial { get; init; }

    /// <summary>When it begins.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Another one took its place then; null: none did.</summary>
    public DateTimeOffset? Replaced { get; init; }

    /// <summary>No caller is named so: it has a blank.</summary>
    internal const string Hub = "the hub";

    internal static IssuedEntry Of(string caller, IssuedCertificate certificate) => new()
    {
        Caller = caller,
        Fingerprint = certificate.CertificateFingerprint,
        Key = certificate.Fingerprint,
        Serial = certificate.Serial,
        Start = certificate.Start,
        End = certificate.End,
    };
}
