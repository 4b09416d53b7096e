using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>The rules on a row's numbers: STR-3, STR-4, RNG-1, RNG-2, RNG-3 and ARI-1, in exact arithmetic.</summary>
internal static class ValueRules
{
    /// <summary>ARI-1 is an error when the stated ratio is further off than this: one percentage point.</summary>
    private static readonly Rational OnePoint = new(1, 100);

    public static void CheckPresence(in SubmittedRow row, Indicator? definition, Numbers numbers, StatusSet status, RowFindings report)
    {
        var hasNumber = numbers.Value is not null || numbers.HasParts;
        if (status.ForbidsNumber && hasNumber)
        {
            report.Add(new RuleFinding(
                "STR-4@1", Severity.Error, "status", status.ToString(), "",
                $"状态 {status} 表示没有数值，却填了数；请去掉数值或更正状态。",
                $"Status {status} says that there is no number, yet one is given; remove the number or mend the status."));
            return;
        }
        if (numbers.HasParts && !numbers.HasBothParts)
        {
            report.Add(new RuleFinding(
                "STR-3@1", Severity.Error, numbers.Numerator is null ? "numerator" : "denominator", "", "",
                "分子、分母须同时填写。",
                "Numerator and denominator go together; one is missing."));
            return;
        }
        if (!hasNumber && row.Status.Count == 0)
        {
            report.Add(new RuleFinding(
                "STR-3@1", Severity.Error, "value", "", "",
                "没有数值：请填数值，或同时填分子和分母，或用状态（如 M、O、L）说明原因。",
                "There is no number: send the value, or numerator and denominator, or a status (such as M, O, L) that says why."));
            return;
        }
        if (!hasNumber && status.NeedsNumber)
        {
            report.Add(new RuleFinding(
                "STR-4@1", Severity.Error, "status", status.ToString(), "O M L H Q K",
                $"状态 {status} 必须有数值；没有数值时用 O、M、L、H、Q 或 K 说明原因。",
                $"Status {status} needs a number; without one say why with O, M, L, H, Q or K."));
            return;
        }
        // A stated value does not make it one: nothing was there to be a part of.
        if (numbers.Denominator is { Mantissa: 0 })
        {
            report.Add(new RuleFinding(
                "STR-4@1", Severity.Error, "denominator", "0", "> 0",
                "分母为零，比率不存在；请更正，或不填数值、分子和分母而用状态 L 或 M 说明。",
                "The denominator is zero, so that there is no ratio; mend it, or send no value or parts and status L or M."));
            return;
        }
        if (numbers.Value is null && numbers.HasBothParts && definition is { Kind: IndicatorKind.Intensity } d && LacksPartUnits(d, row))
        {
            report.Add(new RuleFinding(
                "STR-3@1", Severity.Error, "value", "", d.Unit,
                $"指标 {d.Code} 的定义没有给出分子、分母单位，不能由它们算出数值；请填数值，或填分子、分母的单位。",
                $"The definition of {d.Code} states no units of numerator and denominator, so that the value cannot be computed; send the value, or the units of both."));
        }
    }

    private static bool LacksPartUnits(Indicator definition, in SubmittedRow row) =>
        (definition.NumeratorUnit.Length == 0 && row.NumeratorUnit.Length == 0) || (definition.DenominatorUnit.Length == 0 && row.DenominatorUnit.Length == 0);

    /// <summary>A count is of whole things; a flag and an event are so or not.</summary>
    /// <returns>Whether its range has anything to add.</returns>
    public static bool CheckKind(Indicator definition, Numbers numbers, RowUnit unit, PartUnits parts, RowFindings report)
    {
        if (numbers.Value is { } value)
        {
            if (definition.Kind is IndicatorKind.Flag or IndicatorKind.Event && !IsYesOrNo(unit.ToOwn(value.ToRational())))
            {
                report.Add(NeitherYesNorNo(definition, value));
                return false;
            }
            if ((definition.Kind == IndicatorKind.Count || unit.Own.CountsThings) && !IsWhole(unit.ToOwn(value.ToRational()), unit.Own))
            {
                var severity = definition.Kind == IndicatorKind.Count ? Severity.Blocker : Severity.Warning;
                report.Add(NotWhole(severity, "value", value, unit.Sent.Code));
            }
        }
        CheckPart("numerator", numbers.Numerator, parts.Numerator, report);
        CheckPart("denominator", numbers.Denominator, parts.Denominator, report);
        return true;
    }

    /// <summary>
    /// Value and parts are held against what the definition allows, each by itself: a value within the range does not make
    /// up for parts that give another.
    /// </summary>
    public static void CheckRange(Indicator definition, Numbers numbers, RowUnit unit, PartUnits parts, RowFindings report)
    {
        var stated = numbers.Value is { } value ? Outside(definition, unit.ToOwn(value.ToRational()), "value", ofParts: false) : null;
        if (stated is not null) report.Add(stated);
        if (numbers is not { Numerator: { } numerator, Denominator: { } denominator }) return;
        if (denominator.Mantissa < 0)
            report.Add(NegativePart("denominator", denominator, "> 0"));
        else if (definition.TryDerive(numerator, parts.Numerator, denominator, parts.Denominator, unit.Own, out var quantity))
        {
            var made = Outside(definition, quantity, numbers.Value is null ? "value" : "numerator", ofParts: true);
            // The one fault is told once, unless the parts make it weigh more.
            if (made is not null && (stated is null || made.Severity > stated.Severity)) report.Add(made);
        }
        else if (numerator.Mantissa < 0 && definition.HardMin is { Mantissa: >= 0 })
            report.Add(NegativePart("numerator", numerator, ">= 0"));
    }

