namespace WasteFree.Exchange.Server.Security;

/// <summary>An OpenID Connect issuer: its keys are found by discovery and fetched anew when they change.</summary>
public sealed record AccessIssuer
{
    /// <summary>As its tokens name it in <c>iss</c>: https, without <c>/.well-known/openid-configuration</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>Organisations it may speak for; empty: none, so that its callers read and send nothing of anybody.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>Roles it may give, at most.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Claim with the organisation.</summary>
    public string OrganizationClaim { get; init; } = "organization";

    /// <summary>Claim with the roles: an array, or one text with blanks between.</summary>
    public string RolesClaim { get; init; } = "roles";
}
