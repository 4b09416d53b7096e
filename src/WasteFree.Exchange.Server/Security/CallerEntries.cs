using WasteFree.Exchange.Identity;

namespace WasteFree.Exchange.Server.Security;

/// <summary>From what was found to who calls.</summary>
internal static class CallerEntries
{
    private static readonly HashSet<string> NoRoles = [];

    public static Principal Somebody(AccessCaller entry, IReadOnlyList<string> names, IEnumerable<string> roles) => Somebody(entry.Organization, names, roles);

    public static Principal Somebody(string? organization, IReadOnlyList<string> names, IEnumerable<string> roles) =>
        new(organization, roles.ToHashSet(StringComparer.Ordinal)) { Credential = Text(names) };

    /// <summary>Who is not taken: only the log is told what was shown, and by which rule it was refused.</summary>
    public static Principal Nobody(IReadOnlyList<string> names, CredentialRule? rule = null) =>
        new(null, NoRoles) { Credential = Text(rule is { } named ? [CredentialRules.Name(named), .. names] : names) };

    private static string Text(IReadOnlyList<string> names) => string.Join(' ', names);
}
