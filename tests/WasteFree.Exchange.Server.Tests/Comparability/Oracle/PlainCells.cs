using WasteFree.Exchange.V1;
using PlainRows = System.Linq.ILookup<(string Indicator, string Category, string Region), WasteFree.Exchange.V1.ObservationRecord>;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>One cell at a time: whose value it is, what it is made of, what it is divided by.</summary>
/// <param name="Rows">All that is visible at the instant, each with its numbers.</param>
/// <param name="Catalog">The catalogue there.</param>
/// <param name="Request">What is asked.</param>
/// <param name="Withheld">Rows whose numbers the caller is not told, by report and key: whatever is asked, they are these.</param>
internal sealed record PlainCells(PlainRows Rows, PlainCatalog Catalog, CompareMetricsRequest Request, IReadOnlySet<string> Withheld)
{
    public PlainCell Of(PlainHeading table, string region)
    {
        var own = table with { Unit = table.Definition.Unit };
        if (Request.Normalization != Normalization.Unspecified) return PlainNormalization.Divide(this, Amount(own, region), table);
        var reported = Reported(table, region);
        if (reported.HasNumber || !Request.RollUp) return reported;
        if (PlainRollUps.Make(this, own, region) is not { } made) return PlainRollUps.Never(this, own, reported);
        Keep(made, reported);
        Convert(made, table, own.Unit);
        return made;
    }

    /// <summary>What was reported, or else what finer periods make of it, in the table's unit, which is the definition's.</summary>
    public PlainCell Amount(PlainHeading table, string region)
    {
        var reported = Reported(table, region);
        if (reported.HasNumber || !Request.RollUp) return reported;
        if (PlainRollUps.Make(this, table, region) is not { } made) return PlainRollUps.Never(this, table, reported);
        Keep(made, reported);
        return made;
    }

    /// <summary>What others report for the period itself stays beside it; with no finer value in it the cell is what was reported.</summary>
    private static void Keep(PlainCell made, PlainCell reported)
    {
        made.Others = reported.Others;
        if (made.RollUp!.Used > 0) return;
        (made.Chosen, made.Organization, made.Illustrative) = (reported.Chosen, reported.Organization, reported.Illustrative);
        made.Flags.UnionWith(reported.Flags);
    }

    public PlainCell Reported(PlainHeading table, string region)
    {
        var rows = RowsOf(table.Definition.Code, table.Category, region).ToList();
        var cell = new PlainCell { Region = region, Period = table.Period };
        Choose(cell, [.. OneMajorEach(rows.Where(row => row.Observation.Period == table.Period.Text && row.Observation.Scope == table.Scope)).Select(Read)]);
        if (cell.HasNumber) return cell;

        if (rows.Where(row => row.Observation.Period == table.Period.Text && row.Observation.Scope != table.Scope)
            .GroupBy(row => row.Observation.Scope).SelectMany(OneMajorEach).Any(row => Read(row).HasNumber))
            cell.Reasons.Add(VerdictReason.Scope);
        // Values for other periods only: nobody has one for this.
        if (cell.Others.Count == 0 && rows.Any(row => row.Observation.Scope == table.Scope && Overlaps(row, table.Period) && Read(row).HasNumber))
            cell.Reasons.Add(VerdictReason.Period);
        return cell;

        // Who measured by both definitions in the year that they overlap is asked for that of the table.
        IEnumerable<ObservationRecord> OneMajorEach(IEnumerable<ObservationRecord> some) => some.GroupBy(row => row.Organization).Select(own =>
            own.FirstOrDefault(row => PlainCatalog.Major(row.Observation.Version) == PlainCatalog.Major(table.Definition.Version))
            ?? own.OrderByDescending(row => Catalog.BridgeFactor(
                table.Definition.Code, PlainCatalog.Major(row.Observation.Version), PlainCatalog.Major(table.Definition.Version), region) is not null)
                .ThenByDescending(row => PlainCatalog.Major(row.Observation.Version)).First());

        PlainReading Read(ObservationRecord row) => PlainReading.Of(row, table, Catalog, Withheld.Contains(KeyOf(row)));
    }

