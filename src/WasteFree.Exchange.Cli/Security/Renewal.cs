using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Cli.Security;

/// <summary>A certificate that another one has replaced is refused, whatever its own end.</summary>
internal static class Renewal
{
    private const string Why = "renewed";

    /// <param name="access">The list.</param>
    /// <param name="register">What was issued.</param>
    /// <param name="replaced">What another one has replaced.</param>
    /// <param name="now">The time.</param>
    /// <param name="grace">How long they are still taken.</param>
    public static AccessList End(AccessList access, IssuedRegister register, IReadOnlyList<IssuedEntry> replaced, DateTimeOffset now, TimeSpan grace)
    {
        // What has ended by itself needs no denial any more: the list stays as long as there are certificates in use.
        var ended = register.Certificates.Where(entry => entry.End <= now).Select(entry => CredentialNames.Single(entry.Fingerprint)).ToHashSet(StringComparer.Ordinal);
        var kept = access.Denied.Where(denial => !ended.Contains(denial.What));
        var denials = replaced.Select(entry => new AccessDenial { What = CredentialNames.Single(entry.Fingerprint), Why = Why, Since = now, From = grace > TimeSpan.Zero ? now + grace : null });
        return access with { Denied = [.. kept, .. denials] };
    }
}
