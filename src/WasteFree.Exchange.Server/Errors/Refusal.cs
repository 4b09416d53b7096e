using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Errors;

/// <summary>Why a call or an upload is refused, in words for its caller. Never holds exception text, SQL or paths.</summary>
internal sealed record Refusal(ErrorReason Reason, string MessageZh, string MessageEn)
{
    /// <summary>Path of the field in the request; empty: none.</summary>
    public string Field { get; init; } = "";

    public long? ExpectedOffset { get; init; }

    /// <summary>When to come back; null: as the reason says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whose limit is reached, and which; null: none.</summary>
    public (string Subject, string Limit)? Quota { get; init; }

    /// <summary>Further facts for programs.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public static Refusal FieldInvalid(string field, string zh, string en) =>
        new(ErrorReason.FieldInvalid, $"字段 {field}：{zh}", $"Field {field}: {en}") { Field = field };
}
