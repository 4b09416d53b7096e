using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>A verdict in words: one clause per reason, the weightiest first.</summary>
internal static class VerdictWords
{
    /// <summary>Enough to see which frequency there is.</summary>
    private const int MaxPeriods = 4;

    internal static (string Zh, string En) For(Placed placed, Indicator table, string unit, CatalogSnapshot catalog) =>
        Joined(placed.Reasons.Select(reason => Clause(reason, placed, table, unit, catalog)));

    internal static (string Zh, string En) For(Growth growth, Draft cell, CatalogSnapshot catalog) =>
        Joined(growth.Reasons.Select(reason => OfGrowth(reason, growth, cell, catalog)));

    private static (string, string) Joined(IEnumerable<(string Zh, string En)> words)
    {
        var clauses = words.ToList();
        return (string.Join('；', clauses.Select(clause => clause.Zh)), string.Join("; ", clauses.Select(clause => clause.En)));
    }

    private static (string Zh, string En) Clause(VerdictReason reason, Placed placed, Indicator table, string unit, CatalogSnapshot catalog)
    {
        var draft = placed.Draft;
        return reason switch
        {
            VerdictReason.Definition => Definition(draft.Chosen?.Revision.Observation, table),
            VerdictReason.Unit => Unit(draft.Chosen?.Revision.Observation, unit),
            VerdictReason.Period => Period(draft),
            VerdictReason.Scope => Scope(draft),
            VerdictReason.Denominator => Denominator(draft),
            VerdictReason.Source => Source(draft),
            VerdictReason.Overlap => Overlap(placed, catalog),
            VerdictReason.Illustrative => ("示例：虚构数据，不与真实数据比较", "illustrative: made-up data are not compared with real ones"),
            VerdictReason.Confidential => Confidential(draft),
            VerdictReason.Missing => Missing(draft),
            VerdictReason.Status => Status(draft),
            VerdictReason.OtherSourcesDiffer => Differing(draft),
            VerdictReason.Bridged => Bridged(draft, table),
            VerdictReason.Converted => Converted(draft.Chosen?.Revision.Observation, unit),
            VerdictReason.RolledUp => draft.RollUp is { Regions.Count: 0 } made ? RolledUp(made) : ("部分地区由较细时期汇总", "some of its regions are made of finer periods"),
            VerdictReason.Break => BreakWithin(draft),
            VerdictReason.MadeOfParts => draft.RollUp is { Regions: { Count: > 0 } parts }
                ? ($"由所含地区汇总：{parts.Count} 个", $"made of the regions that are its parts: {parts.Count}")
                : ("部分由所含地区汇总", "in part made of the regions that are its parts"),
            VerdictReason.RegionChanged => RegionChanged(draft.Region, draft.Period, catalog),
            VerdictReason.NotShared => draft.DenominatorFault.Zh.Length > 0
                ? ("未共享：分母未共享，故无数值", "not shared: without the denominator there is no value")
                : NotShared,
        };
    }

    private static (string, string) RolledUp(RollUp made) => made.CannotExist == 0
        ? ($"由较细时期汇总：{made.Used} 个", $"made of finer periods: {made.Used}")
        : ($"由较细时期汇总：{made.Used} 个，另有 {made.CannotExist} 个不可能有数值（M）", $"made of finer periods: {made.Used}; in {made.CannotExist} more there can be no value (M)");

    private static (string, string) BreakWithin(Draft draft)
    {
        if (draft.Breaks is [var only] && only == draft.Period) return ("序列中断（B）：本期内可比，不与此前比较", "break in the series (B): comparable within its period, not with earlier ones");
        var periods = Named(draft.Breaks);
        return ($"序列中断（B）：在 {periods}，不与此前比较", $"break in the series (B) in {periods}: not comparable with earlier periods");
    }

