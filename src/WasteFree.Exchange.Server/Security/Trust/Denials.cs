namespace WasteFree.Exchange.Server.Security;

/// <summary>What an access list refuses, and from when on.</summary>
public sealed class Denials(AccessList access)
{
    private readonly Dictionary<string, DateTimeOffset> _from = access.Denied.GroupBy(denial => denial.What).ToDictionary(
        denials => denials.Key, denials => denials.Min(denial => denial.From ?? DateTimeOffset.MinValue), StringComparer.Ordinal);

    /// <summary>From when on one of the names, or the organisation that they act for, is denied; null: none is.</summary>
    public DateTimeOffset? Of(IEnumerable<string> names, string? organization)
    {
        DateTimeOffset? first = null;
        foreach (var name in organization is null ? names : names.Append(CredentialNames.Organization(organization)))
            if (_from.TryGetValue(name, out var from) && (first is null || from < first)) first = from;
        return first;
    }
}
