using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>Who asks a question.</summary>
/// <param name="Organization">For which organisation; empty: none.</param>
/// <param name="Caller">Which of its callers, whatever token it shows this time.</param>
internal readonly record struct Asker(string Organization, string Caller)
{
    public static Asker Of(Principal caller) => new(
        caller.Organization ?? "",
        string.Join(' ', caller.Credential.Split(' ').Where(name => !name.StartsWith(CredentialNames.Token(""), StringComparison.Ordinal))));
}