    private static (string Zh, string En) OfGrowth(VerdictReason reason, Growth growth, Draft cell, CatalogSnapshot catalog) => reason switch
    {
        VerdictReason.Definition => ("定义不同：两期的定义版本不同，且无衔接系数", "definition: the two periods follow different versions and no bridge is declared"),
        VerdictReason.Unit => ("单位不可换算", "unit: not convertible"),
        VerdictReason.Period => growth.BasePeriod is null ? ("无可比时期", "period: there is none to start from") : ("时期不同", "period: only other frequencies are reported"),
        VerdictReason.Scope => ("范围不同", "scope: only other scopes are reported"),
        VerdictReason.Denominator => growth.Change is null ? ("缺分母或分母为零", "denominator: zero or missing") : ("基期不大于零，不计增长率", "denominator: the base is not above zero, so there is no rate"),
        VerdictReason.Source => ("两期来源不同或来源未定", "source: the two periods have different sources, or none is decided"),
        VerdictReason.Illustrative => ("示例与真实数据不可比", "illustrative: made-up data are not compared with real ones"),
        VerdictReason.Confidential => ("保密：数值不予显示", "confidential: a value is withheld"),
        VerdictReason.Missing => ("缺报：缺一期的数值", "missing: one of the two periods has no value"),
        VerdictReason.Break => Break,
        VerdictReason.NotShared => NotShared,
        VerdictReason.RegionChanged => growth.BasePeriod is { } start && catalog.FindRegion(cell.Region) is { } region && region.InForce(start) && region.InForce(cell.Period)
            ? ($"地区变动：{region.Code} {region.NameZh}的地域在两期之间已变动，不计增长", $"region changed: the ground of {region.Code} is another than in the base period, so there is no growth")
            : RegionChanged(cell.Region, growth.BasePeriod is { } first && catalog.FindRegion(cell.Region)?.InForce(cell.Period) == true ? first : cell.Period, catalog),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No reason for a growth to be absent."),
    };

    private static (string Zh, string En) RegionChanged(string code, Period period, CatalogSnapshot catalog)
    {
        if (catalog.FindRegion(code) is not { } region || region.InForce(period))
            return ("地区变动：部分数值的地区在期末不存在", "region changed: some values are of regions not in force at the end of their period");
        var (zh, en) = RegionWords.Change(region, period.LastDay, catalog);
        return ($"地区变动：{zh}，不是 {period} 期末的地区", $"region changed: {en}, so it is no region at the end of {period}");
    }

    private static (string, string) Break => ("序列中断（B），不计增长", "break: the series breaks in between (B)");

    private static (string, string) NotShared =>
        ("未共享：调用者无权查看此数据", "not shared: the caller may not see these data");

    private static (string, string) Definition(Observation? observation, Indicator table) => observation switch
    {
        null => ($"定义不同：用以汇总的值不按 {table.Version} 版", $"definition: values that it is made of do not follow {table.Version}"),
        _ when observation.Status.Has('D') => ("定义不同：报送方注明定义有异（D）", "definition: the sender marks it as differing (D)"),
        _ => ($"定义不同：该值按 {observation.Version} 版，本表按 {table.Version} 版", $"definition: the value follows version {observation.Version}, the table {table.Version}"),
    };

    private static (string, string) Unit(Observation? observation, string unit) => observation?.Value is null
        ? ($"单位不可换算：不能换算为 {unit}", $"unit: not convertible to {unit}")
        : ($"单位不可换算：{observation.Unit} 不能换算为 {unit}", $"unit: {observation.Unit} cannot be converted to {unit}");

    private static (string, string) Period(Draft draft)
    {
        var periods = Named(draft.OtherPeriods);
        return ($"时期不同：只有 {periods} 的值", $"period: there is a value for {periods} only");
    }

    private static string Named(IReadOnlyList<Period> periods) => string.Join(", ", periods.Take(MaxPeriods)) + (periods.Count > MaxPeriods ? ", …" : "");

    private static (string, string) Denominator(Draft draft) => draft switch
    {
        { DenominatorFault.Zh.Length: > 0 } => ($"缺分母：{draft.DenominatorFault.Zh}", $"denominator: {draft.DenominatorFault.En}"),
        { Chosen.Revision.Observation.Denominator: { Mantissa: < 0 } } => ("分母为负：无法计算比值", "denominator: below zero, so there is no quotient"),
        { Chosen.Revision.Observation.Denominator: not null } => ("分母为零：无法计算比值", "denominator: zero, so there is no quotient"),
        _ => ("缺分母：无法计算比值", "denominator: missing, so there is no quotient"),
    };

    private static (string, string) Confidential(Draft draft) => draft.Choice.Chosen is { Withheld: true, Revision.Retracted: not null }
        ? ("已封存：报送机构封存了此报告，数值不予显示", "retracted: its organisation has retracted the report, and the value is withheld")
        : draft.Choice.Chosen is { Withheld: true, Revision.Observation.Confidentiality: Confidentiality.Free }
        ? ("保密：公布此值将泄露另一保密值，不予显示", "confidential: withheld, because it would give away another value that is")
        : ("保密：数值不予显示", "confidential: the value is withheld");

