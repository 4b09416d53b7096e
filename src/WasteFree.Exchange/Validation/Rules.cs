using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>The words of the rules on codes, periods, texts and authority. Each says what is wrong and what to do.</summary>
internal static class Rules
{
    private const int MostNamed = 20;

    public static RuleFinding Authority(in SubmittedRow row, Organization organization) => new(
        "MSG-2@1", Severity.Blocker, "region", row.Region, organization.Regions.ToString(),
        $"机构 {organization.Id} 无权报送地区 {row.Region} 的指标 {row.Indicator}；请由有职责的机构报送。",
        $"Organisation {organization.Id} may not report indicator {row.Indicator} for region {row.Region}; its own organisation must send it.");

    public static RuleFinding PeriodInFuture(string period, DateOnly today) => new(
        "MSG-2@1", Severity.Blocker, "period", period, $"<= {today:yyyy-MM-dd}",
        $"期间 {period} 尚未开始；请检查年份。",
        $"Period {period} has not begun; check the year.");

    public static RuleFinding Missing(string field) => new(
        "STR-1@1", Severity.Blocker, field, "", "",
        $"缺少必填项 {field}。",
        $"The field {field} is required.");

    public static RuleFinding Unknown(string field, string text, IReadOnlyList<string> known) => new(
        "STR-1@1", Severity.Blocker, field, text, Join(known),
        $"{field} 没有代码“{Excerpt.Of(text)}”。{(known.Count > 0 ? $"可用：{Join(known)}。" : "")}",
        $"{field} has no code '{Excerpt.Of(text)}'.{(known.Count > 0 ? $" Known: {Join(known)}." : "")}");

    /// <summary>All that the indicator takes, and first of them what was probably meant.</summary>
    public static RuleFinding UnknownCategory(string text, IReadOnlyList<string> nearest, IReadOnlyList<string> taken)
    {
        var found = Unknown("category", text, taken);
        // What is near may be a category of another indicator.
        var near = Join([.. nearest.Where(name => taken.Contains(name.Split(' ')[0]))]);
        return near.Length == 0 ? found : found with { Zh = $"{found.Zh}最接近的：{near}。", En = $"{found.En} Nearest: {near}." };
    }

    public static RuleFinding RegionNotInForce(Region region, Period period, CatalogSnapshot catalog)
    {
        var (zh, en) = RegionWords.Change(region, period.Start, catalog);
        var expected = region.ValidTo <= period.Start ? RegionWords.Names(region.Successors, catalog).Zh : "";
        return new(
            "GEO-2@1", Severity.Blocker, "region", region.Code, expected.Length > 0 ? expected : RegionWords.Interval(region),
            $"期间 {period} 没有此地区：{zh}；请改用该期间的地区。",
            $"There is no such region in period {period}: {en}; report for the region of that period.");
    }

    public static RuleFinding RegionInForceInPart(Region region, Period period, CatalogSnapshot catalog)
    {
        // The change lies within the period: whatever ended on its day, or begins on it.
        var (zh, en) = RegionWords.Change(region, region.ValidTo < period.End ? region.ValidTo.Value : period.Start, catalog);
        return new(
            "GEO-2@1", Severity.Warning, "region", region.Code, RegionWords.Interval(region),
            $"期间 {period} 跨越地区变动：{zh}；该期间按期末日的地区比较。",
            $"Period {period} spans a change of the region: {en}; it is compared by the regions of its last day.");
    }

    public static RuleFinding DecimalMalformed(string field, string text) => new(
        "STR-1@1", Severity.Blocker, field, text, @"-?(0|[1-9][0-9]*)(\.[0-9]{1,12})?",
        $"{field}“{Excerpt.Of(text)}”不是规定的十进制数：小数点用“.”，不用千分位、指数和前导零，至多 18 位数字、12 位小数，没有负零。",
        $"{field} '{Excerpt.Of(text)}' is not a decimal as agreed: point '.', no thousands separator, exponent or leading zero, at most 18 digits and 12 decimals, no minus zero.");

    public static RuleFinding TextTooLong(string field, string text, int most) => new(
        "STR-1@1", Severity.Blocker, field, text, $"<= {most}",
        $"{field} 有 {text.Length} 个字符，至多 {most} 个。",
        $"{field} has {text.Length} characters, at most {most} are allowed.");

    public static RuleFinding ControlCharacter(string field, string text) => new(
        "STR-1@1", Severity.Blocker, field, text, "",
        $"{field} 含有控制字符（除制表符和换行外不允许）；请删除。",
        $"{field} holds a control character other than TAB and LF; remove it.");

