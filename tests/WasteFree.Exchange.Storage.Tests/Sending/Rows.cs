using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Tests.Sending;

/// <summary>Rows of reports; all values are made up (示例).</summary>
internal static class Rows
{
    public static Observation Row(
        string period,
        string? value,
        string indicator = "HUB-HW-GEN",
        string region = "500101",
        Scope scope = Scope.Whole,
        string category = Codes.Total) => new()
        {
            Region = region,
            Indicator = indicator,
            Version = "1.0",
            Scope = scope,
            Category = category,
            Period = PeriodOf(period),
            Value = value is null ? null : Number(value),
            Unit = "t",
        };

    public static Period PeriodOf(string text) =>
        Period.TryParse(text, out var period) ? period : throw new ArgumentException($"No period '{text}'.", nameof(text));

    public static ExactDecimal Number(string text) =>
        ExactDecimal.TryParse(text, out var number) ? number : throw new ArgumentException($"No decimal '{text}'.", nameof(text));

    /// <summary>What validation says of a row that it does not take.</summary>
    public static Finding Refusal(long row, string rule = "STR-1@1") => new()
    {
        Rule = rule,
        Severity = Severity.Blocker,
        Row = row,
        Field = "value",
        Observed = "12,5",
        Expected = "12.5",
        MessageZh = "数值不是十进制数。",
        MessageEn = "The value is not a decimal.",
        Fingerprint = Fingerprint.Of(rule, "12,5"),
    };
}
