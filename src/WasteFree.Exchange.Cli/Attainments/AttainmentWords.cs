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

    /// <summary>Share of the way, the value and what the straight line gives; or why there is none, and whether the target is held.</summary>
    public static string Path(Attainment attainment) => attainment.Path?.State switch
    {
        TargetPathState.Known => Known(attainment.Path, attainment.Target.Comparator),
        TargetPathState.NoBase => "无基期",
        TargetPathState.NoValue => "基期后无可比数值",
        TargetPathState.NoDistance => "基期即目标",
        TargetPathState.BaseAttains => $"基期 {attainment.Path.BaseValue} 已达目标\n{attainment.Path.Period} {attainment.Path.Value}\n{(attainment.Path.OnTrack ? "保持达标" : "未保持")}",
        _ => "",
    };

    private static string Known(TargetPath path, TargetComparator comparator)
    {
        var worse = path.Share.StartsWith('-') ? "，比基期差" : "";
        // A value that should be met exactly may be missed on either side.
        var behind = comparator == TargetComparator.Equal ? "偏离进度" : "落后进度";
        return $"{path.Period} 走完 {path.Share} %{worse}\n{path.Value}，应为 {path.Expected}\n{(path.OnTrack ? "符合进度" : behind)}";
    }

    private static string Unknown(Attainment attainment)
    {
        var reasons = attainment.Cell.Reasons.Select(reason => Words.Reason(reason, attainment.Cell));
        return string.Join('：', new[] { "无法判定", string.Join('、', reasons) }.Where(text => text.Length > 0));
    }
}
