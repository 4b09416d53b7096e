using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>One cell at a time: whose value, made of which periods, divided by what.</summary>
/// <param name="Rows">All that is visible at the instant, each with its numbers.</param>
/// <param name="Catalog">The catalogue there.</param>
/// <param name="Request">What is asked.</param>
/// <param name="Caller">Who asks; empty: nobody in particular.</param>
internal sealed record PlainCells(IReadOnlyList<ObservationRecord> Rows, PlainCatalog Catalog, CompareMetricsRequest Request, string Caller)
{
    public PlainCell Of(PlainHeading table, string region)
    {
        if (Request.Normalization == Normalization.Unspecified) return Plain(table, region);
        // First the amount in its own unit, then the quotient in the table's.
        var cell = Plain(table with { Unit = table.Definition.Unit }, region);
        if (cell.HasNumber && !cell.Withheld) Divide(cell, table, region);
        return cell;
    }

    private PlainCell Plain(PlainHeading table, string region)
    {
        var own = RowsOf(table, region).Where(row => row.Observation.Scope == table.Scope).ToList();
        var cell = new PlainCell { Region = region, Unreported = own.Count == 0 };
        if (own.Count > 0) Choose(cell, own.Select(row => PlainReading.Of(row, table, Catalog, Caller)).ToList());
        else if (!Request.RollUp || !MakeOfFiner(cell, table, region)) cell.Reasons.Add(VerdictReason.Missing);

        if (!cell.HasNumber && RowsOf(table, region).Any(row => row.Observation.Scope != table.Scope && PlainReading.Of(row, table, Catalog, Caller).HasNumber))
            cell.Reasons.Add(VerdictReason.Scope);
        return cell;
    }

    private IEnumerable<ObservationRecord> RowsOf(PlainHeading table, string region) => Rows.Where(row =>
        row.Observation.Indicator == table.Definition.Code
        && row.Observation.Region == region
        && row.Observation.Period == table.Period.Text
        && row.Observation.Category == table.Category
        && (Request.Source.Length == 0 || row.Organization == Request.Source)
        && (Request.IncludeIllustrative || !row.Illustrative));

    /// <summary>Real before made-up, the mandate before the rest; between equals nobody chooses.</summary>
    private void Choose(PlainCell cell, IReadOnlyList<PlainReading> readings)
    {
        var claims = readings.Any(one => !one.Record.Illustrative) ? readings.Where(one => !one.Record.Illustrative).ToList() : readings.ToList();
        var mandated = claims.Where(one => Catalog.IsAuthoritative(one.Record.Organization, one.Row.Indicator, one.Row.Region)).ToList();
        if (mandated.Count > 0) claims = mandated;
        var numbers = claims.Where(one => one.HasNumber).ToList();
        if (numbers.Count > 1)
        {
            cell.Reasons.Add(VerdictReason.Source);
            cell.Illustrative = numbers.All(one => one.Record.Illustrative);
            cell.Others = readings.Where(one => one.HasNumber).ToList();
            return;
        }

        var chosen = numbers.Count == 1 ? numbers[0] : claims.MinBy(one => one.Record.Organization, StringComparer.Ordinal)!;
        cell.Reasons.UnionWith(chosen.Reasons);
        cell.Flags.UnionWith(chosen.Flags);
        (cell.Number, cell.Parts, cell.Derived) = (chosen.Number, chosen.Parts, chosen.Derived);
        (cell.Organization, cell.Illustrative) = (chosen.Record.Organization, chosen.Record.Illustrative);
        cell.Withheld = chosen.Withheld && chosen.HasNumber;
        cell.AsSent = chosen.Derived || chosen.Reasons.Contains(VerdictReason.Converted) ? null : chosen.Row.Value;
        cell.Others = readings.Where(one => one != chosen && one.HasNumber).ToList();
        if (cell.Number is { } number
            && cell.Others.Any(one => one.Record.Illustrative == cell.Illustrative && !one.Withheld && one.Number != number))
        {
            cell.Reasons.Add(VerdictReason.OtherSourcesDiffer);
        }
    }

