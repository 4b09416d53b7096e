using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog;

/// <summary>What a fault says: what is wrong and what to do, in both languages.</summary>
internal readonly record struct FaultText(string Zh, string En)
{
    public static FaultText NotUtf8 => new(
        "文件不是有效的 UTF-8 编码；请另存为 UTF-8 后再提交。",
        "The file is not valid UTF-8; save it as UTF-8 and send it again.");

    public static FaultText Empty => new(
        "文件是空的；请至少给出表头，或不提交此表。",
        "The file is empty; send at least a header, or leave the table out.");

    public static FaultText NamelessColumn => new(
        "表头有空的列名，或列名含有看不见的字符（以 <U+…> 标出）；请为每一列命名或删除该列。",
        "The header has a column without a name, or with characters in it that cannot be seen (named <U+…>); name or remove the column.");

    public static FaultText DuplicateColumn => new(
        "列重复；请只保留一列。",
        "The column occurs twice; keep one of them.");

    public static FaultText MissingColumn => new(
        "缺少必需的列；请在表头中加上此列。",
        "A required column is missing; add it to the header.");

    public static FaultText StrayQuote => new(
        "引号使用不正确：字段中的引号须成对，并将整个字段置于引号内。",
        "Bad quoting: put the whole field in quotes and double each quote inside it.");

    public static FaultText UnterminatedQuote => new(
        "引号没有闭合，其后的内容无法读取；请补上字段末尾的引号。",
        "A quote is never closed and nothing behind it can be read; close it at the end of its field.");

    public static FaultText Control => new(
        "含有制表符或其他控制字符；请删除。",
        "There is a tab or another control character in it; remove it.");

    public static FaultText HiddenInName => new(
        "名称中有看不见的字符（左栏以 <U+…> 标出），照样书写的人无法与之相符；请删除，空格用普通空格。",
        "There is a character in the name that cannot be seen, shown as <U+…>, so that nobody who writes the name would match it; remove it, and write blanks as plain ones.");

    public static FaultText Required => new("此处不能为空；请填写。", "It must not be empty; fill it in.");

    public static FaultText NotADecimal => new(
        "不是规范的十进制数（如 90、-0.5；至多 18 位数字、12 位小数，不用千分位、逗号或科学计数法）。",
        "It is not a plain decimal number such as 90 or -0.5: at most 18 digits, 12 of them decimals, no thousands marks, commas or exponents.");

    public static FaultText NotABool => new("只能是 true 或 false。", "It must be true or false.");

    public static FaultText NotAVersion => new("版本须写作 主.次，例如 1.0。", "A version is MAJOR.MINOR, for example 1.0.");

    public static FaultText NotADate => new("日期须写作 YYYY-MM-DD，例如 2024-12-31。", "A date is YYYY-MM-DD, for example 2024-12-31.");

    public static FaultText NotAPeriod => new(
        $"不是有效的 SDMX 时期，例如 2024、2024-Q1、2024-03；年份为 {Period.MinYear} 至 {Period.MaxYear}。",
        $"It is not an SDMX period such as 2024, 2024-Q1 or 2024-03, with a year from {Period.MinYear} to {Period.MaxYear}.");

    public static FaultText NotAUnit(string text)
    {
        var (zh, en) = UnitWords.Unknown(text, own: "");
        return new(zh, en);
    }

    public static FaultText NotACode => new(
        "代码须以字母或数字开头，只含字母、数字、点、下划线、连字符，至多 64 个字符。",
        "A code begins with a letter or digit and holds letters, digits, dots, underscores and hyphens only, at most 64 characters.");

    public static FaultText NotAnOrganizationId => new(
        "机构标识须为 3 至 40 个字符：以小写字母开头，只含小写字母、数字和连字符。",
        "An organisation id has 3 to 40 characters: a lower-case letter first, then lower-case letters, digits and hyphens.");

    public static FaultText NotAPattern => new(
        "须为以空格分隔的代码，或以 * 结尾的代码前缀，或 *。",
        "It must be codes separated by blanks, code beginnings ended by *, or *.");

    public static FaultText NotRegions => new(
        "须为以空格分隔的地区代码，或单独的 *。",
        "It must be region codes separated by blanks, or * alone.");

    public static FaultText ReviewNotOffered => new(
        "本中心在提交时即发布数据，不提供复核；请填 false 或去掉此列。",
        "This hub releases at commit and has no second-person review; set it to false or leave the column out.");

    public static FaultText IllustrativeRefused => new(
        "本中心不接受示例机构；请删除此行，或以 --allow-illustrative 启动中心。",
        "This hub takes no illustrative organisation; remove the row, or start the hub with --allow-illustrative.");

    public static FaultText ParentCycle => new(
        "上级地区链又回到本地区；请更正 parent_code。",
        "The chain of parents leads back to the region itself; mend parent_code.");

    public static FaultText NoEnd => new(
        "有承继地区的地区须填写终止日 valid_to（不再存在的第一天）。",
        "A region with successors needs valid_to, the first day on which it is no more.");

    public static FaultText SuccessorCycle => new(
        "承继地区链又回到本地区；请更正 successors。",
        "The chain of successors leads back to the region itself; mend successors.");

    public static FaultText NoIndicator => new(
        "relation 为 same 或 related 的目标须给出指标代码。",
        "A target with relation same or related needs an indicator code.");

    public static FaultText NoCodeList => new(
        "除合计 _T 外，类别须给出代码表 code_list。",
        "Every category but the total _T needs its code_list.");

    public static FaultText NoFactor => new(
        "没有换算系数的衔接什么也衔接不了；请填写系数，或删除此行。",
        "A bridge without a factor bridges nothing; fill in the factor or remove the row.");

    public static FaultText NotAFactor => new(
        "系数须为大于 0 的十进制数，或两个这样的数之商，例如 0.95/1.05。",
        "A factor is a decimal number above 0, or a quotient of two such as 0.95/1.05.");

    public static FaultText SameMajor => new(
        "衔接须连接两个不同的主版本；请更正其中之一。",
        "A bridge joins two different MAJOR versions; mend one of the two.");

    public static FaultText NoSuchMajor => new(
        "目录和本次加载中此指标都没有这个主版本；请更正，或一并加载该版本的定义。",
        "Neither the catalogue nor this load has this MAJOR version of the indicator; mend it or load the definition along with it.");

    public static FaultText NotPositive => new("须大于 0。", "It must be above 0.");

    public static FaultText NotMassPerVolume => new(
        "须为质量除以体积的单位，例如 t/m3、kg/L。",
        "It must be a unit of mass per volume, such as t/m3 or kg/L.");

    public static FaultText NoBasePeriod => new(
        "有基期数值则须填写基期。",
        "A base value needs its base period; fill it in.");

    public static FaultText OtherReality(string was) => new(
        $"此机构此前载入为 {Said(was, "false")}，其数据即按此报送；改动会使虚构数据成为真实数据，或反之。请恢复原值，或以新的标识载入。",
        $"The organisation is loaded as {Said(was, "false")}, and its values were sent as that; to change it would make invented values real, or the other way round. Put it back, or load it under an id of its own.");

    public static FaultText OtherMeaning(Indicator definition, string was) => new(
        $"{definition.Code}@{definition.Version} 此处原为 {Said(was, "空")}，数据按此定义报送；同一版本下改动会改变其含义。请恢复原值，或以新版本载入：可与原版本比较的改次版本（如 {definition.Version.Major}.{definition.Version.Minor + 1}），不可比的改主版本（如 {definition.Version.Major + 1}.0）。",
        $"{definition.Code}@{definition.Version} has {Said(was, "nothing")} here, and values are sent under it; under the same version a change would give them another meaning. Put it back, or load it as a new version: another MINOR (such as {definition.Version.Major}.{definition.Version.Minor + 1}) if values stay comparable, another MAJOR (such as {definition.Version.Major + 1}.0) if not.");

    public static FaultText OtherUnit(Indicator definition) => new(
        $"不能换算为指标 {definition.Code}@{definition.Version} 的单位 {definition.Unit}，数据永远无法与此目标比较；请更正单位，或将 relation 改为 related。",
        $"It does not convert to {definition.Unit}, the unit of {definition.Code}@{definition.Version}, so that no value could ever be held against the target; mend the unit, or set relation to related.");

    public static FaultText NotInForce(string indicator) => new(
        $"指标 {indicator} 在此时期没有有效的版本；请更正时期，或一并载入适用的版本。",
        $"No version of {indicator} is in force in this period; mend the period, or load the version that is along with it.");

    public static FaultText NotACategoryOf(string indicator) => new(
        $"指标 {indicator} 不使用此类别；请更正类别，或在类别表的 indicators 中加上该指标。",
        $"{indicator} does not take this category; mend it, or add the indicator to the category's indicators.");

    public static FaultText NotAScopeOf(Indicator definition) => new(
        $"指标 {definition.Code}@{definition.Version} 只接受范围 {string.Join(' ', definition.Scopes.Select(scope => scope.Code()))}；请更正范围。",
        $"{definition.Code}@{definition.Version} is reported for the scopes {string.Join(' ', definition.Scopes.Select(scope => scope.Code()))} only; mend the scope.");

    public static FaultText FinerThanReported(Indicator definition) => new(
        $"比指标 {definition.Code}@{definition.Version} 报送的任何频率都细；请给出较长的时期。",
        $"It is finer than every frequency in which {definition.Code}@{definition.Version} is reported; give a longer period.");

    public static FaultText UnderTarget(string target, string column, string observed) => new(
        $"目录中的目标 {target} 的 {column}（{observed}）将不再适用；请一并载入更正后的目标，或不作此改动。",
        $"The {column} of the target {target} in the catalogue ({observed}) would no longer fit; load the mended target along with it, or leave this as it was.");

    public static FaultText CodeOfTwoLists(string indicator, string codeList) => new(
        $"指标 {indicator} 已从代码表 {Said(codeList, "（空）")} 使用同一代码，已存的值将有两种含义；请换一个代码，或从其中一处去掉该指标。",
        $"{indicator} takes the same code from the list {Said(codeList, "that has no name")} already, and a stored value would mean two things; take another code, or take the indicator out of one of the two.");

    public static FaultText BridgeOfUnits(string from, string to) => new(
        $"两个版本的单位 {from} 与 {to} 不能换算，系数无法衔接；请更正版本，或删除此行。",
        $"The units of the two versions, {from} and {to}, do not convert, and a factor cannot bridge them; mend the versions or remove the row.");

    public static FaultText NoMassOrVolume(string unit) => new(
        $"此指标以 {unit} 计，既非质量也非体积，密度无从换算；请更正代码或删除。",
        $"The indicator is in {unit}, neither a mass nor a volume, and a density turns nothing of it; mend the code or remove it.");

    public static FaultText FieldCount(int expected, int found) => new(
        $"表头有 {expected} 列，此行有 {found} 个字段；含逗号的字段须加引号，请逐列核对。",
        $"The header has {expected} columns, this row has {found} fields; quote fields that hold commas and check column by column.");

    public static FaultText NotOneOf(IEnumerable<string> codes)
    {
        var list = string.Join(", ", codes);
        return new($"未知的取值；可用：{list}。", $"Unknown value; use one of: {list}.");
    }

    public static FaultText NotAnInteger(int min, int max) => new(
        $"须为 {min} 至 {max} 之间的整数。",
        $"It must be a whole number from {min} to {max}.");

    public static FaultText NotBelow(string upper) => new(
        $"须不大于 {upper}；请更正其中之一。",
        $"It must not be above {upper}; mend one of the two.");

    public static FaultText NotForKind(string kind) => new(
        $"{kind} 类指标不能这样汇总：sum 用于 amount、count，parts 用于 ratio、intensity；请改为 last、none 或留空。",
        $"Indicators of kind {kind} do not aggregate like that: sum is for amount and count, parts for ratio and intensity; use last or none, or leave it empty.");

    public static FaultText OtherFrequency(string column) => new(
        $"须与 {column} 的频率相同；请更正其中之一。",
        $"It must be of the frequency of {column}; mend one of the two.");

    public static FaultText NotBefore(string later) => new(
        $"须早于 {later}；请更正其中之一。",
        $"It must be before {later}; mend one of the two.");

    public static FaultText NotAfter(string last) => new(
        $"须不晚于 {last}；请更正其中之一。",
        $"It must not be after {last}; mend one of the two.");

    public static FaultText NotLater(string earlier) => new(
        $"须晚于 {earlier}；请更正其中之一。",
        $"It must be after {earlier}; mend one of the two.");

    public static FaultText NoSuccessorThen(Region ended, Region successor)
    {
        var (span, day) = (RegionWords.Interval(successor), RegionWords.Day(ended.ValidTo!.Value));
        return new(
            $"地区 {ended.Code} 于 {day} 终止，其承继地区 {successor.Code} 的有效期 {span} 不含该日；请更正其中之一。",
            $"Region {ended.Code} ends on {day}, when its successor {successor.Code}, valid {span}, is not in force; mend one of the two.");
    }

    public static FaultText DuplicateKey(string table, int line) => new(
        $"与表 {table} 第 {line} 行的键相同；请只保留一行。",
        $"It has the same key as line {line} of table {table}; keep one of the rows.");

    /// <param name="kind">What the code should name.</param>
    /// <param name="nearest">What was probably meant; empty: nothing known.</param>
    public static FaultText Dangling(CatalogTableKind kind, IReadOnlyList<string> nearest)
    {
        var text = Dangling(kind);
        var known = string.Join(", ", nearest);
        return known.Length == 0 ? text : new($"{text.Zh}最接近的：{known}。", $"{text.En} Nearest: {known}.");
    }

    private static FaultText Dangling(CatalogTableKind kind) => kind switch
    {
        CatalogTableKind.Indicators => new("目录和本次加载中都没有此指标；请更正代码或一并加载该指标。", "Neither the catalogue nor this load has such an indicator; mend the code or load the indicator along with it."),
        CatalogTableKind.Regions => new("目录和本次加载中都没有此地区；请更正代码或一并加载该地区。", "Neither the catalogue nor this load has such a region; mend the code or load the region along with it."),
        CatalogTableKind.Categories => new("目录和本次加载中都没有此类别；请更正代码或一并加载该类别。", "Neither the catalogue nor this load has such a category; mend the code or load the category along with it."),
        CatalogTableKind.Targets => new("目录和本次加载中都没有此目标；请更正编号或一并加载该目标。", "Neither the catalogue nor this load has such a target; mend the id or load the target along with it."),
        CatalogTableKind.Organizations => new("目录和本次加载中都没有此机构；请更正标识或一并加载该机构。", "Neither the catalogue nor this load has such an organisation; mend the id or load the organisation along with it."),
        CatalogTableKind.Schemes => new("目录和本次加载中都没有此地区范围；请更正代码或一并加载该范围。", "Neither the catalogue nor this load has such a scheme; mend the code or load the scheme along with it."),
        CatalogTableKind.Tasks or CatalogTableKind.Mandates or CatalogTableKind.Bridges or CatalogTableKind.Densities or CatalogTableKind.Grants or CatalogTableKind.SchemeMembers => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing refers to such rows."),
    };

    private static string Said(string text, string absent) => text.Length == 0 ? absent : text;
}
