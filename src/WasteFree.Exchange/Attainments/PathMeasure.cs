using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Attainments;

/// <summary>Measures the way from a target's base to the target, along a straight line over whole periods.</summary>
internal static class PathMeasure
{
    /// <param name="target">The target.</param>
    /// <param name="periods">From the base to the target's own; only that one where there is no base.</param>
    /// <param name="cells">One per period, in the target's unit and definition.</param>
    internal static TargetPath Of(Target target, IReadOnlyList<Period> periods, IReadOnlyList<ComparisonCell> cells)
    {
        if (periods.Count == 1) return new TargetPath(PathState.NoBase);
        var stated = target.BaseValue is not null;
        var start = stated ? null : Usable(cells[0]);
        if ((target.BaseValue?.ToRational() ?? start?.Quantity) is not { } from) return new TargetPath(PathState.NoBase);
        var goal = target.Value.ToRational();
        if (from == goal) return new TargetPath(PathState.NoDistance);
        if (Newest(cells, start) is not { } steps) return new TargetPath(PathState.NoValue);

        var cell = cells[steps];
        var value = cell.Quantity!.Value;
        var attains = target.Comparator.Attains(value, goal);
        var measured = new TargetPath(PathState.BaseAttains)
        {
            BasePeriod = periods[0],
            BaseValue = target.BaseValue?.ToString() ?? start!.Value,
            Period = periods[steps],
            Value = cell.Value,
            Expected = goal.ToDecimalText(),
            OnTrack = attains,
            Illustrative = cell.Illustrative || start is { Illustrative: true },
        };
        // A line from there leads to the bad side: its share would praise a fall, and blame a value better than the target.
        if (target.Comparator.Attains(from, goal)) return measured;

        var all = periods.Count - 1;
        var expected = from + (goal - from) * new Rational(steps, all);
        return measured with
        {
            State = PathState.Known,
            Share = ((value - from) / (goal - from) * 100).ToDecimalText(),
            Expected = expected.ToDecimalText(),
            // At the end of the line only the target counts: at it is not above it.
            OnTrack = attains || (steps < all && IsAtOrBeyond(value, expected, target.Comparator)),
            CagrRatio = CagrRatio.Of(from, (value, steps), (goal, all), periods[0].Frequency),
        };
    }

    private static bool IsAtOrBeyond(Rational value, Rational expected, Comparator comparator) => comparator switch
    {
        Comparator.AtLeast or Comparator.Above => value >= expected,
        Comparator.AtMost or Comparator.Below => value <= expected,
        Comparator.Equal => value == expected,
    };

    /// <summary>
    /// How many periods after the base the newest value stands that may be compared with it: no break of the series lies
    /// between that no bridge leads over, and a made-up value is not measured from a real one, nor a real one from a made-up one.
    /// </summary>
    private static int? Newest(IReadOnlyList<ComparisonCell> cells, ComparisonCell? start)
    {
        int? newest = null;
        var before = start;
        for (var i = 1; i < cells.Count && !Breaks(before, cells[i]); i++)
        {
            if (Usable(cells[i]) is not { } cell) continue;
            before = cell;
            if (start is null || cell.Illustrative == start.Illustrative) newest = i;
        }
        return newest;
    }

    /// <remarks>A bridge leads over one break: that from the last value of the one definition to the first of the other.</remarks>
    private static bool Breaks(ComparisonCell? before, ComparisonCell cell) =>
        cell.Status.Has(StatusSet.Break) && !(before is not null && IsBridged(before) && !IsBridged(cell));

    private static bool IsBridged(ComparisonCell cell) => cell.Reasons.Contains(VerdictReason.Bridged);

    private static ComparisonCell? Usable(ComparisonCell cell) => CellTargets.MayBeHeld(cell) ? cell : null;
}