    public static string KeyOf(ObservationRecord record)
    {
        var row = record.Observation;
        return string.Join(' ', record.Organization, row.Indicator, row.Region, row.Category, row.Scope, row.Period, PlainCatalog.Major(row.Version));
    }

    public bool HasWithin(PlainHeading table, string region, PlainPeriod period) =>
        RowsOf(table.Definition.Code, table.Category, region).Any(row => IsWithin(PlainPeriod.Of(row.Observation.Period), period));

    /// <summary>From the unit that a number was computed in to that of the table.</summary>
    public void Convert(PlainCell cell, PlainHeading table, string from)
    {
        if (from == table.Unit) return;
        var factor = PlainUnits.Factor(from, table.Unit, table.Days, Catalog.DensityOf(table.Definition.Code, table.Category));
        if (cell.RollUp is { } rollUp)
        {
            // A part of a period has not its days.
            var daysMatter = factor != PlainUnits.Factor(from, table.Unit, table.Days + 1, Catalog.DensityOf(table.Definition.Code, table.Category));
            cell.RollUp = rollUp with { Partial = daysMatter && rollUp.Used < rollUp.Expected ? null : rollUp.Partial * factor };
        }
        if (cell.Number is null) return;
        cell.Reasons.Add(factor is null ? VerdictReason.Unit : VerdictReason.Converted);
        cell.Number *= factor;
    }

    private static bool IsWithin(PlainPeriod part, PlainPeriod whole) => part != whole && part.Start >= whole.Start && part.End <= whole.End;

    /// <summary>Nobody looks for hundreds of days, unless they are to make the period.</summary>
    private bool Overlaps(ObservationRecord row, PlainPeriod period)
    {
        var other = PlainPeriod.Of(row.Observation.Period);
        return (IsWithin(other, period) && (other.Frequency != 'D' || Request.RollUp)) || IsWithin(period, other);
    }

    private IEnumerable<ObservationRecord> RowsOf(string indicator, string category, string region) => Rows[(indicator, category, region)].Where(row =>
        (Request.Source.Length == 0 || row.Organization == Request.Source)
        && (Request.IncludeIllustrative || !row.Illustrative));

    /// <summary>Real before made-up, the mandate before the rest; between equals nobody chooses.</summary>
    private void Choose(PlainCell cell, IReadOnlyList<PlainReading> readings)
    {
        if (readings.Count == 0)
        {
            cell.Reasons.Add(VerdictReason.Missing);
            return;
        }
        var claims = readings.Any(one => !one.Record.Illustrative) ? readings.Where(one => !one.Record.Illustrative).ToList() : readings.ToList();
        var mandated = claims.Where(one => Catalog.IsAuthoritative(one.Record.Organization, one.Row.Indicator, one.Row.Region)).ToList();
        if (mandated.Count > 0) claims = mandated;
        var numbers = claims.Where(one => one.HasNumber).ToList();
        if (numbers.Count > 1)
        {
            cell.Reasons.Add(VerdictReason.Source);
            cell.Others = [.. readings.Where(one => one.HasNumber)];
            cell.Illustrative = cell.Others.All(one => one.Record.Illustrative);
            return;
        }

        var chosen = numbers.Count == 1 ? numbers[0] : claims.MinBy(one => one.Record.Organization, StringComparer.Ordinal)!;
        cell.Chosen = chosen;
        cell.Reasons.UnionWith(chosen.Reasons);
        cell.Flags.UnionWith(chosen.Flags);
        if (chosen.Row.Status.Contains("B")) cell.Breaks.Add(chosen.Row.Period);
        (cell.Number, cell.Parts, cell.Derived) = (chosen.Number, chosen.Parts, chosen.Derived);
        (cell.Organization, cell.Illustrative) = (chosen.Record.Organization, chosen.Record.Illustrative);
        cell.Withheld = chosen.Withheld;
        cell.Others = [.. readings.Where(one => one != chosen && one.HasNumber)];
        if (cell.Number is { } number
            && cell.Others.Any(one => one.Record.Illustrative == cell.Illustrative && !one.Withheld && one.Number != number))
        {
            cell.Reasons.Add(VerdictReason.OtherSourcesDiffer);
        }
    }
}
