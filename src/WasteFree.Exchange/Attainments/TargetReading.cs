using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Attainments;

/// <summary>What has to be read to say where a target stands.</summary>
public static class TargetReading
{
    /// <summary>
    /// The periods whose values it needs, of one frequency and without a gap: from the base, where it has one, to its own,
    /// which is the last.
    /// </summary>
    public static IEnumerable<Period> Periods(this Target target)
    {
        var first = target is { Relation: TargetRelation.Same, BasePeriod: { } from } && from.Frequency == target.Period.Frequency && from < target.Period
            ? from
            : target.Period;
        for (var period = first; period <= target.Period; period = period with { Start = period.End }) yield return period;
    }

    /// <summary>Periods of other frequencies on the days of its own: what is in them makes a missing value say so.</summary>
    public static IEnumerable<Period> OtherPeriods(this Target target) => ObservationNeed.OtherFrequencies(target.Period);
}
