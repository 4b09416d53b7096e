using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>Finds observations by what a cell is about.</summary>
internal sealed class ObservationIndex
{
    private readonly ILookup<(string, string, string, Period), ObservationRevision> _byCell;
    private readonly ILookup<(string, string, string), ObservationRevision> _bySeries;

    internal ObservationIndex(IReadOnlyList<ObservationRevision> observations)
    {
        _byCell = observations.ToLookup(row =>
            (row.Observation.Indicator, row.Observation.Category, row.Observation.Region, row.Observation.Period));
        _bySeries = observations.ToLookup(row => (row.Observation.Indicator, row.Observation.Category, row.Observation.Region));
    }

    internal IEnumerable<ObservationRevision> At(string indicator, string category, string region, Period period) =>
        _byCell[(indicator, category, region, period)];

    internal IEnumerable<ObservationRevision> Overlapping(string indicator, string category, string region, Period period) =>
        _bySeries[(indicator, category, region)]
            .Where(row => row.Observation.Period != period
                && (period.Contains(row.Observation.Period) || row.Observation.Period.Contains(period)));

    internal bool HasWithin(string indicator, string category, string region, Period period) =>
        _bySeries[(indicator, category, region)]
            .Any(row => row.Observation.Period != period && period.Contains(row.Observation.Period));
}
