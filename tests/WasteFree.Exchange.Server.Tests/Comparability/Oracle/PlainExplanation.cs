using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>Computes an explanation anew, from its leaves up, by the kind of each step alone.</summary>
internal sealed class PlainExplanation(PlainCatalog catalog)
{
    /// <summary>The number of a node as it follows from its inputs, each of which has said its own; null: it says none.</summary>
    public Fraction? Of(Explanation node)
    {
        var inputs = node.Inputs.Where(input => input.Step is not (ExplanationStep.Exclusion or ExplanationStep.Growth)).ToList();
        var numbers = inputs.Select(Of).ToList();
        foreach (var left in node.Inputs.Except(inputs)) Of(left);
        if (node.Value.Length == 0) return null;

        Fraction? number = node.Step switch
        {
            ExplanationStep.Observation => Fraction.Parse(node.Value),
            ExplanationStep.Quotient or ExplanationStep.Normalization => numbers[0] / numbers[1] * PlainUnits.QuotientFactor(inputs[0].Unit, inputs[1].Unit, node.Unit, null),
            ExplanationStep.Conversion => numbers.Single() * Conversion(node, inputs.Single().Unit),
            ExplanationStep.Bridge => numbers.Single() * BridgeOf(node, inputs.Single()),
            ExplanationStep.RollUp or ExplanationStep.Sum => Fraction.Sum(numbers.Select(one => one!.Value)),
            ExplanationStep.Growth when node.Unit == "%{point}" => (numbers[0] - numbers[1]) * PlainUnits.Factor(inputs[0].Unit, "%", null),
            ExplanationStep.Growth => ((numbers[0] / numbers[1]) - Fraction.One) * Fraction.Of(100),
            ExplanationStep.Cell => numbers.Single(),
            _ => throw new InvalidOperationException($"{node.Step} has no number: {node}"),
        };
        var stated = Fraction.Parse(node.Exact.Length > 0 ? node.Exact : node.Value);
        Assert.True(number == stated, $"{node.Step} of {node.Region} {node.Period} says {stated}, its inputs give {number}: {node}");
        if (node.Exact.Length > 0) Assert.Equal(node.Value, stated.Text());
        return number;
    }

    /// <summary>The observations that it rests on, left-out ones included.</summary>
    public static IEnumerable<Explanation> Leaves(Explanation node) =>
        node.Inputs.SelectMany(Leaves).Concat(node.Step == ExplanationStep.Observation ? [node] : []);

    private Fraction? Conversion(Explanation node, string from)
    {
        var days = PlainPeriod.Of(node.Period).Days;
        // Densities of tests are for all categories.
        return PlainUnits.Factor(from, node.Unit, days, catalog.DensityOf(node.Indicator, "_T"));
    }

    private Fraction? BridgeOf(Explanation node, Explanation input)
    {
        var sent = Leaves(input).Select(leaf => leaf.Observation.Observation).First(row => row.Indicator == node.Indicator);
        var from = PlainCatalog.Major(sent.Version);
        return catalog.BridgeFactor(node.Indicator, from, 3 - from, node.Region);
    }
}
