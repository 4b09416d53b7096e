using Microsoft.AspNetCore.Http;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Who calls, by a token or a client certificate. Where there is a token, it alone counts.</summary>
internal sealed class TrustedCallers(ClientCertificates certificates, BearerTokens tokens) : ICallers
{
    private const string Header = "authorization";
    private const string Scheme = "Bearer ";

    public async ValueTask<Caller> FindAsync(HttpContext context)
    {
        // What a caller says of itself counts on an unsecured hub only; one that says it here is mistaken about the hub.
        if (context.Request.Headers.ContainsKey(DevelopmentCallers.OrganizationHeader) || context.Request.Headers.ContainsKey(DevelopmentCallers.RolesHeader))
            return CallerEntries.Refused(CredentialRefusals.OwnWord, []);
        if (context.Request.Headers[Header] is [.., { } authorization])
        {
            return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? await tokens.FindAsync(authorization[Scheme.Length..].Trim()).ConfigureAwait(false)
                : CallerEntries.Refused(CredentialRefusals.Missing, []);
        }
        return context.Connection.ClientCertificate is { } certificate
            ? certificates.Find(certificate)
            : CallerEntries.Refused(CredentialRefusals.Missing, []);
    }
}
