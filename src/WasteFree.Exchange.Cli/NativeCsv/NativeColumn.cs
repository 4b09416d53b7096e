using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>A column of the native CSV, in the order in which <c>wfx query</c> writes them.</summary>
internal enum NativeColumn
{
    Region,
    Indicator,
    Version,
    Scope,
    Category,
    Period,
    Value,
    Numerator,
    Denominator,
    Unit,
    Status,
    Confidentiality,
    Note,
    CollectionMethod,
    Evidence,
    NumeratorUnit,
    DenominatorUnit,
}

/// <summary>What the columns are called, in English and in Chinese.</summary>
internal static class NativeColumns
{
    public static readonly NativeColumn[] All = Enum.GetValues<NativeColumn>();

    private static readonly Dictionary<string, NativeColumn> ByName = Names();

    /// <summary>
    /// Names that are no columns here, since they say less or more than one, each with the column that was probably meant.
    /// </summary>
    private static readonly Dictionary<string, NativeColumn> NearNames = Named(
    [
        (NativeColumn.Region, "区 县 市 城市 县区 区县名称 城市名称 省市 所在地区 所属地区 填报地区 地域 city area district"),
        (NativeColumn.Indicator, "项目 名称 指标项 指标内容 统计指标 项目名称 metric name"),
        (NativeColumn.Period, "年份 年度 年 月份 时间 日期 统计年份 统计年度 统计时间 报告年度 数据时间 填报时间 year month date time"),
        (NativeColumn.Value, "数量 数据 结果 总量 数值结果 指标数值 统计数据 完成值 实际值 amount number data"),
        (NativeColumn.Unit, "量纲 单位名 units"),
        (NativeColumn.Note, "附注 注 备注说明 remark comment notes"),
    ]);

    private static readonly NearestNames Candidates = new(ByName.Concat(NearNames).Select(name => new NamedCode(name.Value.ToString(), name.Key, "")));

    public static string Name(this NativeColumn column) => column switch
    {
        NativeColumn.CollectionMethod => "collection_method",
        NativeColumn.NumeratorUnit => "numerator_unit",
        NativeColumn.DenominatorUnit => "denominator_unit",
        _ => column.ToString().ToLowerInvariant(),
    };

    /// <summary>The native Chinese name.</summary>
    public static string NameZh(this NativeColumn column) => ByName.First(name => name.Value == column && !char.IsAscii(name.Key[0])).Key;

    public static bool TryFind(string header, out NativeColumn column) =>
        ByName.TryGetValue(header.Trim().ToLowerInvariant(), out column);

    /// <summary>The column of a name, or else the one that a name with a unit or another usual name stands for.</summary>
    public static bool TryNearest(string header, out NativeColumn column)
    {
        var name = SplitUnit(header).Name.ToLowerInvariant();
        return TryFind(header, out column) || ByName.TryGetValue(name, out column) || NearNames.TryGetValue(name, out column);
    }

    /// <summary>The column that was probably meant, slips of the pen included; null: none is near.</summary>
    public static NativeColumn? Nearest(string header)
    {
        if (TryNearest(header, out var column)) return column;
        return Candidates.Find(SplitUnit(header).Name, 1) is [var found] ? Enum.Parse<NativeColumn>(found.Split(' ')[0]) : null;
    }

    /// <summary>数值（万吨） is 数值 in 万吨.</summary>
    public static (string Name, string Unit) SplitUnit(string header)
    {
        var text = header.Trim();
        var open = text.LastIndexOfAny(['（', '(', '[', '【']);
        if (open > 0 && text[^1] is '）' or ')' or ']' or '】') return (text[..open].TrimEnd(), text[(open + 1)..^1].Trim());
        var stroke = text.IndexOfAny(['/', '／']);
        return stroke > 0 && UnitNames.TryFind(text[(stroke + 1)..], "", out _) ? (text[..stroke].TrimEnd(), text[(stroke + 1)..].Trim()) : (text, "");
    }

    /// <summary>
    /// The first Chinese name is the native one; the others are near synonyms that name nothing else in these files.
    /// </summary>
    private static Dictionary<string, NativeColumn> Names()
    {
        (NativeColumn Column, string Names)[] table =
        [
            (NativeColumn.Region, "地区 区域 地区代码 区域代码 地区名称 行政区划 行政区划代码 区县"),
            (NativeColumn.Indicator, "指标 指标代码 指标编码 指标名称"),
            (NativeColumn.Version, "版本 指标版本 定义版本"),
            (NativeColumn.Scope, "范围 统计范围 地域范围"),
            (NativeColumn.Category, "类别 分类 废物类别"),
            (NativeColumn.Period, "期间 时期 统计期 统计期间 报告期 统计时期"),
            (NativeColumn.Value, "数值 值 指标值 统计值"),
            (NativeColumn.Numerator, "分子 分子值"),
            (NativeColumn.Denominator, "分母 分母值"),
            (NativeColumn.Unit, "单位 计量单位"),
            (NativeColumn.Status, "状态 状态标志 数据状态"),
            (NativeColumn.Confidentiality, "保密 保密性 密级 保密级别"),
            (NativeColumn.Note, "备注 说明 注释"),
            (NativeColumn.CollectionMethod, "方法 统计方法 计算方法"),
            (NativeColumn.Evidence, "依据 佐证 佐证材料 数据来源"),
            (NativeColumn.NumeratorUnit, "分子单位 分子计量单位"),
            (NativeColumn.DenominatorUnit, "分母单位 分母计量单位"),
        ];
        var names = All.ToDictionary(Name);
        foreach (var (synonym, column) in Named(table)) names.Add(synonym, column);
        return names;
    }

    private static Dictionary<string, NativeColumn> Named((NativeColumn Column, string Names)[] table)
    {
        var named = new Dictionary<string, NativeColumn>();
        foreach (var (column, names) in table)
            foreach (var name in names.Split(' ')) named.Add(name, column);
        return named;
    }
}
