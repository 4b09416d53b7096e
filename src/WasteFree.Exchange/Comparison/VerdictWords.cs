using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>A verdict in words: one clause per reason, the weightiest first.</summary>
internal static class VerdictWords
{
    internal static (string Zh, string En) For(Draft draft, Indicator table, CatalogSnapshot catalog)
    {
        var clauses = draft.Reasons.Select(reason => Clause(reason, draft, table, catalog)).ToList();
        return (string.Join('；', clauses.Select(clause => clause.Zh)), string.Join("; ", clauses.Select(clause => clause.En)));
    }

    private static (string Zh, string En) Clause(VerdictReason reason, Draft draft, Indicator table, CatalogSnapshot catalog) => reason switch
    {
        VerdictReason.Definition => Definition(draft.Chosen!.Revision.Observation, table),
        VerdictReason.Unit => Unit(draft.Chosen!.Revision.Observation, table),
        VerdictReason.Period => ("时期不同：该值属于另一时期或频率", "period: the value is for another period or frequency"),
        VerdictReason.Scope => Scope(draft),
        VerdictReason.Denominator => draft.Chosen!.Revision.Observation.Denominator is null
            ? ("缺分母：无法计算比值", "denominator: missing, so there is no quotient")
            : ("分母为零：无法计算比值", "denominator: zero, so there is no quotient"),
        VerdictReason.Source => Source(draft),
        VerdictReason.Overlap => Overlap(draft, catalog),
        VerdictReason.Illustrative => ("示例：虚构数据，不与真实数据比较", "illustrative: made-up data are not compared with real ones"),
        VerdictReason.Confidential => ("保密：数值不予显示", "confidential: the value is withheld"),
        VerdictReason.Missing => Missing(draft.Chosen?.Revision.Observation.Status ?? default),
        VerdictReason.Status => Status(draft.Chosen!.Revision.Observation.Status),
        VerdictReason.OtherSourcesDiffer => Differing(draft),
        VerdictReason.Converted => Converted(draft.Chosen!.Revision.Observation),
    };

    private static (string, string) Definition(Observation observation, Indicator table) => observation.Status.Has('D')
        ? ("定义不同：报送方注明定义有异（D）", "definition: the sender marks it as differing (D)")
        : ($"定义不同：该值按 {observation.Version} 版，本表按 {table.Version} 版", $"definition: the value follows version {observation.Version}, the table {table.Version}");

    private static (string, string) Unit(Observation observation, Indicator table) => observation.Value is null
        ? ($"单位不可换算：分子与分母的单位不能得出 {table.Unit}", $"unit: the units of numerator and denominator do not give {table.Unit}")
        : ($"单位不可换算：{observation.Unit} 不能换算为 {table.Unit}", $"unit: {observation.Unit} cannot be converted to {table.Unit}");

    private static (string, string) Scope(Draft draft)
    {
        var zh = draft.Elsewhere.Select(other => $"{ScopeZh(other.Scope)}（{other.Scope.Code()}）{(other.Illustrative ? "示例" : "")}");
        var en = draft.Elsewhere.Select(other => other.Scope.Code() + (other.Illustrative ? " (illustrative)" : ""));
        return ($"范围不同：只有{string.Join('、', zh)}的值", $"scope: there is a value for {string.Join(", ", en)} only");
    }

    private static (string, string) Source(Draft draft) =>
        ($"来源未定：多家报送，无唯一授权：{Names(draft.Choice.Others, "（示例）", "、")}",
         $"source: several report and none alone has the mandate: {Names(draft.Choice.Others, " (illustrative)", ", ")}");

    private static (string, string) Overlap(Draft draft, CatalogSnapshot catalog)
    {
        var regions = draft.SameGround.Select(catalog.FindRegion).OfType<Region>().ToList();
        return ($"地域重叠：与{string.Join('、', regions.Select(region => $"{region.NameZh}（{region.Code}）"))}同属一地，不可相加",
                $"overlap: on the same ground as {string.Join(", ", regions.Select(region => $"{region.NameEn} ({region.Code})"))}, never in one sum");
    }

    private static (string, string) Missing(StatusSet status) => status.ForbidsNumber
        ? ($"缺报：没有数值（{StatusWords.Zh(status)}）", $"missing: no value was reported ({StatusWords.En(status)})")
        : ("缺报：没有数值", "missing: no value was reported");

    private static (string, string) Status(StatusSet status) => ($"状态：{StatusWords.Zh(status)}", $"status: {StatusWords.En(status)}");

    private static (string, string) Differing(Draft draft) =>
        ($"其他来源数值不同：{Names(draft.Choice.Differing, "（示例）", "、")}",
         $"other sources differ: {Names(draft.Choice.Differing, " (illustrative)", ", ")}");

    private static (string, string) Converted(Observation observation) =>
        ($"已换算：报送单位为 {observation.Unit}", $"converted: sent in {observation.Unit}");

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