    /// <returns>Whether all finer periods have a value.</returns>
    private bool MakeOfFiner(PlainCell cell, PlainHeading table, string region)
    {
        var (parts, complete) = Finest(table, region);
        if (parts.Count == 0 || table.Definition.Aggregation is Aggregation.None or Aggregation.Unspecified) return false;
        var (used, expected, frequency) = (parts.Count(one => one.Cell is not null), parts.Count, parts.MinBy(one => one.Period.Days).Period.Frequency);
        var cells = parts.Select(one => one.Cell).OfType<PlainCell>().ToList();
        var sum = table.Definition.Aggregation switch
        {
            Aggregation.Sum => Fraction.Sum(cells.Select(one => one.Number!.Value)),
            Aggregation.Last => parts[^1].Cell?.Number,
            _ => Quotient(cells, table),
        };
        cell.RollUp = new PlainRollUp(frequency, used, expected, sum);
        if (!complete || sum is null) return false;

        foreach (var one in cells)
        {
            cell.Reasons.UnionWith(one.Reasons);
            cell.Flags.UnionWith(one.Flags);
            cell.Illustrative |= one.Illustrative;
        }
        cell.Reasons.Add(VerdictReason.RolledUp);
        (cell.Number, cell.Derived) = (sum, true);
        if (table.Definition.Aggregation == Aggregation.Parts)
            cell.Parts = (Fraction.Sum(cells.Select(one => one.Parts!.Value.Top)), Fraction.Sum(cells.Select(one => one.Parts!.Value.Bottom)));
        cell.Organization = cells.Select(one => one.Organization).Distinct().Count() == 1 ? cells[0].Organization : "";
        return true;
    }

    /// <summary>The finer periods that are reported, or could have been; empty where nothing finer is known at all.</summary>
    private (List<(PlainPeriod Period, PlainCell? Cell)> Parts, bool Complete) Finest(PlainHeading table, string region)
    {
        var found = new List<(PlainPeriod, PlainCell?)>();
        var complete = true;
        var known = false;
        foreach (var finer in table.Period.Finer)
        {
            var at = table with { Period = finer };
            if (RowsOf(at, region).Any(row => row.Observation.Scope == table.Scope))
            {
                var cell = Plain(at, region);
                var usable = cell.Stands && (table.Definition.Aggregation != Aggregation.Parts || cell.Parts is not null);
                found.Add((finer, usable ? cell : null));
                complete &= usable;
                known = true;
                continue;
            }
            var (parts, whole) = Finest(at, region);
            complete &= parts.Count > 0 && whole;
            known |= parts.Count > 0;
            if (parts.Count > 0) found.AddRange(parts);
            else found.Add((finer, null));
        }
        return known ? (found, complete) : ([], false);
    }

    private static Fraction? Quotient(IReadOnlyList<PlainCell> cells, PlainHeading table)
    {
        var (top, bottom) = (Fraction.Sum(cells.Select(one => one.Parts!.Value.Top)), Fraction.Sum(cells.Select(one => one.Parts!.Value.Bottom)));
        var factor = PlainUnits.QuotientFactor(table.Definition.NumeratorUnit, table.Definition.DenominatorUnit, table.Unit, table.Period.Days);
        return bottom.IsZero || factor is null ? null : top / bottom * factor;
    }

    private void Divide(PlainCell cell, PlainHeading table, string region)
    {
        var code = Request.Normalization == Normalization.PerCapita ? "AUX-POP" : "AUX-GDP";
        var below = Denominator(code, table.Period, region);
        if (below is null && Request.Normalization == Normalization.PerCapita && table.Period.Year is { } year) below = Denominator(code, year, region);
        cell.AsSent = null;
        cell.Derived = true;
        if (below is not { } denominator || denominator.Number.IsZero || cell.Number is not { } number)
        {
            if (cell.Number is not null) cell.Reasons.Add(VerdictReason.Denominator);
            cell.Number = null;
            return;
        }
        var factor = PlainUnits.QuotientFactor(table.Definition.Unit, denominator.Unit, table.Unit, table.Period.Days);
        if (factor is null) cell.Reasons.Add(VerdictReason.Unit);
        cell.Parts = (number, denominator.Number);
        cell.Number = factor is null ? null : number / denominator.Number * factor;
    }

    private (Fraction Number, string Unit)? Denominator(string code, PlainPeriod period, string region)
    {
        var definition = Catalog.InForce(code, period);
        var cell = (this with { Request = new CompareMetricsRequest { IncludeIllustrative = Request.IncludeIllustrative } })
            .Plain(new PlainHeading(definition, period, "WHOLE", "_T", definition.Unit), region);
        return cell.Stands ? (cell.Number!.Value, definition.Unit) : null;
    }
}
