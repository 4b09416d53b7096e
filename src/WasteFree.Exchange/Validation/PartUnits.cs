using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>Units of a row's numerator and denominator; null: neither the row nor the definition states one.</summary>
internal readonly record struct PartUnits(Unit? Numerator, Unit? Denominator)
{
    /// <summary>
    /// UNIT-1 of the parts: a unit converts to the definition's by a factor alone; where the definition states none, both are
    /// given and make the definition's unit.
    /// </summary>
    /// <returns>Null where a finding refuses the row.</returns>
    public static PartUnits? Check(in SubmittedRow row, Indicator definition, UnitTable units, UnknownUnits unknown, RowFindings report)
    {
        var good = TryFind("numerator_unit", row.NumeratorUnit, definition.NumeratorUnit, units, unknown, report, out var numerator)
            & TryFind("denominator_unit", row.DenominatorUnit, definition.DenominatorUnit, units, unknown, report, out var denominator);
        if (!good) return null;
        if (row.NumeratorUnit.Length == 0 && row.DenominatorUnit.Length == 0) return new PartUnits(numerator, denominator);
        if (definition.Kind is not (IndicatorKind.Ratio or IndicatorKind.Intensity))
        {
            report.Add(Rules.NoParts(definition));
            return null;
        }
        if (numerator is null || denominator is null)
        {
            report.Add(Rules.PartUnitMissing(numerator is null ? "numerator_unit" : "denominator_unit", definition));
            return null;
        }
        var isStated = definition.NumeratorUnit.Length > 0 && definition.DenominatorUnit.Length > 0;
        if (isStated || definition.UnitOfParts(numerator, denominator)!.IsCommensurable(units.Get(definition.Unit)!)) return new PartUnits(numerator, denominator);
        report.Add(Rules.PartUnitsDoNotFit(numerator, denominator, definition));
        return null;
    }

    private static bool TryFind(
        string field, string text, string own, UnitTable units, UnknownUnits unknown, RowFindings report, out Unit? unit)
    {
        unit = own.Length == 0 ? null : units.Get(own);
        if (text.Length == 0 || text == own) return true;
        if (units.Get(text) is not { } sent)
        {
            report.Add(unknown.Get(field, text, own));
            return false;
        }
        if (unit is not null && !sent.IsCommensurable(unit))
        {
            report.Add(Rules.PartUnitNotCommensurable(field, text, own));
            return false;
        }
        unit = sent;
        return true;
    }
}
