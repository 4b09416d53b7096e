using WasteFree.Exchange.Identity;

namespace WasteFree.Exchange.Server.Security;

/// <summary>From what was found to who calls.</summary>
internal static class CallerEntries
{
    private static readonly HashSet<string> NoRoles = [];

    public static Principal Somebody(AccessCaller entry, IReadOnlyList<string> names, IEnumerable<string> roles) => Somebody(entry.Organization, names, roles);

    public static Principal Somebody(string? organization, IReadOnlyList<string> names, IEnumerable<string> roles) =>
        new(organization, roles.ToHashSet(StringComparer.Ordinal)) { Credential = Text(names) };

    /// <summary>Who is not taken: only the log is told what was shown.</summary>
    public static Principal Nobody(IReadOnlyList<string> names) => new(null, NoRoles) { Credential = Text(names) };

    private static string Text(IReadOnlyList<string> names) => string.Join(' ', names);
}
