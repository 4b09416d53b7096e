using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>What a table is of.</summary>
internal sealed record PlainHeading(Indicator Definition, PlainPeriod Period, string Scope, string Category, string Unit)
{
    /// <summary>Null: what is measured does not go on through the period.</summary>
    public int? Days => DaysOf(Definition, Period);

    public static int? DaysOf(Indicator definition, PlainPeriod period) =>
        definition.Kind is IndicatorKind.Amount or IndicatorKind.Count or IndicatorKind.Intensity ? period.Days : null;
}

/// <summary>What one observation says in the terms of a table.</summary>
internal sealed class PlainReading
{
    private const string NoNumber = "OMLHQK";
    private const string Reservations = "EPIUNFGVWSJ";

    public required ObservationRecord Record { get; init; }

    /// <summary>The caller is not told its numbers.</summary>
    public required bool Withheld { get; init; }

    public HashSet<VerdictReason> Reasons { get; } = [];
    public HashSet<string> Flags { get; } = [];

    /// <summary>In the table's unit; null: none, or withheld.</summary>
    public Fraction? Number { get; private set; }

    /// <summary>The parts; null: none of the table's definition, or withheld.</summary>
    public (Fraction Top, Fraction Bottom)? Parts { get; private set; }

    public bool Derived { get; private set; }

    public Observation Row => Record.Observation;

    public bool HasNumber => !Reasons.Contains(VerdictReason.Missing);

    /// <param name="withheld">The caller is not told its numbers.</param>
    public static PlainReading Of(ObservationRecord record, PlainHeading table, PlainCatalog catalog, bool withheld)
    {
        var row = record.Observation;
        var reading = new PlainReading { Record = record, Withheld = withheld };
        reading.Flags.UnionWith(row.Status);
        if (Any(row.Status, NoNumber) || (row.Value.Length == 0 && row.Numerator.Length == 0))
        {
            reading.Reasons.Add(VerdictReason.Missing);
            return reading;
        }
        if (Any(row.Status, "B")) reading.Reasons.Add(VerdictReason.Break);
        if (Any(row.Status, "D")) reading.Reasons.Add(VerdictReason.Definition);
        if (Any(row.Status, Reservations)) reading.Reasons.Add(VerdictReason.Status);
        reading.ReadNumber(table, catalog);
        if (!reading.Withheld) return reading;

        reading.Reasons.Remove(VerdictReason.Denominator);
        reading.Reasons.Add(VerdictReason.Confidential);
        (reading.Number, reading.Parts) = (null, null);
        // Nothing of it is shown that was brought across.
        reading.Flags.Clear();
        reading.Flags.UnionWith(row.Status);
        return reading;
    }

    private static bool Any(IEnumerable<string> status, string flags) => status.Any(flag => flags.Contains(flag, StringComparison.Ordinal));

    private void ReadNumber(PlainHeading table, PlainCatalog catalog)
    {
        var (major, wanted) = (PlainCatalog.Major(Row.Version), PlainCatalog.Major(table.Definition.Version));
        var number = Row.Value.Length > 0 ? Stated(table, catalog) : Quotient(table, catalog);
        if (major == wanted)
        {
            if (Row.Numerator.Length > 0)
            {
                Parts = (
                    Fraction.Parse(Row.Numerator) * PlainUnits.Factor(Row.NumeratorUnit, table.Definition.NumeratorUnit, null)!.Value,
                    Fraction.Parse(Row.Denominator) * PlainUnits.Factor(Row.DenominatorUnit, table.Definition.DenominatorUnit, null)!.Value);
            }
            Number = number;
            return;
        }
        var bridge = catalog.BridgeFactor(Row.Indicator, major, wanted, Row.Region);
        Reasons.Add(bridge is null ? VerdictReason.Definition : VerdictReason.Bridged);
        Number = number * (bridge ?? Fraction.One);
        if (bridge is null) return;
        Derived = true;
        Flags.Remove("A");
        Flags.Add("E");
    }

    private Fraction? Stated(PlainHeading table, PlainCatalog catalog)
    {
        var factor = PlainUnits.Factor(Row.Unit, table.Unit, PlainHeading.DaysOf(table.Definition, PlainPeriod.Of(Row.Period)), catalog.DensityOf(Row.Indicator, Row.Category));
        if (factor is null) Reasons.Add(VerdictReason.Unit);
        else if (Row.Unit != table.Unit) Reasons.Add(VerdictReason.Converted);
        return Fraction.Parse(Row.Value) * factor;
    }

    private Fraction? Quotient(PlainHeading table, PlainCatalog catalog)
    {
        var bottom = Fraction.Parse(Row.Denominator);
        if (bottom.IsZero)
        {
            Reasons.Add(VerdictReason.Denominator);
            return null;
        }
        var own = catalog.Definition(Row.Indicator, Row.Version);
        if (Row.NumeratorUnit != own.NumeratorUnit || Row.DenominatorUnit != own.DenominatorUnit) Reasons.Add(VerdictReason.Converted);
        var factor = PlainUnits.QuotientFactor(Row.NumeratorUnit, Row.DenominatorUnit, table.Unit, PlainHeading.DaysOf(table.Definition, PlainPeriod.Of(Row.Period)));
        if (factor is null) Reasons.Add(VerdictReason.Unit);
        Derived = true;
        return Fraction.Parse(Row.Numerator) / bottom * factor;
    }
}
