namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// The rule by which a certificate or token is refused. The hub's log and its audit log name it; its holder is never told.
/// </summary>
internal enum CredentialRule
{
    CertificateUnreadable,
    CertificateUse,
    CertificateKeyWeak,
    CertificateSignatureWeak,
    CertificateNameless,
    CertificateAuthorityUnknown,
    CertificateAuthorityEnded,
    CertificateCallerUnknown,
    CertificateRevoked,
    CertificateDenied,
    CertificateEnded,
    CertificateNotBegun,
    TokenUnreadable,
    TokenIssuerUnknown,
    TokenExtensionCritical,
    TokenAlgorithm,
    TokenKeyUnknown,
    TokenSignature,
    TokenAudience,
    TokenEndMissing,
    TokenDenied,
    TokenEnded,
    TokenNotBegun,
    TokenLifeTooLong,
    TokenOrganization,
    TokenIssuerUnavailable,
    AuthorityChanged,
}