    public static RuleFinding PeriodMalformed(string period) => new(
        "STR-5@1", Severity.Blocker, "period", period, "2024, 2024-S1, 2024-Q1, 2024-03, 2024-W05, 2024-03-15",
        $"“{Excerpt.Of(period)}”不是 SDMX 期间；例：2024、2024-S1、2024-Q1、2024-03、2024-W05、2024-03-15；年份为 {Period.MinYear} 至 {Period.MaxYear}。",
        $"'{Excerpt.Of(period)}' is not an SDMX time period; examples: 2024, 2024-S1, 2024-Q1, 2024-03, 2024-W05, 2024-03-15; years from {Period.MinYear} to {Period.MaxYear}.");

    public static RuleFinding NotInForce(in SubmittedRow row, IReadOnlyList<Indicator> versions)
    {
        var known = Join([.. versions.Select(v => $"{v.Version} [{v.ValidFrom?.ToString() ?? "…"}, {v.ValidTo?.ToString() ?? "…"})")]);
        return new(
            "DEF-1@1", Severity.Blocker, "version", row.Version, known,
            $"指标 {row.Indicator} 在期间 {row.Period} 没有生效的定义版本{(row.Version.Length > 0 ? $" {row.Version}" : "")}；现有：{known}。",
            $"Indicator {row.Indicator} has no definition version{(row.Version.Length > 0 ? $" {row.Version}" : "")} in force in {row.Period}; there are: {known}.");
    }

    public static RuleFinding NoParts(Indicator definition) => new(
        "STR-1@1", Severity.Blocker, "numerator", "", "",
        $"指标 {definition.Code} 不是比率或强度，没有分子、分母；只填数值。",
        $"Indicator {definition.Code} is no ratio or intensity and has no numerator or denominator; send the value only.");

    public static RuleFinding UnitUnknown(string field, string unit, string own)
    {
        var (zh, en) = UnitWords.Unknown(unit, own);
        return own.Length == 0
            ? new("UNIT-1@1", Severity.Blocker, field, unit, "", zh, en)
            : new("UNIT-1@1", Severity.Blocker, field, unit, own, $"{zh}{OwnZh(field)}是 {own}。", $"{en} {OwnEn(field)} is {own}.");
    }

    public static RuleFinding UnitNotCommensurable(string unit, string own) => new(
        "UNIT-1@1", Severity.Blocker, "unit", unit, own,
        $"单位 {Excerpt.Of(unit)} 不能换算为此指标的单位 {own}；请按 {own} 或可换算的单位报送。",
        $"Unit {Excerpt.Of(unit)} cannot be converted to the indicator's unit {own}; send it in {own} or a unit that converts.");

    public static RuleFinding PartUnitNotCommensurable(string field, string unit, string own) => new(
        "UNIT-1@1", Severity.Blocker, field, unit, own,
        $"单位 {Excerpt.Of(unit)} 与定义的{PartZh(field)}单位 {own} 之间没有固定的换算系数；请按 {own} 或可换算的单位报送。",
        $"Unit {Excerpt.Of(unit)} has no fixed factor to the {PartEn(field)} unit {own} of the definition; send it in {own} or a unit that converts.");

    public static RuleFinding PartUnitMissing(string field, Indicator definition) => new(
        "UNIT-1@1", Severity.Blocker, field, "", "",
        $"指标 {definition.Code} 的定义没有给出{PartZh(field)}单位；分子、分母的单位须同时填写，或都不填。",
        $"The definition of {definition.Code} states no {PartEn(field)} unit; state the units of numerator and denominator both, or neither.");

    public static RuleFinding PartUnitsDoNotFit(Unit numerator, Unit denominator, Indicator definition) => new(
        "UNIT-1@1", Severity.Blocker, "denominator_unit", denominator.Code, "",
        $"分子单位 {numerator} 与分母单位 {denominator} 之比不能换算为此指标的单位 {definition.Unit}；请更正其中之一。",
        $"A numerator in {numerator} by a denominator in {denominator} does not convert to the indicator's unit {definition.Unit}; mend one of the two.");

    private static string PartZh(string field) => field == "numerator_unit" ? "分子" : "分母";

    private static string PartEn(string field) => field == "numerator_unit" ? "numerator" : "denominator";

    private static string OwnZh(string field) => field == "unit" ? "此指标的单位" : $"此指标的{PartZh(field)}单位";

    private static string OwnEn(string field) => field == "unit" ? "The indicator's unit" : $"The indicator's {PartEn(field)} unit";

    private static string Join(IReadOnlyList<string> items) =>
        items.Count <= MostNamed ? string.Join(", ", items) : string.Join(", ", items.Take(MostNamed)) + ", …";
}
