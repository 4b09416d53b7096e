using WasteFree.Exchange.Ingest;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// What each organisation may use of a hub, as read from a JSON file:
/// <c>{ "default": { "streams": 100, … }, "organizations": { "demo-500101": { … } } }</c>. What is left out is as in
/// <see cref="OrganizationLimits"/>.
/// </summary>
public sealed record HubLimits
{
    private const string Expected = "应为限额。 Expected limits such as { \"default\": { \"streams\": 100 } }.";

    /// <summary>For every organisation without an entry of its own.</summary>
    public OrganizationLimits Default { get; init; } = new();

    internal static HubLimits None { get; } = new() { Default = OrganizationLimits.None };

    /// <summary>By organisation id.</summary>
    public IReadOnlyDictionary<string, OrganizationLimits> Organizations { get; init; } = new Dictionary<string, OrganizationLimits>();

    internal OrganizationLimits Of(string organization) => Organizations.GetValueOrDefault(organization, Default);

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">It holds no limits; the message says what is wrong and where.</exception>
    public static HubLimits Read(string path)
    {
        var limits = SettingsFile.Read<HubLimits>(path, Expected);
        if (limits.Organizations.Keys.FirstOrDefault(id => !ReportName.IsOrganization(id)) is { } unknown)
            throw new ArgumentException($"{path}: organizations: '{unknown}' 不是机构编号。 It is no organisation id.");
        foreach (var (name, of) in limits.Organizations.Select(entry => (entry.Key, entry.Value)).Prepend(("default", limits.Default)))
        {
            if (of is not { Streams: > 0, Questions: > 0, QuestionsPerCaller: > 0, CallsPerMinute: > 0, RowsPerMinute: > 0, BytesPerMinute: > 0, QuerySecondsPerMinute: > 0, StoredRows: > 0 })
                throw new ArgumentException($"{path}: every limit of {name} must be greater than zero.");
        }
        return limits;
    }
}
