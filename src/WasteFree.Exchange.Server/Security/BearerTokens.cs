using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Whom a token (JWT) stands for. Its <c>iss</c> is either a caller that has keys of its own, or a registered issuer; either way it
/// must be signed by a key pair of theirs, be for this hub's audience and have an end, within a day of when it was made. Its roles count as far as the access
/// list gives them.
/// </summary>
internal sealed class BearerTokens(TrustStore trust, CredentialLog log, TimeProvider time) : IDisposable
{
    private const int MaxTokenBytes = 8 * 1024;
    private const string OwnRoles = "roles";
    private const string CriticalHeader = "crit";

    /// <summary>Clocks of two machines differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>From when it was made to its end: a token that leaks is of use for so long.</summary>
    private static readonly TimeSpan MostLife = TimeSpan.FromDays(1);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenBytes, MapInboundClaims = false };
    private readonly ConcurrentDictionary<string, IssuerKeys> _issuers = new(StringComparer.Ordinal);

    public async ValueTask<Caller> FindAsync(string text)
    {
        var now = trust.Current;
        if (Read(text) is not { } token) return log.Refuse([], CredentialRule.TokenUnreadable);
        var names = new List<string>();
        if (now.Access.Find(token.Issuer) is { Keys.Count: > 0 } own)
        {
            names.Add(CredentialNames.Caller(own.Name));
            AddNames(names, token);
            return await ExamineAsync(token, text, names, own.Organization, now.KeysOf(own), now).ConfigureAwait(false)
                ?? Of(token, text, names, own.Organization, Claimed(token, OwnRoles) is { } roles ? own.Roles.Intersect(roles) : own.Roles);
        }
        if (now.Access.Issuers.FirstOrDefault(issuer => issuer.Issuer == token.Issuer) is not { } entry) return log.Refuse([], CredentialRule.TokenIssuerUnknown);
        return await FindAsync(token, text, names, entry, now).ConfigureAwait(false);
    }

    /// <summary>Fetches the keys of issuers that are due.</summary>
    /// <returns>Whether some issuer has other keys now, or none any more.</returns>
    public async Task<bool> RefreshKeysAsync(CancellationToken cancellationToken)
    {
        var changed = false;
        foreach (var entry in trust.Current.Access.Issuers)
            if (_issuers.TryGetValue(entry.Issuer, out var keys)) changed |= await keys.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return changed;
    }

    public void Dispose()
    {
        foreach (var keys in _issuers.Values) keys.Dispose();
    }

    private async ValueTask<Caller> FindAsync(JsonWebToken token, string text, List<string> names, AccessIssuer entry, Trust now)
    {
        var organization = Claimed(token, entry.OrganizationClaim) is [var id] ? id : null;
        names.Add(CredentialNames.Issuer(entry.Issuer));
        AddNames(names, token);
        var issuer = _issuers.GetOrAdd(entry.Issuer, name => new IssuerKeys(name, time));
        if (await issuer.FindAsync(CancellationToken.None).ConfigureAwait(false) is not { } keys)
            return log.Refuse([], CredentialRule.TokenIssuerUnavailable, CredentialRefusals.IssuerUnavailable);
        if (IsUnknown(token.Kid, keys)) keys = await issuer.FindNewAsync(CancellationToken.None).ConfigureAwait(false) ?? keys;
        if (IsUnknown(token.Kid, keys)) return log.Refuse([], CredentialRule.TokenKeyUnknown);
        if (await ExamineAsync(token, text, names, organization, keys, now).ConfigureAwait(false) is { } refused) return refused;
        if (organization is not null && !entry.Organizations.Contains(organization)) return log.Refuse(names, CredentialRule.TokenOrganization);
        return Of(token, text, names, organization, entry.Roles.Intersect(Claimed(token, entry.RolesClaim) ?? []));
    }

    private async ValueTask<Caller?> ExamineAsync(JsonWebToken token, string text, List<string> names, string? organization, IEnumerable<SecurityKey> keys, Trust now)
    {
        // Who signs may demand that its reader understands an extension (RFC 7515, 4.1.11); this one knows none.
        if (token.TryGetHeaderValue<object>(CriticalHeader, out _)) return log.Refuse([], CredentialRule.TokenExtensionCritical);
        SecurityKey[] fitting = [.. keys.Where(key => TokenKey.Fits(key, token.Alg))];
        if (!TokenKey.Algorithms.Contains(token.Alg) || fitting.Length == 0) return log.Refuse([], CredentialRule.TokenAlgorithm);
        var result = await _handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = token.Issuer,
            ValidAudience = now.Access.AudienceInForce,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            ValidAlgorithms = TokenKey.Algorithms,
            IssuerSigningKeys = fitting,
            TryAllIssuerSigningKeys = true,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            // Its days are looked at apart, by the hub's clock, once the signature says that they are its own.
            ValidateLifetime = false,
        }).ConfigureAwait(false);
        // What nobody has signed is not put into the log as anybody's name.
        if (!result.IsValid)
            return log.Refuse([], result.Exception is SecurityTokenInvalidAudienceException ? CredentialRule.TokenAudience : CredentialRule.TokenSignature);
        if (!token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out _)) return log.Refuse([], CredentialRule.TokenEndMissing);
        var instant = time.GetUtcNow();
        if (now.Denials.Of(names, organization) <= instant) return log.Refuse(names, CredentialRule.TokenDenied);
        if (instant >= End(token)) return log.Refuse(names, CredentialRule.TokenEnded, CredentialRefusals.Expired(Instant(token.ValidTo)));
        if (token.ValidFrom > instant.UtcDateTime + ClockSkew)
            return log.Refuse(names, CredentialRule.TokenNotBegun, CredentialRefusals.NotYet(Instant(token.ValidFrom)));
        return End(token) - Start(token, instant) > MostLife + ClockSkew ? log.Refuse(names, CredentialRule.TokenLifeTooLong) : null;
    }

    private static bool IsUnknown(string kid, IEnumerable<SecurityKey> keys) => kid.Length > 0 && keys.All(key => key.KeyId != kid);

    /// <summary>When it was made, as far as it says so; never later than now.</summary>
    private static DateTimeOffset Start(JsonWebToken token, DateTimeOffset now)
    {
        var made = token.IssuedAt > DateTime.MinValue ? token.IssuedAt : token.ValidFrom;
        return made > DateTime.MinValue && Instant(made) < now ? Instant(made) : now;
    }

    private Caller Of(JsonWebToken token, string text, List<string> names, string? organization, IEnumerable<string> roles)
    {
        // A denial that is to come is an end, too.
        var (end, denial) = (End(token), trust.Current.Denials.Of(names, organization));
        return new Caller(CallerEntries.Somebody(organization, names, roles)) { Expires = denial < end ? denial : end, Again = () => FindAsync(text) };
    }

    private static void AddNames(List<string> names, JsonWebToken token)
    {
        if (token.Subject is { Length: > 0 } subject) names.Add(CredentialNames.Subject(subject));
        if (token.Id is { Length: > 0 } id) names.Add(CredentialNames.Token(id));
    }

    /// <summary>An end beyond all time is one, too.</summary>
    private static DateTimeOffset End(JsonWebToken token) =>
        token.ValidTo < DateTime.MaxValue - ClockSkew ? Instant(token.ValidTo) + ClockSkew : DateTimeOffset.MaxValue;

    private static DateTimeOffset Instant(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    private JsonWebToken? Read(string text)
    {
        if (text.Length > MaxTokenBytes) return null;
        try
        {
            var token = _handler.ReadJsonWebToken(text);
            return token.Issuer is { Length: > 0 } ? token : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or FormatException)
        {
            return null;
        }
    }

    /// <summary>An array of texts, or a text with blanks between them; an empty one is none; null: the claim is not there.</summary>
    private static string[]? Claimed(JsonWebToken token, string claim) => token.TryGetPayloadValue<object>(claim, out _)
        ? [.. token.Claims.Where(one => one.Type == claim).SelectMany(one => one.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))]
        : null;
}