    private static (string, string) Bridged(Draft draft, Indicator table) => draft.Chosen is { } chosen
        ? ($"已衔接：按 {chosen.Revision.Observation.Version} 版报送，以声明的系数衔接至 {table.Version} 版", $"bridged: sent in version {chosen.Revision.Observation.Version}, brought to {table.Version} by the declared factor")
        : ($"已衔接：部分较细时期的值衔接至 {table.Version} 版", $"bridged: values of finer periods were brought to {table.Version}");

    private static (string, string) Scope(Draft draft)
    {
        var zh = draft.OtherScopes.Select(other => $"{ScopeZh(other.Scope)}（{other.Scope.Code()}）{(other.Illustrative ? "示例" : "")}");
        var en = draft.OtherScopes.Select(other => other.Scope.Code() + (other.Illustrative ? " (illustrative)" : ""));
        return ($"范围不同：只有{string.Join('、', zh)}的值", $"scope: there is a value for {string.Join(", ", en)} only");
    }

    private static (string, string) Source(Draft draft) => draft.RollUp is not null
        ? ("来源不一：用以汇总的数值来源不同或未定", "source: the values that it is made of have different sources, or none is decided")
        : ($"来源未定：多家报送，无唯一授权：{Names(draft.Choice.Others, "（示例）", "、")}",
         $"source: several report and none alone has the mandate: {Names(draft.Choice.Others, " (illustrative)", ", ")}");

    private static (string, string) Overlap(Placed placed, CatalogSnapshot catalog)
    {
        var regions = placed.SameGround.Select(catalog.FindRegion).OfType<Region>().ToList();
        return ($"地域重叠：与{string.Join('、', regions.Select(region => $"{region.NameZh}（{region.Code}）"))}同属一地，由其代表，不参与排名与合计",
                $"overlap: on the same ground as {string.Join(", ", regions.Select(region => $"{region.NameEn} ({region.Code})"))}, which stands for it: not ranked, not in the sum");
    }

    private static (string, string) Missing(Draft draft) =>
        draft.RollUp is { Regions.Count: > 0 } whole ? ($"缺报：所含地区只有 {whole.Used}/{whole.Expected} 个", $"missing: only {whole.Used} of the {whole.Expected} regions that are its parts have a value")
        : draft.RollUp is { } made ? ($"缺报：较细时期只有 {made.Used}/{made.Expected} 个", $"missing: only {made.Used} of {made.Expected} finer periods have a value")
        : draft.DenominatorFault.Zh.Length > 0 ? ("缺报：没有可用的分母，故无数值", "missing: without a denominator there is no value")
        : Missing(draft.Status);

    private static (string, string) Missing(StatusSet status) => status.ForbidsNumber
        ? ($"缺报：没有数值（{StatusWords.Zh(status)}）", $"missing: no value was reported ({StatusWords.En(status)})")
        : ("缺报：没有数值", "missing: no value was reported");

    private static (string, string) Status(Draft draft)
    {
        var all = draft.NormalizedBy is null ? draft.Status : draft.Status.Union(draft.NormalizedBy.Status);
        var status = new StatusSet(all.Bits & ~StatusSet.Normal.Bits);
        return ($"状态：{StatusWords.Zh(status)}", $"status: {StatusWords.En(status)}");
    }

    private static (string, string) Differing(Draft draft) =>
        ($"其他来源数值不同：{Names(draft.Choice.Differing, "（示例）", "、")}",
         $"other sources differ: {Names(draft.Choice.Differing, " (illustrative)", ", ")}");

    private static (string, string) Converted(Observation? observation, string unit) => observation?.Value is null
        ? ($"已换算为 {unit}", $"converted to {unit}")
        : ($"已换算：报送单位为 {observation.Unit}", $"converted: sent in {observation.Unit}");

    private static string Names(IEnumerable<Reading> readings, string mark, string separator) =>
        string.Join(separator, readings.Select(reading => reading.Organization + (reading.Illustrative ? mark : "")));

    private static string ScopeZh(Scope scope) => scope switch
    {
        Values.Scope.Whole => "全域",
        Values.Scope.Urban => "城市",
        Values.Scope.BuiltUp => "建成区",
        Values.Scope.Rural => "农村",
    };
}
