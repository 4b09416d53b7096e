using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Attainments;

/// <summary>
/// An event is reported as value 1 in the daily period of the day on which it happened; 0 says that it did not happen on
/// that day. Of each organisation the first such day stands for the target's period, so that whose day counts is chosen as
/// for any other cell, whichever organisation's day is the earlier.
/// </summary>
internal static class EventDays
{
    /// <summary>One observation per organisation and scope, of the day that tells most.</summary>
    internal static IReadOnlyList<ObservationRevision> Of(Target target, IEnumerable<ObservationRevision> observations, Disclosure disclosure) =>
    [
        .. observations
            .Where(row => row.Observation.Period is { Frequency: Frequency.Daily } day && day.Start >= target.Period.Start)
            .GroupBy(row => (row.Organization, row.Observation.Scope))
            .Select(days => Telling(target, [.. days.OrderBy(row => row.Observation.Period)], disclosure)),
    ];

    /// <summary>As a value of the target's period.</summary>
    internal static ObservationRevision StandFor(Target target, ObservationRevision day) =>
        day with { Observation = day.Observation with { Period = target.Period } };

    /// <summary>One is yes; a half is no day on which it happened.</summary>
    internal static bool Happened(Rational quantity) => quantity == Rational.One;

    /// <remarks>A withheld day may be the first: then no later one may be called so.</remarks>
    private static ObservationRevision Telling(Target target, IReadOnlyList<ObservationRevision> days, Disclosure disclosure) =>
        days.FirstOrDefault(row => row.Observation.Value is { } value
            && (disclosure.Withholds(row) || (InTargetsUnit(target, row.Observation.Unit, value) is { } quantity && Happened(quantity)))) ?? days[^1];

    private static Rational? InTargetsUnit(Target target, string code, ExactDecimal value) =>
        Unit.TryParse(code, out var from) && Unit.TryParse(target.Unit, out var to) && from.TryConvert(value.ToRational(), to, out var quantity)
            ? quantity
            : null;
}
