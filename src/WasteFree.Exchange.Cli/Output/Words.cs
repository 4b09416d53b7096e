using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>Closed sets in the words of the people who read them.</summary>
internal static class Words
{
    /// <summary>The mark on everything that is not real.</summary>
    public const string Illustrative = "示例";

    /// <summary>Of the change of a share.</summary>
    public const string Points = "个百分点";

    /// <summary>The quantity is the same, only written otherwise.</summary>
    public const string SpellingOnly = "仅写法不同 spelling only";

    /// <summary>What stands in the place of a number that this caller is not told.</summary>
    public static string Withheld(ObservationRecord record) => record.RetractedPosition > 0 ? Retracted : "保密 withheld";

    /// <summary>Its report was retracted: only the organisation that sent it is still told the number.</summary>
    public const string Retracted = "已封存 retracted";

    /// <summary>The report that sent a value, and the one that repeated it last and so asserts it.</summary>
    public static string Reports(string report, string affirmed) => affirmed.Length == 0 ? report : $"{report}，再报 affirmed by {affirmed}";

    public static string Scope(string code) => code switch
    {
        "WHOLE" => "全域",
        "URBAN" => "城市",
        "BUILT_UP" => "建成区",
        "RURAL" => "农村",
        _ => code,
    };

    public static string Verdict(Verdict verdict) => verdict switch
    {
        V1.Verdict.Comparable => "可比",
        V1.Verdict.ComparableWithConversion => "换算后可比",
        V1.Verdict.ComparableWithBridge => "衔接后可比",
        V1.Verdict.ComparableWithCaveat => "可比，有保留",
        V1.Verdict.NotComparable => "不可比",
        _ => verdict.Code(),
    };

    /// <summary>Why; a reservation by status names its flags.</summary>
    public static string Reason(VerdictReason reason, ComparisonCell cell) => reason switch
    {
        VerdictReason.Definition => "定义不同",
        VerdictReason.Unit => "单位不能换算",
        VerdictReason.Period => "期间不同",
        VerdictReason.Scope => "范围不同",
        VerdictReason.Denominator => "缺分母",
        VerdictReason.Source => "多个来源",
        VerdictReason.Overlap => "地域重叠",
        VerdictReason.Illustrative => "示例与真实数据混列",
        VerdictReason.Confidential => "保密",
        VerdictReason.Missing => "缺数据",
        VerdictReason.Status => $"状态标志 {string.Join(' ', cell.Status)}",
        VerdictReason.OtherSourcesDiffer => "其他来源不同",
        VerdictReason.Bridged => "已衔接",
        VerdictReason.Converted => "已换算",
        VerdictReason.RolledUp => "由较细时期汇总",
        VerdictReason.Break => "序列中断",
        VerdictReason.NotShared => "未共享",
        VerdictReason.RegionChanged => "地区变动",
        VerdictReason.MadeOfParts => "由所含地区汇总",
        _ => reason.Code(),
    };

    public static string Growth(GrowthBasis basis) => basis switch
    {
        GrowthBasis.PreviousPeriod => "环比 Growth",
        GrowthBasis.SamePeriodLastYear => "同比 Year on year",
        _ => basis.Code(),
    };

    /// <summary>The change as it is told: <c>4.79 %</c>, of a share <c>+2 个百分点</c>; or why there is none.</summary>
    public static string Change(CellGrowth? growth)
    {
        var (number, unit) = Told(growth);
        return unit == Points ? $"{Signed(number)} {unit}" : number.Length > 0 ? $"{number} {unit}" : $"— {string.Join(' ', growth?.Reasons.Select(reason => reason.Code()) ?? [])}";
    }

    /// <summary>The number that tells the change, and its unit; both empty: there is none.</summary>
    public static (string Number, string Unit) Told(CellGrowth? growth) => growth switch
    {
        { Kind: GrowthKind.Points, Points.Length: > 0 } => (growth.Points, Points),
        { Kind: not GrowthKind.Points, Percent.Length: > 0 } => (growth.Percent, "%"),
        _ => ("", ""),
    };

    /// <summary>A difference bears its sign, so that nobody takes it for a level.</summary>
    public static string Signed(string number) => number is "0" || number.StartsWith('-') ? number : "+" + number;

    public static string Step(ExplanationStep step) => step switch
    {
        ExplanationStep.Observation => "报送",
        ExplanationStep.Quotient => "比值",
        ExplanationStep.Conversion => "换算",
        ExplanationStep.Bridge => "衔接",
        ExplanationStep.RollUp => "汇总",
        ExplanationStep.Sum => "求和",
        ExplanationStep.Normalization => "单位化",
        ExplanationStep.Growth => "增长",
        ExplanationStep.Cell => "数值",
        ExplanationStep.Exclusion => "未计入",
        _ => step.Code(),
    };

    /// <summary>Attained or not; empty where that cannot be said.</summary>
    public static string Attained(CellTarget target) => target.State switch
    {
        AttainmentState.Attained => "达标",
        AttainmentState.NotAttained => "未达标",
        _ => "",
    };

    /// <summary>A verdict with its reasons: <c>不可比：缺数据 (MISSING)</c>.</summary>
    public static string VerdictWithReasons(ComparisonCell cell)
    {
        if (cell.Reasons.Count == 0) return Verdict(cell.Verdict);
        var words = string.Join("、", cell.Reasons.Select(reason => Reason(reason, cell)));
        var codes = string.Join(' ', cell.Reasons.Select(reason => reason.Code()));
        return $"{Verdict(cell.Verdict)}：{words} ({codes})";
    }
}
