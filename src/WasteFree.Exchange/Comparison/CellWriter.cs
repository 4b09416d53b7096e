using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>Writes placed cells down as a table shows them.</summary>
internal sealed class CellWriter(CatalogSnapshot catalog, ComparisonRequest request, TableReader table)
{
    internal ComparisonCell Write(Placed placed, IReadOnlyList<Growth> growth)
    {
        var draft = placed.Draft;
        var chosen = draft.Chosen;
        var observation = chosen?.Revision.Observation;
        var shown = draft.Withheld ? null : observation;
        var sent = placed.Reasons.Contains(VerdictReason.Converted) || placed.Reasons.Contains(VerdictReason.Unit) ? shown?.Value : null;
        var (zh, en) = VerdictWords.For(placed, table.Cells.Definition, table.Unit.Code, catalog);
        var growths = growth.Select(one => Worded(one, draft)).ToList();
        // What a value is divided by stands beside it: only a ratio has numerator and denominator of its own.
        var sums = chosen is null && request.Normalization is null ? draft.Parts : null;
        return new ComparisonCell
        {
            Region = draft.Region,
            Quantity = draft.Quantity,
            Value = draft.Value,
            Derived = draft.Derived,
            Verdict = Verdicts.Of(placed.Reasons),
            Reasons = [.. placed.Reasons],
            Rank = placed.Rank,
            Organization = draft.Organization,
            Illustrative = draft.Illustrative,
            SentValue = sent?.ToString() ?? "",
            SentUnit = sent is null ? "" : shown!.Unit,
            Status = draft.Status,
            Numerator = sums?.Numerator.ToDecimalText() ?? shown?.Numerator?.ToString() ?? "",
            Denominator = sums?.Denominator.ToDecimalText() ?? shown?.Denominator?.ToString() ?? "",
            NumeratorUnit = sums?.NumeratorFrom.Unit ?? shown?.NumeratorUnit ?? "",
            DenominatorUnit = sums?.DenominatorFrom.Unit ?? shown?.DenominatorUnit ?? "",
            Targets = request.Normalization is null ? CellTargets.Of(draft, table, request, catalog) : [],
            Alternatives = [.. draft.Choice.Others.Select(AlternativeOf)],
            Report = chosen?.Revision.Report ?? "",
            AffirmedReport = chosen?.Revision.Affirmed?.Report ?? "",
            Position = chosen?.Revision.Position ?? 0,
            Version = observation?.Version ?? "",
            RollUp = draft.RollUp,
            NormalizedBy = draft.NormalizedBy,
            Growth = growths,
            MessageZh = zh,
            MessageEn = en,
            Derivation = Explained(placed, growths),
        };
    }

    private Growth Worded(Growth growth, Draft draft)
    {
        var (zh, en) = VerdictWords.For(growth, draft, catalog);
        return growth with { MessageZh = zh, MessageEn = en };
    }

    private Derivation Explained(Placed placed, IReadOnlyList<Growth> growth)
    {
        var draft = placed.Draft;
        var (zh, en) = VerdictWords.For(placed, table.Cells.Definition, table.Unit.Code, catalog);
        return new Derivation
        {
            Step = DerivationStep.Cell,
            Indicator = table.Cells.Definition.Code,
            Region = draft.Region,
            Period = draft.Period,
            Quantity = draft.Quantity,
            Unit = table.Unit.Code,
            Shown = draft.Value,
            Reasons = [.. placed.Reasons],
            MessageZh = zh,
            MessageEn = en,
            Inputs =
            [
                draft.Derivation,
                .. draft.Choice.Others.Select(other => new Derivation
                {
                    Step = DerivationStep.Exclusion,
                    Indicator = table.Cells.Definition.Code,
                    Region = draft.Region,
                    Period = draft.Period,
                    Reasons = [VerdictReason.Source],
                    MessageZh = $"未采用：另一来源 {other.Organization}",
                    MessageEn = $"not taken: another source, {other.Organization}",
                    Inputs = [other.Derivation],
                }),
                .. growth.Select(one => GrowthOf(placed, one)),
            ],
        };
    }

    private Derivation GrowthOf(Placed placed, Growth growth) => new()
    {
        Step = DerivationStep.Growth,
        Indicator = table.Cells.Definition.Code,
        Region = placed.Draft.Region,
        Period = placed.Draft.Period,
        Quantity = growth.Kind == GrowthKind.Points ? growth.Points : growth.Percent,
        Unit = growth.Kind == GrowthKind.Points ? Growths.PointUnit : "%",
        Reasons = growth.Reasons,
        MessageZh = growth.MessageZh,
        MessageEn = growth.MessageEn,
        Inputs = growth.Origin is { } origin ? [placed.Draft.Derivation, origin.Derivation] : [],
    };

    private Alternative AlternativeOf(Reading other)
    {
        var observation = other.Revision.Observation;
        var value = other.Withheld ? "" : observation.Value?.ToString() ?? other.Value;
        return new Alternative(other.Organization, other.Illustrative, value, observation.Value is null ? table.Unit.Code : observation.Unit);
    }
}
