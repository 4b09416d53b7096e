using System.Collections.Concurrent;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>The quotas of each organisation that calls this hub.</summary>
internal sealed class Quotas(HubLimits limits, TimeProvider time)
{
    /// <summary>Beyond so many the rest share one: a caller that makes up names does not fill the memory.</summary>
    private const int MostKept = 20_000;

    /// <summary>Callers that act for no organisation are one.</summary>
    public const string Nobody = "-";

    private readonly ConcurrentDictionary<(string Organization, QuotaClass Class), Quota> _quotas = new();

    public Quota Of(string? organization, QuotaClass of)
    {
        var name = organization ?? Nobody;
        if (_quotas.TryGetValue((name, of), out var quota)) return quota;
        if (_quotas.Count >= MostKept && !limits.Organizations.ContainsKey(name)) name = Nobody;
        return _quotas.GetOrAdd((name, of), static (key, self) => self.Create(key.Organization, key.Class), this);
    }

    private Quota Create(string name, QuotaClass of) => new(name, of, limits.Of(name), time);
}
