using System.Globalization;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Errors;

/// <summary>Why a call or an upload is refused, in words for its caller. Never holds exception text, SQL or paths.</summary>
internal sealed record Refusal(ErrorReason Reason, string MessageZh, string MessageEn)
{
    /// <summary>Path of the field in the request; empty: none.</summary>
    public string Field { get; init; } = "";

    /// <summary>When to come back; null: as the reason says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whose limit is reached, and which; null: none.</summary>
    public (string Subject, string Limit)? Quota { get; init; }

    /// <summary>Further facts for programs; <c>ErrorDetail.metadata</c> names them.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The same with the limit that is reached.</summary>
    /// <param name="name">As <c>GetServerInfo</c> names it.</param>
    /// <param name="allowed">What it allows.</param>
    /// <param name="asked">What was asked for, or what would have been used; null: not known.</param>
    public Refusal OfLimit(string name, double allowed, long? asked = null)
    {
        var known = new Dictionary<string, string>(Metadata) { ["limit"] = name, ["limit_value"] = allowed.ToString(CultureInfo.InvariantCulture) };
        if (asked is { } number) known["asked"] = number.ToString(CultureInfo.InvariantCulture);
        return this with { Metadata = known };
    }

    /// <summary>The same with what was asked for and the nearest that there is.</summary>
    public Refusal NearestTo(string asked, IReadOnlyList<string> nearest)
    {
        var known = new Dictionary<string, string>(Metadata) { ["asked"] = asked };
        if (nearest.Count > 0) known["nearest"] = string.Join("; ", nearest);
        return this with { Metadata = known };
    }

    public static Refusal FieldInvalid(string field, string zh, string en) =>
        new(ErrorReason.FieldInvalid, $"字段 {field}：{zh}", $"Field {field}: {en}") { Field = field };
}
