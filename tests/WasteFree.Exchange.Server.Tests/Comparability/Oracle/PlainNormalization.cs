using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>A value by population or by product.</summary>
internal static class PlainNormalization
{
    /// <param name="cell">The amount, in the definition's unit.</param>
    /// <param name="table">With the unit of the quotient.</param>
    public static PlainCell Divide(PlainCells cells, PlainCell cell, PlainHeading table)
    {
        // A part of the amount is not in the unit of the quotient.
        if (cell.RollUp is { } rollUp) cell.RollUp = rollUp with { Partial = null };
        if (!cell.HasNumber || cell.Withheld || cell.Number is not { } amount) return cell;
        var perCapita = cells.Request.Normalization == Normalization.PerCapita;
        // The office of statistics is not the source of the waste.
        var others = cells with { Request = cells.Request.Clone() };
        others.Request.Source = "";
        var below = In(table.Period);
        if (below is not { HasNumber: true } && perCapita && table.Period.Year is { } year) below = In(year);

        cell.Number = null;
        cell.Parts = null;
        if (!below.HasNumber)
        {
            cell.Reasons.UnionWith([VerdictReason.Denominator, VerdictReason.Missing]);
            return cell;
        }
        if (!below.Stands || below.Number is not { IsZero: false } denominator)
        {
            cell.Reasons.Add(VerdictReason.Denominator);
            if (below.Withheld) cell.Reasons.Add(VerdictReason.Confidential);
            return cell;
        }

        if (below.Reasons.Contains(VerdictReason.Status)) cell.Reasons.Add(VerdictReason.Status);
        if (below.Reasons.Contains(VerdictReason.Break)) cell.Reasons.Add(VerdictReason.Break);
        cell.Breaks.UnionWith(below.Breaks);
        if (below.Illustrative && !cell.Illustrative) cell.Reasons.Add(VerdictReason.Illustrative);
        var unit = perCapita ? "{person}" : "10*4.{CNY}";
        var plain = $"{table.Definition.Unit}/{(perCapita ? unit : $"({unit})")}";
        var factor = PlainUnits.QuotientFactor(table.Definition.Unit, unit, table.Unit, table.Days);
        cell.Parts = (amount, denominator);
        if (table.Unit != plain) cell.Reasons.Add(factor is null ? VerdictReason.Unit : VerdictReason.Converted);
        cell.Number = amount / denominator * factor;
        cell.DividedBy = below.Text;
        cell.Derived = true;
        return cell;

        PlainCell In(PlainPeriod period)
        {
            var definition = cells.Catalog.InForce(perCapita ? "AUX-POP" : "AUX-GDP", period);
            return others.Amount(new PlainHeading(definition, period, table.Scope, "_T", definition.Unit), cell.Region);
        }
    }
}
