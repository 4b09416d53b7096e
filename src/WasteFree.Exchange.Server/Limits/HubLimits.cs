using System.Text.Json;
using System.Text.Json.Serialization;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// What each organisation may use of a hub, as read from a JSON file:
/// <c>{ "default": { "streams": 100, … }, "organizations": { "demo-500101": { … } } }</c>. What is left out is as in
/// <see cref="OrganizationLimits"/>.
/// </summary>
public sealed record HubLimits
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>For every organisation without an entry of its own.</summary>
    public OrganizationLimits Default { get; init; } = new();

    /// <summary>By organisation id.</summary>
    public IReadOnlyDictionary<string, OrganizationLimits> Organizations { get; init; } = new Dictionary<string, OrganizationLimits>();

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">It holds no limits; the message says what is wrong and where.</exception>
    public static HubLimits Read(string path)
    {
        HubLimits limits;
        try
        {
            limits = JsonSerializer.Deserialize<HubLimits>(File.ReadAllText(path), Format) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{path}: line {e.LineNumber + 1}, {e.Path}: expected limits such as {{ \"default\": {{ \"streams\": 100 }} }}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be read.", e);
        }
        foreach (var (name, of) in limits.Organizations.Select(entry => (entry.Key, entry.Value)).Prepend(("default", limits.Default)))
        {
            if (of is not { Streams: > 0, CallsPerMinute: > 0, RowsPerMinute: > 0, BytesPerMinute: > 0, QuerySecondsPerMinute: > 0 })
                throw new ArgumentException($"{path}: every limit of {name} must be greater than zero.");
        }
        return limits;
    }
}
