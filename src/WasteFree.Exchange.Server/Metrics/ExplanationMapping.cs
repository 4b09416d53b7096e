using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>
/// From a derivation to the contract's explanation. Steps and reasons have the same numbers in both. A tree has no pages: one that does
/// not fit into an answer is refused before all of it is made.
/// </summary>
internal sealed class ExplanationMapping(ObservationMapping observations)
{
    private int _bytes;

    /// <exception cref="Grpc.Core.RpcException">The tree is larger than an answer may be.</exception>
    public Explanation ToMessage(Derivation derivation)
    {
        _bytes = 0;
        return Of(derivation, () => Count(derivation));
    }

    private Explanation Of(Derivation derivation, Func<long> countAll)
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
        _bytes += AnswerPage.SizeOf(message);
        if (_bytes > AnswerPage.Bytes) throw TooLarge(countAll()).ToException();
        message.Inputs.AddRange(derivation.Inputs.Select(input => Of(input, countAll)));
        return message;
    }

    private static long Count(Derivation derivation) => 1 + derivation.Inputs.Sum(Count);

    private static Refusal TooLarge(long steps) => new Refusal(
        ErrorReason.QueryTooLarge,
        $"该数的推导共 {steps} 步，超过一次答复的上限 {AnswerPage.AnswerBytes} 字节；请解释单个地区，或较短的期间，或不用 roll_up。",
        $"The number is made in {steps} steps, more than an answer of at most {AnswerPage.AnswerBytes} bytes can hold; explain one region, a shorter period, or ask without roll_up.")
    {
        Metadata = new Dictionary<string, string> { ["steps"] = $"{steps}" },
    }.OfLimit("max_page_bytes", AnswerPage.AnswerBytes);

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
