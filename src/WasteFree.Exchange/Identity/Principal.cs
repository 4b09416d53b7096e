namespace WasteFree.Exchange.Identity;

/// <summary>What a caller may do. More may come: roles are data, not a ladder.</summary>
public static class Roles
{
    public const string Reader = "reader";
    public const string Reporter = "reporter";
    public const string Admin = "admin";
    public const string Auditor = "auditor";

    public static readonly string[] All = [Reader, Reporter, Admin, Auditor];
}

/// <summary>Who calls: resolved once at the edge, passed down from there.</summary>
/// <param name="Organization">Organisation id; null for a caller that acts for none.</param>
/// <param name="Roles">What it may do.</param>
public sealed record Principal(string? Organization, IReadOnlySet<string> Roles)
{
    /// <summary>What it proved itself with, as the audit log names it, never the secret itself; empty: nothing.</summary>
    public string Credential { get; init; } = "";

    /// <summary>
    /// The user of the machine itself: it called an unsecured hub on a loopback address and acts for no organisation. Such
    /// a caller is held to no reading policy.
    /// </summary>
    public bool IsUnrestricted { get; init; }

    public bool Is(string role) => Roles.Contains(role);
}
