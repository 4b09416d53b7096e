using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;

namespace WasteFree.Exchange.Attainments;

/// <summary>Where a target stands, in words: the value, the goal, the reservations, and what is missing.</summary>
internal static class AttainmentWords
{
    internal static (string Zh, string En) For(Target target, AttainmentState state, ComparisonCell? cell, bool isEvent, DateOnly? eventDay)
    {
        var (zh, en) = state switch
        {
            AttainmentState.NotAResult => ("适用规则，不是成效目标：说明对谁适用", "a rule on whom something applies to, not a result to attain"),
            AttainmentState.RelatedOnly => RelatedOnly(target, cell, eventDay),
            AttainmentState.Unknown => Unknown(cell!, isEvent),
            AttainmentState.Attained or AttainmentState.NotAttained =>
                eventDay is { } day ? Event(target, state == AttainmentState.Attained, day) : Value(target, state == AttainmentState.Attained, cell!),
        };
        // The cell of an unknown state is in the words already.
        if (state != AttainmentState.Unknown && cell is { MessageZh.Length: > 0 }) (zh, en) = ($"{zh}（{cell.MessageZh}）", $"{en} ({cell.MessageEn})");
        return cell is { Illustrative: true } ? ($"{zh}【示例】", $"{en} [illustrative]") : (zh, en);
    }

    private static (string, string) RelatedOnly(Target target, ComparisonCell? cell, DateOnly? eventDay)
    {
        var (zh, en) = (eventDay, cell) switch
        {
            ({ } day, _) => (TargetWords.Day(day), TargetWords.Day(day)),
            (_, { Value.Length: > 0 }) => (TargetWords.Quantity(cell.Value, target.Unit), TargetWords.Quantity(cell.Value, target.Unit)),
            _ => ("无数值", "no value"),
        };
        return target.Relation == TargetRelation.Related
            ? ($"不计达标：目标与指标只是相关（{zh}）", $"does not count: the target is only related to the indicator ({en})")
            : ($"不计达标：没有与目标一致的指标（{zh}）", $"does not count: no indicator measures the target ({en})");
    }

    private static (string, string) Unknown(ComparisonCell cell, bool isEvent) => isEvent && cell.MessageZh.Length == 0
        ? ("无法判定：只报了未发生的日子", "unknown: only days on which it did not happen were reported")
        : ($"无法判定：{cell.MessageZh}{(isEvent ? "；事件须以数值 1 报在发生当日" : "")}",
           $"unknown: {cell.MessageEn}{(isEvent ? "; an event is reported as value 1 in the period of its day" : "")}");

    private static (string, string) Value(Target target, bool attained, ComparisonCell cell)
    {
        var value = TargetWords.Quantity(cell.Value, target.Unit);
        var goal = TargetWords.Quantity(target.Value.ToString(), target.Unit);
        var (sign, ascii) = (TargetWords.Sign(target.Comparator), Ascii(target.Comparator));
        // Rounded, a value just short of its goal may look like it: no sign stands between those two.
        return attained
            ? ($"已达标：{value} {sign} {goal}", $"attained: {value} {ascii} {goal}")
            : ($"未达标：{value}，目标 {sign} {goal}", $"not attained: {value}, the target is {ascii} {goal}");
    }

    private static (string, string) Event(Target target, bool attained, DateOnly day)
    {
        var deadline = TargetWords.Day(target.LastDay());
        return attained
            ? ($"已达标：发生于 {TargetWords.Day(day)}，期限 {deadline}", $"attained: it happened on {TargetWords.Day(day)}, the deadline is {deadline}")
            : ($"未达标：发生于 {TargetWords.Day(day)}，晚于期限 {deadline}", $"not attained: it happened on {TargetWords.Day(day)}, after the deadline {deadline}");
    }

    private static string Ascii(Comparator comparator) => comparator switch
    {
        Comparator.AtLeast => ">=",
        Comparator.AtMost => "<=",
        Comparator.Above => ">",
        Comparator.Below => "<",
        Comparator.Equal => "=",
    };
}
