using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Authorisation;

/// <summary>A grant as a test gives it; owner and region may be <c>*</c>.</summary>
internal sealed record PlainGrant(string Grantee, string Owner, string Indicator, string Region, bool InForce)
{
    public string Row => $"{Grantee},{Owner},{Indicator},{Region},示例用途,,{(InForce ? "2999-12-31" : "2000-12-31")}";
}

/// <summary>The reading policy by the plainest rules, over the made-up tables of <see cref="SharingHub"/>.</summary>
internal sealed class PlainPolicy(IReadOnlyList<PlainGrant> grants)
{
    /// <param name="reader">Null: the user of the hub's machine.</param>
    public bool Reads(string? reader, string owner, string indicator, string region)
    {
        if (reader is null || reader == owner || indicator == SharingHub.Free) return true;
        if (indicator == SharingHub.Shut) return false;
        return SharingHub.RegionOf(reader)[..2] == region[..2] || grants.Any(grant =>
            grant.InForce && grant.Grantee == reader && grant.Indicator == indicator
            && (grant.Owner == "*" || grant.Owner == owner) && (grant.Region == "*" || grant.Region == region));
    }

    public bool Reads(string? reader, ObservationRecord record) =>
        Reads(reader, record.Organization, record.Observation.Indicator, record.Observation.Region);
}
