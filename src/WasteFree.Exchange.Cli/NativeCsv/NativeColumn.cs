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
    Method,
    Evidence,
}

/// <summary>What the columns are called, in English and in Chinese.</summary>
internal static class NativeColumns
{
    public static readonly NativeColumn[] All = Enum.GetValues<NativeColumn>();

    private static readonly Dictionary<string, NativeColumn> ByName = Names();

    public static string Name(this NativeColumn column) => column.ToString().ToLowerInvariant();

    public static bool TryFind(string header, out NativeColumn column) =>
        ByName.TryGetValue(header.Trim().ToLowerInvariant(), out column);

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
            (NativeColumn.Method, "方法 统计方法 计算方法"),
            (NativeColumn.Evidence, "依据 佐证 佐证材料 数据来源"),
        ];
        var names = All.ToDictionary(Name);
        foreach (var (column, synonyms) in table)
            foreach (var synonym in synonyms.Split(' ')) names.Add(synonym, column);
        return names;
    }
}
