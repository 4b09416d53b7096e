using Grpc.Core;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Who calls, by a token or a client certificate. Where there is a token, it alone counts.</summary>
internal sealed class TrustedCallers(ClientCertificates certificates, BearerTokens tokens) : ICallers
{
    private const string Header = "authorization";
    private const string Scheme = "Bearer ";

    public async ValueTask<Caller> FindAsync(ServerCallContext context)
    {
        // What a caller says of itself counts on an unsecured hub only; one that says it here is mistaken about the hub.
        if (context.RequestHeaders.Get(DevelopmentCallers.OrganizationHeader) is not null || context.RequestHeaders.Get(DevelopmentCallers.RolesHeader) is not null)
            return Refused(CredentialRefusals.OwnWord);
        if (context.RequestHeaders.GetValue(Header) is { } authorization)
        {
            return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? await tokens.FindAsync(authorization[Scheme.Length..].Trim()).ConfigureAwait(false)
                : Refused(CredentialRefusals.Missing);
        }
        return context.GetHttpContext().Connection.ClientCertificate is { } certificate
            ? certificates.Find(certificate)
            : Refused(CredentialRefusals.Missing);
    }

    private static Caller Refused(Errors.Refusal refusal) => new(CallerEntries.Nobody([])) { Refusal = refusal };
}
