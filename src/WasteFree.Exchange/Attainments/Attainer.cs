using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Attainments;

/// <summary>
/// Holds values against targets. A function of its arguments alone: the order of the observations is of no consequence,
/// nor does a target's state depend on the others asked.
/// </summary>
public sealed class Attainer
{
    private readonly CatalogSnapshot _catalog;
    private readonly AttainmentRequest _request;
    private readonly TargetCells _cells;
    private readonly ILookup<(string Indicator, string Region, string Category), ObservationRevision> _observations;

    private Attainer(CatalogSnapshot catalog, AttainmentRequest request, IEnumerable<ObservationRevision> observations)
    {
        _catalog = catalog;
        _request = request;
        _cells = new TargetCells(catalog, request);
        _observations = observations.ToLookup(row => (row.Observation.Indicator, row.Observation.Region, row.Observation.Category));
    }

    /// <param name="catalog">The catalogue as of the instant that is read.</param>
    /// <param name="request">Its targets are of that catalogue.</param>
    /// <param name="observations">
    /// All that is visible of what <see cref="TargetReading"/> names for the targets, of any scope: a value of another scope
    /// is a reason. Those of illustrative organisations only if the caller asked for them.
    /// </param>
    /// <returns>One per target, in their order.</returns>
    public static IReadOnlyList<Attainment> Attain(
        CatalogSnapshot catalog, AttainmentRequest request, IReadOnlyList<ObservationRevision> observations)
    {
        var attainer = new Attainer(catalog, request, observations);
        return [.. request.Targets.Select(attainer.Of)];
    }

    private Attainment Of(Target target)
    {
        if (target.Relation == TargetRelation.NotAResult || target.Indicator.Length == 0) return Say(target, null, null, null);
        if (target.IsEvent(_catalog)) return OfEvent(target, Observations(target, target.Region));
        Period[] periods = [.. target.Periods()];
        var cells = _cells.Of(target, periods, [.. _catalog.WithParts(target.Region).SelectMany(region => Observations(target, region))]);
        var path = target.Relation == TargetRelation.Same ? PathMeasure.Of(target, periods, cells) : null;
        return Say(target, cells[^1], null, path);
    }

    private IEnumerable<ObservationRevision> Observations(Target target, string region) => _observations[(target.Indicator, region, target.Category)];

    private Attainment OfEvent(Target target, IEnumerable<ObservationRevision> observations)
    {
        var days = EventDays.Of(target, observations, _request.Disclosure);
        var cell = _cells.Of(target, [target.Period], [.. days.Select(day => EventDays.StandFor(target, day))])[0];
        var happened = CellTargets.MayBeHeld(cell) && EventDays.Happened(cell.Quantity!.Value);
        var first = happened ? days.Single(day => day.Organization == cell.Organization && day.Observation.Scope == target.Scope).Observation.Period.Start : (DateOnly?)null;
        return Say(target, cell, first, null);
    }

    private Attainment Say(Target target, ComparisonCell? cell, DateOnly? eventDay, TargetPath? path)
    {
        var isEvent = target.IsEvent(_catalog);
        var state = StateOf(target, cell, isEvent, eventDay);
        var (zh, en) = AttainmentWords.For(target, state, cell, isEvent, eventDay);
        return new Attainment
        {
            Target = target,
            Goal = target.Goal(_catalog),
            State = state,
            Cell = cell,
            EventDay = eventDay,
            Percent = isEvent || state is not (AttainmentState.Attained or AttainmentState.NotAttained) ? "" : Percent(target, cell!.Quantity!.Value),
            DaysLeft = state == AttainmentState.NotAResult ? null : target.LastDay().DayNumber - _request.Date.DayNumber,
            Path = path,
            MessageZh = zh,
            MessageEn = en,
        };
    }

    private static AttainmentState StateOf(Target target, ComparisonCell? cell, bool isEvent, DateOnly? eventDay) => target.Relation switch
    {
        TargetRelation.NotAResult => AttainmentState.NotAResult,
        TargetRelation.Related or TargetRelation.None => AttainmentState.RelatedOnly,
        TargetRelation.Same when isEvent => eventDay is { } day ? Decided(day <= target.LastDay()) : AttainmentState.Unknown,
        TargetRelation.Same => CellTargets.MayBeHeld(cell!)
            ? Decided(target.Comparator.Attains(cell!.Quantity!.Value, target.Value.ToRational()))
            : AttainmentState.Unknown,
    };

    private static AttainmentState Decided(bool attained) => attained ? AttainmentState.Attained : AttainmentState.NotAttained;

    private static string Percent(Target target, Rational value) =>
        target is { Comparator: Comparator.AtLeast or Comparator.Above, Value.Mantissa: > 0 }
            ? (value / target.Value.ToRational() * 100).ToDecimalText()
            : "";
}
