using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>Observations that a comparison reads, in any scope, for its regions.</summary>
/// <param name="Indicators">Indicator codes.</param>
/// <param name="Category">Category code.</param>
/// <param name="Periods">Periods, matched exactly.</param>
/// <param name="Source">Only this organisation's; null: any.</param>
public sealed record ObservationNeed(
    IReadOnlyList<string> Indicators, string Category, IReadOnlyList<Period> Periods, string? Source)
{
    /// <summary>All that <see cref="Comparer.Compare"/> looks at to give the request its numbers.</summary>
    public static IReadOnlyList<ObservationNeed> Of(ComparisonRequest request)
    {
        var periods = request.Columns.Select(column => column.Period)
            .SelectMany(period => request.Growth.SelectMany(basis => Growths.PeriodsOf(basis, period)).Append(period))
            .Distinct()
            .ToList();
        var values = new ObservationNeed(
            [.. request.Columns.Select(column => column.Indicator).Distinct()],
            request.Category,
            WithFiner(periods, request.RollUp),
            request.Source);
        if (request.Normalization is not { } normalization) return [values];

        var denominators = periods.SelectMany(period => Normalizing.PeriodsOf(normalization, period)).Distinct().ToList();
        return
        [
            values,
            // The statistics office is not the source of the waste.
            new ObservationNeed([Normalizing.IndicatorOf(normalization)], Codes.Total, WithFiner(denominators, request.RollUp), null),
        ];
    }

    /// <summary>
    /// What there is in other frequencies for cells, and bases of growth, of which no number was read: it makes a missing
    /// cell say so.
    /// </summary>
    public static IReadOnlyList<(ObservationNeed Need, IReadOnlyList<string> Regions)> OfMissing(
        ComparisonRequest request, IReadOnlyList<ObservationRevision> observations)
    {
        var read = Of(request)[0].Periods.ToHashSet();
        var known = observations
            .Where(row => row.Observation.Scope == request.Scope && row.Observation.HasNumber)
            .Select(row => (row.Observation.Indicator, row.Observation.Period, row.Observation.Region))
            .ToHashSet();
        return
        [
            .. request.Columns
                .SelectMany(column => request.Growth.Select(basis => Growths.BaseOf(basis, column.Period)).OfType<Period>().Append(column.Period)
                    .Select(period => (column.Indicator, Period: period)))
                .Distinct()
                .SelectMany(cell => request.Regions
                    .Where(region => !known.Contains((cell.Indicator, cell.Period, region)))
                    .Select(region => (cell.Indicator, cell.Period, Region: region)))
                .GroupBy(cell => cell.Indicator)
                .Select(cells => (
                    new ObservationNeed(
                        [cells.Key],
                        request.Category,
                        [.. cells.Select(cell => cell.Period).Distinct().SelectMany(OtherFrequencies).Where(period => !read.Contains(period)).Distinct()],
                        request.Source),
                    (IReadOnlyList<string>)[.. cells.Select(cell => cell.Region).Distinct()])),
        ];
    }

    /// <summary>Periods of other frequencies that overlap it; days and weeks would be hundreds.</summary>
    internal static IEnumerable<Period> OtherFrequencies(Period period) =>
        period.Coarser().Concat(Finer(period).Where(finer => finer.Frequency is not (Frequency.Weekly or Frequency.Daily)));

    private static List<Period> WithFiner(List<Period> periods, bool rollUp) =>
        rollUp ? [.. periods.SelectMany(Finer).Concat(periods).Distinct()] : periods;

    private static IEnumerable<Period> Finer(Period period) => period.Finer().SelectMany(finer => Finer(finer).Prepend(finer));
}
