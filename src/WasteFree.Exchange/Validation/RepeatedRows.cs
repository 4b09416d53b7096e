using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>STR-2: rows of one report with the same key.</summary>
public static class RepeatedRows
{
    private const string Rule = "STR-2@1";

    /// <param name="Row">The later row.</param>
    /// <param name="OtherRow">The row it repeats.</param>
    /// <param name="Value">What the row says.</param>
    /// <param name="OtherValue">What the other one says.</param>
    /// <param name="Key">Their key, as text.</param>
    public readonly record struct Pair(long Row, long OtherRow, ExactDecimal? Value, ExactDecimal? OtherValue, string Key)
    {
        public Pair Reverse() => new(OtherRow, Row, OtherValue, Value, Key);
    }

    public static Finding Equal(Pair pair) => Build(
        pair,
        Severity.Info,
        $"与第 {pair.OtherRow} 行（从 0 计）相同，只计一次。",
        $"Repeats row {pair.OtherRow} (counted from 0); it counts once.");

    public static Finding Contradictory(Pair pair) => Build(
        pair,
        Severity.Blocker,
        $"与第 {pair.OtherRow} 行（从 0 计）的指标及定义主版本、地区、范围、类别、期间相同而内容不同：只保留其中一行。",
        $"Contradicts row {pair.OtherRow} (counted from 0): same key, other content. Keep one of them.");

    private static Finding Build(Pair pair, Severity severity, string zh, string en) => new()
    {
        Rule = Rule,
        Severity = severity,
        Row = pair.Row,
        Observed = pair.Value?.ToString() ?? "",
        Expected = pair.OtherValue?.ToString() ?? "",
        MessageZh = zh,
        MessageEn = en,
        Fingerprint = Fingerprint.Of(Rule, severity.ToString(), pair.Key, pair.Value?.ToString() ?? ""),
    };
}
