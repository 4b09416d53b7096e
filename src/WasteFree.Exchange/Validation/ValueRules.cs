using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>The rules on a row's numbers: STR-3, STR-4, RNG-1, RNG-2 and ARI-1, in exact arithmetic.</summary>
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
        if (numbers is { Value: null, Denominator.Mantissa: 0 })
        {
            report.Add(new RuleFinding(
                "STR-4@1", Severity.Error, "denominator", "0", "> 0",
                "分母为零，比率不存在；请更正，或不填数值而用状态 L 或 M 说明。",
                "The denominator is zero, so that there is no ratio; mend it, or send no number and status L or M."));
            return;
        }
        if (numbers.Value is null && numbers.HasBothParts && definition is { Kind: IndicatorKind.Intensity } d && (d.NumeratorUnit.Length == 0 || d.DenominatorUnit.Length == 0))
        {
            report.Add(new RuleFinding(
                "STR-3@1", Severity.Error, "value", "", d.Unit,
                $"指标 {d.Code} 的定义没有给出分子、分母单位，不能由它们算出数值；请填数值。",
                $"The definition of {d.Code} states no units of numerator and denominator, so that the value cannot be computed; send the value."));
        }
    }

    public static void CheckRange(Indicator definition, Numbers numbers, RowUnit unit, RowFindings report)
    {
        if (!TryQuantity(definition, numbers, unit, out var quantity)) return;
        if (definition.HardMin is { } hardMin && quantity < hardMin.ToRational())
            report.Add(OutOfRange("RNG-1@1", Severity.Blocker, quantity, $">= {hardMin}", definition, "请更正", "mend it"));
        else if (definition.HardMax is { } hardMax && quantity > hardMax.ToRational())
            report.Add(OutOfRange("RNG-1@1", Severity.Blocker, quantity, $"<= {hardMax}", definition, "请更正", "mend it"));
        else if (definition.SoftMin is { } softMin && quantity < softMin.ToRational())
            report.Add(OutOfRange("RNG-2@1", Severity.Warning, quantity, $">= {softMin}", definition, "如属实请说明", "explain it if it is true"));
        else if (definition.SoftMax is { } softMax && quantity > softMax.ToRational())
            report.Add(OutOfRange("RNG-2@1", Severity.Warning, quantity, $"<= {softMax}", definition, "如属实请说明", "explain it if it is true"));
    }

    /// <summary>
    /// A stated ratio must be that of its parts within the decimals it is stated with: half a unit of the last place.
    /// </summary>
    public static void CheckRatio(Indicator definition, Numbers numbers, RowUnit unit, RowFindings report)
    {
        if (numbers is not { Value: { } stated, Numerator: { } numerator, Denominator: { } denominator }) return;
        if (!definition.TryDerive(numerator, denominator, unit.Own, out var own)) return;
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

    /// <summary>The row's quantity in the definition's unit, computed from its parts where no value is stated.</summary>
    private static bool TryQuantity(Indicator definition, Numbers numbers, RowUnit unit, out Rational quantity)
    {
        quantity = numbers.Value is { } value ? unit.ToOwn(value.ToRational()) : default;
        return numbers.Value is not null
            || (numbers.HasBothParts && definition.TryDerive(numbers.Numerator!.Value, numbers.Denominator!.Value, unit.Own, out quantity));
    }

    private static RuleFinding OutOfRange(
        string rule, Severity severity, Rational quantity, string bound, Indicator definition, string zh, string en) => new(
        rule, severity, "value", quantity.ToDecimalText(), bound,
        $"{definition.NameZh}为 {quantity.ToDecimalText()} {definition.Unit}，应 {bound}；{zh}。",
        $"{definition.Code} is {quantity.ToDecimalText()} {definition.Unit}, expected {bound}; {en}.");
}