    /// <summary>
    /// A stated ratio must be that of its parts within the decimals it is stated with: half a unit of the last place.
    /// </summary>
    public static void CheckRatio(Indicator definition, Numbers numbers, RowUnit unit, PartUnits parts, RowFindings report)
    {
        if (numbers is not { Value: { } stated, Numerator: { } numerator, Denominator: { Mantissa: > 0 } denominator }) return;
        if (!definition.TryDerive(numerator, parts.Numerator, denominator, parts.Denominator, unit.Own, out var own)) return;
        var computed = unit.ToSent(own);
        var tolerance = new Rational(1, 2) * Rational.Pow(10, -stated.Scale);
        var difference = Rational.Abs(stated.ToRational() - computed);
        if (difference <= tolerance) return;

        var isError = definition.Kind == IndicatorKind.Ratio && unit.Own.TryConvert(unit.ToOwn(difference), Unit.One, out var points) && points > OnePoint;
        var right = computed.ToDecimalText(Math.Max((int)stated.Scale, 2));
        report.Add(new RuleFinding(
            "ARI-1@1", isError ? Severity.Error : Severity.Warning, "value", stated.ToString(), right,
            $"所报数值 {stated} 与分子/分母算得的 {right} {unit.Sent} 不符；请核对三者。",
            $"The stated value {stated} is not numerator by denominator, which gives {right} {unit.Sent}; check all three.",
            $"± {tolerance.ToDecimalText()}"));
    }

    private static RuleFinding? Outside(Indicator definition, Rational quantity, string field, bool ofParts)
    {
        if (definition.HardMin is { } hardMin && quantity < hardMin.ToRational()) return OutOfRange(true, $">= {hardMin}");
        if (definition.HardMax is { } hardMax && quantity > hardMax.ToRational()) return OutOfRange(true, $"<= {hardMax}");
        if (definition.SoftMin is { } softMin && quantity < softMin.ToRational()) return OutOfRange(false, $">= {softMin}");
        if (definition.SoftMax is { } softMax && quantity > softMax.ToRational()) return OutOfRange(false, $"<= {softMax}");
        return null;

        RuleFinding OutOfRange(bool hard, string bound)
        {
            var text = quantity.ToDecimalText();
            return new(
                hard ? "RNG-1@1" : "RNG-2@1", hard ? Severity.Blocker : Severity.Warning, field, text, bound,
                $"{definition.NameZh}{(ofParts ? "按分子、分母" : "")}为 {text} {definition.Unit}，应 {bound}；{(hard ? "请更正" : "如属实请说明")}。",
                $"{definition.Code} is {text} {definition.Unit}{(ofParts ? " by its numerator and denominator" : "")}, expected {bound}; {(hard ? "mend it" : "explain it if it is true")}.");
        }
    }

    private static RuleFinding NegativePart(string field, ExactDecimal part, string bound) => new(
        "RNG-1@1", Severity.Blocker, field, part.ToString(), bound,
        $"{(field == "numerator" ? "分子" : "分母")}为 {part}，应 {bound}；请更正。",
        $"The {field} is {part}, expected {bound}; mend it.");

    private static void CheckPart(string field, ExactDecimal? part, Unit? unit, RowFindings report)
    {
        if (part is not { Scale: > 0 } its || unit is null) return;
        if (unit.CountsThings && !IsWhole(its.ToRational(), unit)) report.Add(NotWhole(Severity.Warning, field, its, unit.Code));
    }

    private static bool IsYesOrNo(Rational quantity) => quantity == Rational.Zero || quantity == Rational.One;

    /// <summary>Of the things themselves: 2.5 ten thousands of them are 25000.</summary>
    private static bool IsWhole(Rational quantity, Unit unit) => (quantity * unit.Factor).Denominator.IsOne;

    private static RuleFinding NotWhole(Severity severity, string field, ExactDecimal number, string unit) => new(
        "RNG-3@1", severity, field, number.ToString(), "",
        $"{field} 为 {number} {unit}，不是整数个；请更正数值或单位。",
        $"The {field} is {number} {unit}, which is no whole number of things; mend the number or its unit.");

    private static RuleFinding NeitherYesNorNo(Indicator definition, ExactDecimal value) => new(
        "RNG-3@1", Severity.Blocker, "value", value.ToString(), "0, 1",
        definition.Kind == IndicatorKind.Event
            ? $"指标 {definition.Code} 是事件，数值只有 1（当日发生）或 0（当日未发生）；请更正。"
            : $"指标 {definition.Code} 是有无类，数值只有 1（有）或 0（无）；请更正。",
        definition.Kind == IndicatorKind.Event
            ? $"Indicator {definition.Code} is an event: its value is 1 where it happened on that day and 0 where it did not; mend it."
            : $"Indicator {definition.Code} is a flag: its value is 1 for yes and 0 for no; mend it.");
}
