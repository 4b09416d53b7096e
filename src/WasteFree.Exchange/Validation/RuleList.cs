namespace WasteFree.Exchange.Validation;

/// <summary>A rule that rows are checked by.</summary>
/// <param name="Id">Rule and version, as findings name it: <c>STR-5@1</c>.</param>
/// <param name="Weights">What a finding of it may weigh, the heaviest first: blockers and errors refuse the row.</param>
/// <param name="Zh">When a row breaks it, in Chinese.</param>
/// <param name="En">When a row breaks it, in English; it goes on after "a row is".</param>
public sealed record RuleEntry(string Id, IReadOnlyList<Severity> Weights, string Zh, string En);

/// <summary>All the rules that the hub checks rows by, for people and programs that read findings.</summary>
public static class RuleList
{
    /// <summary>In order of their ids.</summary>
    public static IReadOnlyList<RuleEntry> All { get; } =
    [
        new("ARI-1@1", [Severity.Error, Severity.Warning], "填报的数值与“分子÷分母”在其小数位内不一致；比率相差一个百分点以上为错误",
            "with a stated value that is not numerator by denominator within its decimals; an error for a ratio more than one point off"),
        new("CONF-2@1", [Severity.Warning], "保密数值可由其他公开数值推算；此时其他数值也将隐去",
            "confidential, and what else is told would give its number away: that is withheld with it"),
        new("DEF-1@1", [Severity.Blocker], "所用指标定义版本在该期间不适用",
            "of a definition version that is not in force in the period"),
        new("GEO-2@1", [Severity.Blocker, Severity.Warning], "该期间内地区代码未生效；在期间内生效或撤销的为警告",
            "for a region that is not in force on any day of the period; a warning where it begins or ends within the period"),
        new("MSG-2@1", [Severity.Blocker], "超出机构的地区或职责，或期间在中国时间尚未开始",
            "outside the organisation's regions or mandates, or of a period that has not begun in China"),
        new("RNG-1@1", [Severity.Blocker], "数值、或由分子分母得出的数值超出定义的硬性范围，或分子、分母为负",
            "outside the definition's hard range: the value, or what its parts give; or with a part below zero"),
        new("RNG-2@1", [Severity.Warning], "数值、或由分子分母得出的数值超出定义的合理范围",
            "outside the definition's soft range: the value, or what its parts give"),
        new("RNG-3@1", [Severity.Blocker, Severity.Warning], "计数不是整数，或标志、事件不是 0 或 1；分项或存量为非整数时为警告",
            "a count that is no whole number of things, a flag or event that is neither 0 nor 1; a warning where it is a part or a stock of things that is broken"),
        new("STR-1@1", [Severity.Blocker], "缺少必填项、代码未知、小数格式不对、文字过长，或含该类指标没有的分子分母",
            "without a required field, with an unknown code, a malformed decimal, a text too long, or parts that its kind has not"),
        new("STR-2@1", [Severity.Blocker, Severity.Info], "同一报告中同一键（地区、指标及其主版本、范围、类别、期间）出现第二次：内容矛盾，或完全相同（只计一次）",
            "a second one of its key in the report (region, indicator, MAJOR of its version, scope, category, period): contradictory, or equal (it counts once)"),
        new("STR-3@1", [Severity.Error], "没有数值又没有原因，或只有分子、分母之一",
            "without a number and a reason for that, or with one part of two"),
        new("STR-4@1", [Severity.Error], "数值与状态标志互相矛盾，或分母为零（无论旁边填了什么数值）",
            "with a number and a status that denies it or the other way round, or with a denominator of zero, whatever value is stated beside it"),
        new("STR-5@1", [Severity.Blocker, Severity.Warning], "期间不存在、频率不适用于该定义，或事件的期间长于一天；比率、强度、计数、标志报送了较短期间，或日期可能是月份时为警告",
            "of a period that does not exist, of a frequency that the definition does not take, or an event for more than a day; a warning for a part of the longest period that a ratio, intensity, count or flag is reported for, and for a day that may be a month (its first or last) where the definition lists no frequencies"),
        new("TIM-2@1", [Severity.Warning], "检查时该期间在中国时间尚未结束，且状态不是 P、E、F；已发生的事件除外",
            "a number for a period that is not over in China when it is checked, without status `P`, `E` or `F`; not an event that has happened"),
        new("UNIT-1@1", [Severity.Blocker], "单位未知，或不能换算为定义的单位；分子、分母的单位与定义的单位之间没有固定系数，或定义未给出时只填其一、两者之比不合",
            "in an unknown unit, or one that does not convert to the definition's; with a part in a unit that no factor alone turns into the definition's, or, where that states none, one part's unit without the other's, or two that do not make the definition's unit"),
    ];
}
