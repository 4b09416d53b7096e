using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;

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

    /// <inheritdoc cref="Nobody"/>
    public static Caller Refused(Refusal refusal, IReadOnlyList<string> names, CredentialRule? rule = null) => new(Nobody(names, rule)) { Refusal = refusal };

    private static string Text(IReadOnlyList<string> names) => string.Join(' ', names);
}
