using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Attainments;

/// <summary>Targets and where they stand in short words, for a cell of a table.</summary>
internal static class AttainmentWords
{
    /// <summary>Whether it is a result that is decided or could not be.</summary>
    public static bool Counts(AttainmentState state) =>
        state is AttainmentState.Attained or AttainmentState.NotAttained or AttainmentState.Unknown;

    public static bool IsIllustrative(Attainment attainment) => attainment.Cell is { Illustrative: true } || attainment.Path is { Illustrative: true };

    /// <summary>An event is held against its day, not against a number.</summary>
    public static string Goal(Target target) => target.Kind == "event" && target.Deadline.Length > 0
        ? $"≤ {target.Deadline}"
        : $"{Words.Comparator(target.Comparator)} {target.Value} {target.Unit}";

    public static string Value(Attainment attainment) =>
        attainment.EventDay.Length > 0 ? attainment.EventDay : attainment.Cell is { Value.Length: > 0 } cell ? cell.Value : "—";

    public static string State(Attainment attainment) => attainment.State switch
    {
        AttainmentState.Attained => "达标",
        AttainmentState.NotAttained => "未达标",
        AttainmentState.Unknown => Unknown(attainment),
        AttainmentState.RelatedOnly => "仅相关，不计",
        AttainmentState.NotAResult => "规则，不计",
        _ => attainment.State.Code(),
    };

    /// <summary>Share of the way, the value and what the straight line gives; or why there is none.</summary>
    public static string Path(Attainment attainment) => attainment.Path?.State switch
    {
        PathState.Known => Known(attainment.Path),
        PathState.NoBase => "无基期",
        PathState.NoValue => "基期后无可比数值",
        PathState.NoDistance => "基期即目标",
        _ => "",
    };

    private static string Known(TargetPath path) =>
        $"{path.Period} 走完 {path.Share} %\n{path.Value}，应为 {path.Expected}\n{(path.OnTrack ? "符合进度" : "落后进度")}";

    private static string Unknown(Attainment attainment)
    {
        var reasons = attainment.Cell.Reasons.Select(reason => Words.Reason(reason, attainment.Cell));
        return string.Join('：', new[] { "无法判定", string.Join('、', reasons) }.Where(text => text.Length > 0));
    }
}
