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
    /// <summary>All of a table but its cells.</summary>
    public static V1.Comparison ToHead(ComparisonTable table) => new()
    {
        Indicator = CatalogMapping.ToMessage(table.Definition),
        Period = table.Period.ToString(),
        Scope = table.Scope.Code(),
        Category = table.Category,
        Unit = table.Unit,
        Ranked = table.Ranked,
        Expected = table.Expected,
        Aggregate = table.Aggregate is null ? null : ToMessage(table.Aggregate),
        Coverage = ToMessage(table.Coverage),
    };

    /// <param name="cell">A cell.</param>
    /// <param name="includeMessages">Also its sentences.</param>
    public static V1.ComparisonCell ToMessage(ComparisonCell cell, bool includeMessages)
    {
        var message = new V1.ComparisonCell
        {
            Region = cell.Region,
            Value = cell.Value,
            Derived = cell.Derived,
            Verdict = (V1.Verdict)cell.Verdict,
            Rank = cell.Rank ?? 0,
            Organization = cell.Organization,
            Illustrative = cell.Illustrative,
            SentValue = cell.SentValue,
            SentUnit = cell.SentUnit,
            Numerator = cell.Numerator,
            Denominator = cell.Denominator,
            NumeratorUnit = cell.NumeratorUnit,
            DenominatorUnit = cell.DenominatorUnit,
            Report = ReportOf(cell, cell.Report),
            AffirmedReport = ReportOf(cell, cell.AffirmedReport),
            Position = cell.Position,
            MessageZh = includeMessages ? cell.MessageZh : "",
            MessageEn = includeMessages ? cell.MessageEn : "",
            Version = cell.Version,
            RollUp = cell.RollUp is null ? null : ToMessage(cell.RollUp),
            NormalizedBy = cell.NormalizedBy is null ? null : ToMessage(cell.NormalizedBy),
        };
        message.Growth.AddRange(cell.Growth.Select(growth => ToMessage(growth, includeMessages)));
        message.Reasons.AddRange(cell.Reasons.Select(reason => (V1.VerdictReason)reason));
        message.Status.AddRange(cell.Status.Codes);
        message.Targets.AddRange(cell.Targets.Select(ToMessage));
        message.Alternatives.AddRange(cell.Alternatives.Select(other => new V1.CellAlternative
        {
            Organization = other.Organization,
            Illustrative = other.Illustrative,
            Value = other.Value,
            Unit = other.Unit,
        }));
        return message;
    }

    private static V1.CellTarget ToMessage(Comparison.CellTarget target) => new()
    {
        Id = target.Target.Id,
        Comparator = CatalogMapping.ToMessage(target.Target.Comparator),
        Value = target.Target.Value.ToString(),
        Unit = target.Target.Unit,
        Goal = target.Goal,
        State = target switch
        {
            { Attained: true } => AttainmentState.Attained,
            { Attained: false } => AttainmentState.NotAttained,
            { Target.Relation: Catalog.TargetRelation.Same } => AttainmentState.Unknown,
            _ => AttainmentState.RelatedOnly,
        },
    };

    private static V1.CellRollUp ToMessage(Comparison.RollUp made) => new()
    {
        Frequency = made.Frequency is { } finest ? new Period(finest, default).FrequencyCode.ToString() : "",
        Regions = { made.Regions },
        Used = made.Used,
        Expected = made.Expected,
        Coverage = made.Coverage.ToDecimalText(),
        PartialValue = made.Used < made.Expected ? made.PartialValue : "",
        CannotExist = made.CannotExist,
    };

    private static V1.CellDenominator ToMessage(Comparison.Denominator denominator)
    {
        var message = new V1.CellDenominator
        {
            Indicator = denominator.Indicator,
            Period = denominator.Period.ToString(),
            Value = denominator.Value,
            Unit = denominator.Unit,
            Organization = denominator.Organization,
            Report = denominator.Report,
            AffirmedReport = denominator.AffirmedReport,
            Position = denominator.Position,
        };
        message.Status.AddRange(denominator.Status.Codes);
        return message;
    }

    private static string ReportOf(ComparisonCell cell, string id) => id.Length == 0 ? "" : new ReportName(cell.Organization, id).ToString();

    private static V1.CellGrowth ToMessage(Comparison.Growth growth, bool includeMessages)
    {
        var message = new V1.CellGrowth
        {
            Basis = (V1.GrowthBasis)growth.Basis,
            BasePeriod = growth.BasePeriod?.ToString() ?? "",
            BaseValue = growth.BaseValue,
            Change = growth.Change?.ToDecimalText() ?? "",
            Percent = growth.Percent?.ToDecimalText() ?? "",
            Kind = (V1.GrowthKind)growth.Kind,
            Points = growth.Points?.ToDecimalText() ?? "",
            MessageZh = includeMessages ? growth.MessageZh : "",
            MessageEn = includeMessages ? growth.MessageEn : "",
        };
        message.Reasons.AddRange(growth.Reasons.Select(reason => (V1.VerdictReason)reason));
        return message;
    }

    private static V1.ComparisonAggregate ToMessage(Comparison.Aggregate aggregate)
    {
        var message = new V1.ComparisonAggregate
        {
            Value = aggregate.Quantity?.ToDecimalText() ?? "",
            Numerator = aggregate.Numerator?.ToDecimalText() ?? "",
            Denominator = aggregate.Denominator?.ToDecimalText() ?? "",
            NumeratorUnit = aggregate.NumeratorUnit,
            DenominatorUnit = aggregate.DenominatorUnit,
            Used = aggregate.Used,
            Expected = aggregate.Expected,
            Coverage = aggregate.Coverage.ToDecimalText(),
            WorstStatus = aggregate.Used == 0 ? "" : aggregate.Status.Highest.ToString(),
            Illustrative = aggregate.Illustrative,
        };
        message.Status.AddRange(aggregate.Status.Codes);
        message.Excluded.AddRange(aggregate.Excluded.Select(ToMessage));
        message.PartialRegions.AddRange(aggregate.PartialRegions);
        message.Reasons.AddRange(aggregate.Reasons.Select(reason => (V1.VerdictReason)reason));
        return message;
    }

    private static V1.AggregateExclusion ToMessage(Comparison.Excluded excluded)
    {
        var message = new V1.AggregateExclusion { Region = excluded.Region };
        message.Reasons.AddRange(excluded.Reasons.Select(reason => (V1.VerdictReason)reason));
        return message;
    }

    private static V1.ComparisonCoverage ToMessage(Comparison.Coverage coverage) => new()
    {
        Expected = coverage.Expected,
        Valued = coverage.Valued,
        Missing = coverage.Missing,
        CannotExist = coverage.CannotExist,
        Absent = coverage.Absent,
        NotShared = coverage.NotShared,
        DataCoverage = coverage.DataCoverage?.ToDecimalText() ?? "",
        Completeness = coverage.Completeness?.ToDecimalText() ?? "",
    };
}
