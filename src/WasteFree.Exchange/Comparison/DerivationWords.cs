using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Comparison;

/// <summary>What a step did, in words: factors, days, sources.</summary>
public static class DerivationWords
{
    public static (string Zh, string En) For(Derivation derivation) => derivation switch
    {
        { MessageZh.Length: > 0 } => (derivation.MessageZh, derivation.MessageEn),
        { Step: DerivationStep.Observation } => Observation(derivation),
        { Step: DerivationStep.Quotient } => ("分子除以分母", "numerator by denominator"),
        { Step: DerivationStep.Conversion, Conversion: { } conversion } => Conversion(derivation, conversion),
        { Step: DerivationStep.Bridge, Bridge: { } bridge } => Bridge(bridge),
        { Step: DerivationStep.RollUp, Aggregation: Aggregation.Last } => ("取最后一期", "the last period stands"),
        { Step: DerivationStep.RollUp } => ("较细时期之和", "sum of finer periods"),
        { Step: DerivationStep.Sum } => ("各地区之和", "sum over regions"),
        { Step: DerivationStep.Normalization } => ("数量除以人口或地区生产总值", "amount by population or product"),
        { Step: DerivationStep.Growth, Unit: Growths.PointUnit } => ("本期 − 基期，以百分点计", "value - base value, in percentage points"),
        { Step: DerivationStep.Growth } => ("（本期 ÷ 基期 − 1）× 100", "(value / base value - 1) x 100"),
        { Step: DerivationStep.Cell, Region.Length: 0 } => ("各地区合为一体", "the regions as one"),
        { Step: DerivationStep.Cell } => ("单元格", "cell"),
        { Step: DerivationStep.Exclusion } => ("未计入", "left out"),
        _ => throw new ArgumentOutOfRangeException(nameof(derivation), derivation.Step, "No such step."),
    };

    private static (string, string) Observation(Derivation derivation)
    {
        var (zh, en) = derivation.Part switch
        {
            ObservationPart.Value => ("报送值", "value as sent"),
            ObservationPart.Numerator => ("报送的分子", "numerator as sent"),
            ObservationPart.Denominator => ("报送的分母", "denominator as sent"),
        };
        return derivation.Revision is { } sent ? ($"{zh}，{sent.Organization}", $"{en}, {sent.Organization}") : (zh, en);
    }

    private static (string, string) Conversion(Derivation derivation, UnitConversion conversion)
    {
        var from = derivation.Inputs[0].Unit;
        var zh = $"{from} 换算为 {derivation.Unit}：× {conversion.Factor.ToText()}";
        var en = $"{from} to {derivation.Unit}: x {conversion.Factor.ToText()}";
        if (conversion.Days is { } days) (zh, en) = ($"{zh}，按该时期实际 {days} 天", $"{en}, by the {days} real days of the period");
        return conversion.Density is { } density
            ? ($"{zh}，密度 {density.Value} {density.Unit}（{density.Source}）", $"{en}, density {density.Value} {density.Unit} ({density.Source})")
            : (zh, en);
    }

    private static (string, string) Bridge(Bridge bridge) => (
        $"由 {bridge.FromMajor}.x 版衔接至 {bridge.ToMajor}.x 版：× {bridge.FactorText}，重叠期 {bridge.OverlapPeriod}，来源 {bridge.Source}，批准 {bridge.Approver}",
        $"from version {bridge.FromMajor}.x to {bridge.ToMajor}.x: x {bridge.FactorText}, both measured in {bridge.OverlapPeriod}, source {bridge.Source}, approved by {bridge.Approver}");
}
