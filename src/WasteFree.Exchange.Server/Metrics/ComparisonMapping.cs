using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Catalogs;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;
using ComparisonCell = WasteFree.Exchange.Comparison.ComparisonCell;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>From comparison tables to the contract's messages. Verdicts and reasons have the same numbers in both.</summary>
internal static class ComparisonMapping
{
    public static V1.Comparison ToMessage(ComparisonTable table)
    {
        var message = new V1.Comparison
        {
            Indicator = CatalogMapping.ToMessage(table.Definition),
            Period = table.Period.ToString(),
            Scope = table.Scope.Code(),
            Category = table.Category,
            Unit = table.Unit,
            Ranked = table.Ranked,
            Expected = table.Expected,
        };
        message.Cells.AddRange(table.Cells.Select(ToMessage));
        return message;
    }

    public static V1.ComparisonCell ToMessage(ComparisonCell cell)
    {
        var message = new V1.ComparisonCell
        {
            Region = cell.Region,
            Value = cell.Value,
            Derived = cell.Derived,
            Verdict = (V1.Verdict)cell.Verdict,
            Organization = cell.Organization,
            Illustrative = cell.Illustrative,
            SentValue = cell.SentValue,
            SentUnit = cell.SentUnit,
            Numerator = cell.Numerator,
            Denominator = cell.Denominator,
            Report = cell.Report.Length == 0 ? "" : new ReportName(cell.Organization, cell.Report).ToString(),
            Position = cell.Position,
            MessageZh = cell.MessageZh,
            MessageEn = cell.MessageEn,
        };
        if (cell.Rank is { } rank) message.Rank = rank;
        message.Reasons.AddRange(cell.Reasons.Select(reason => (V1.VerdictReason)reason));
        message.Status.AddRange(cell.Status.Codes);
        message.Targets.AddRange(cell.Targets.Select(ToMessage));
        message.Alternatives.AddRange(cell.Alternatives.Select(other => new V1.Alternative
        {
            Organization = other.Organization,
            Illustrative = other.Illustrative,
            Value = other.Value,
            Unit = other.Unit,
        }));
        return message;
    }

    private static V1.CellTarget ToMessage(Comparison.CellTarget target)
    {
        var message = new V1.CellTarget { Target = CatalogMapping.ToMessage(target.Target) };
        if (target.Attained is { } attained) message.Attained = attained;
        return message;
    }
}
