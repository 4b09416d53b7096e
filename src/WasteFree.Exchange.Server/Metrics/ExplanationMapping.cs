using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>From derivations to the contract's explanations. Steps and reasons have the same numbers in both.</summary>
internal sealed class ExplanationMapping(ObservationMapping observations)
{
    public Explanation ToMessage(Derivation derivation)
    {
        var (zh, en) = DerivationWords.For(derivation);
        var message = new Explanation
        {
            Step = (ExplanationStep)derivation.Step,
            Indicator = derivation.Indicator,
            Region = derivation.Region,
            Period = derivation.Period?.ToString() ?? "",
            Value = Value(derivation),
            Unit = derivation.Unit,
            Exact = derivation.Quantity is { } quantity && quantity.ToText() != quantity.ToDecimalText() ? quantity.ToString() : "",
            MessageZh = zh,
            MessageEn = en,
        };
        if (derivation.Revision is { } revision) message.Observation = observations.ToMessage(revision);
        message.Reasons.AddRange(derivation.Reasons.Select(reason => (V1.VerdictReason)reason));
        message.Inputs.AddRange(derivation.Inputs.Select(ToMessage));
        return message;
    }

    private static string Value(Derivation derivation) => derivation switch
    {
        { Quantity: null } => "",
        { Shown.Length: > 0 } => derivation.Shown,
        { Step: DerivationStep.Observation, Revision.Observation: { } sent } => Sent(sent, derivation.Part),
        { Quantity: { } quantity } => quantity.ToDecimalText(),
    };

    private static string Sent(Values.Observation sent, ObservationPart part) => part switch
    {
        ObservationPart.Value => sent.Value,
        ObservationPart.Numerator => sent.Numerator,
        ObservationPart.Denominator => sent.Denominator,
    } is { } number ? number.ToString() : "";
}
