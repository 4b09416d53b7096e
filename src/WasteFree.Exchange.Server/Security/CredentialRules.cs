namespace WasteFree.Exchange.Server.Security;

/// <summary>The rules of <see cref="CredentialRule"/> in words, for the hub's operator: one table.</summary>
internal static class CredentialRules
{
    /// <summary>As the audit log writes it before the names of a credential: <c>refused:TokenAudience</c>.</summary>
    public static string Name(CredentialRule rule) => $"refused:{rule}";

    public static string Words(CredentialRule rule) => rule switch
    {
        CredentialRule.CertificateUnreadable => "the certificate cannot be parsed",
        CredentialRule.CertificateUse => "the certificate's extended key usage does not include client authentication",
        CredentialRule.CertificateKeyWeak => "the key of the certificate, or of one above it, is RSA of less than 2048 bits or another kind than RSA and ECDSA",
        CredentialRule.CertificateSignatureWeak => "the certificate, or one above it, is signed with another algorithm than ECDSA or RSA (PKCS#1) over SHA-256, 384 or 512",
        CredentialRule.CertificateNameless => "the certificate is not pinned, and its subject alternative name has not exactly one urn:wastefree-exchange:caller:NAME",
        CredentialRule.CertificateAuthorityUnknown => "no authority of ca.pem has issued the certificate",
        CredentialRule.CertificateAuthorityEnded => "the authority of the certificate has ended or not begun",
        CredentialRule.CertificateCallerUnknown => "access.json has no caller of the name in the certificate",
        CredentialRule.CertificateRevoked => "the revocation list of its authority (crl.pem) has the certificate, or one above it",
        CredentialRule.CertificateDenied => "access.json denies the certificate, its key, its caller or its organisation",
        CredentialRule.CertificateEnded => "the certificate has ended",
        CredentialRule.CertificateNotBegun => "the certificate is not valid yet",
        CredentialRule.TokenUnreadable => "the token is no JWT of at most 8 KB with an issuer",
        CredentialRule.TokenIssuerUnknown => "access.json has neither a caller with keys nor an issuer of the token's name",
        CredentialRule.TokenExtensionCritical => "the token's header has crit",
        CredentialRule.TokenAlgorithm => "the token's algorithm is not taken, or fits none of the issuer's keys",
        CredentialRule.TokenKeyUnknown => "the token names a key that its issuer does not publish",
        CredentialRule.TokenSignature => "the token's signature is not that of a key of its issuer",
        CredentialRule.TokenAudience => "the token is for another audience than this hub's",
        CredentialRule.TokenEndMissing => "the token has no end",
        CredentialRule.TokenDenied => "access.json denies the token, its subject, its issuer, its caller or its organisation",
        CredentialRule.TokenEnded => "the token has ended",
        CredentialRule.TokenNotBegun => "the token is not valid yet",
        CredentialRule.TokenLifeTooLong => "the token lives longer than a day",
        CredentialRule.TokenOrganization => "the token names an organisation that its issuer may not speak for",
        CredentialRule.TokenIssuerUnavailable => "the keys of the token's issuer could not be fetched",
        CredentialRule.AuthorityChanged => "the credential stands for another organisation or other roles than when its stream began",
    };
}
