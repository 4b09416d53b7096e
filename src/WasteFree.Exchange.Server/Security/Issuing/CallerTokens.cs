using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Tokens that a caller signs with a key of its own, whose public half is in the hub's access list.</summary>
public static class CallerTokens
{
    /// <summary>Makes a token.</summary>
    /// <param name="keyPem">P-256 or RSA private key, PEM.</param>
    /// <param name="caller">The caller's name in the access list.</param>
    /// <param name="audience">The hub's audience.</param>
    /// <param name="subject">Who uses it, for the audit log; null: nobody in particular.</param>
    /// <param name="roles">Fewer roles than the caller has; null: all of them.</param>
    /// <param name="now">The time.</param>
    /// <param name="life">How long it is valid.</param>
    /// <exception cref="ArgumentException">The text holds no such key.</exception>
    public static CallerToken Make(
        string keyPem, string caller, string audience, string? subject, IReadOnlyList<string>? roles, DateTimeOffset now, TimeSpan life)
    {
        var id = Guid.NewGuid().ToString("N");
        var claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Jti] = id };
        if (subject is not null) claims[JwtRegisteredClaimNames.Sub] = subject;
        if (roles is not null) claims["roles"] = roles;
        using var key = Read(keyPem);
        var text = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = caller,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + life).UtcDateTime,
            Claims = claims,
            SigningCredentials = key switch
            {
                ECDsa ecdsa => new SigningCredentials(new ECDsaSecurityKey(ecdsa), SecurityAlgorithms.EcdsaSha256) { CryptoProviderFactory = NoCache() },
                RSA rsa => new SigningCredentials(new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256) { CryptoProviderFactory = NoCache() },
                _ => throw new ArgumentException("no key"),
            },
        });
        return new CallerToken(text, id, now + life);
    }

    /// <summary>The key is gone after use; a cached signer would be left with it.</summary>
    private static CryptoProviderFactory NoCache() => new() { CacheSignatureProviders = false };

    private static AsymmetricAlgorithm Read(string pem)
    {
        foreach (var make in new Func<AsymmetricAlgorithm>[] { ECDsa.Create, RSA.Create })
        {
            var key = make();
            try
            {
                key.ImportFromPem(pem);
                if (key is RSA || key.KeySize == 256) return key;
            }
            catch (Exception e) when (e is ArgumentException or CryptographicException)
            {
                // Another kind of key, or none.
            }
            key.Dispose();
        }
        throw new ArgumentException("文件中没有P-256或RSA私钥（PEM）。 The file holds no P-256 or RSA private key in PEM.");
    }
}
