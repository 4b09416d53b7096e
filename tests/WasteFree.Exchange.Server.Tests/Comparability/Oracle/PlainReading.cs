using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>What a table is of.</summary>
internal sealed record PlainHeading(Indicator Definition, PlainPeriod Period, string Scope, string Category, string Unit);

/// <summary>What one observation says in the terms of a table.</summary>
internal sealed class PlainReading
{
    private const string NoNumber = "OMLHQK";
    private const string Reservations = "EPIUNFGVWSJ";

    public required ObservationRecord Record { get; init; }
    public required bool Withheld { get; init; }
    public HashSet<VerdictReason> Reasons { get; } = [];
    public HashSet<string> Flags { get; } = [];

    /// <summary>In the table's unit; null: none, or withheld.</summary>
    public Fraction? Number { get; private set; }

    /// <summary>The parts, in the terms of the table's definition; null: none, or withheld.</summary>
    public (Fraction Top, Fraction Bottom)? Parts { get; private set; }

    public bool Derived { get; private set; }

    public Observation Row => Record.Observation;

    public bool HasNumber => !Reasons.Contains(VerdictReason.Missing);

    /// <param name="caller">Who asks; sees its own confidential numbers.</param>
    public static PlainReading Of(ObservationRecord record, PlainHeading table, PlainCatalog catalog, string caller)
    {
        var row = record.Observation;
        var reading = new PlainReading { Record = record, Withheld = row.Confidentiality != "F" && caller != record.Organization };
        foreach (var flag in row.Status) reading.Flags.Add(flag);
        if (row.Status.Any(flag => NoNumber.Contains(flag, StringComparison.Ordinal)) || (row.Value.Length == 0 && row.Numerator.Length == 0))
        {
            reading.Reasons.Add(VerdictReason.Missing);
            return reading;
        }
        reading.ReadNumber(table, catalog);
        if (row.Status.Contains("D")) reading.Reasons.Add(VerdictReason.Definition);
        if (row.Status.Any(flag => Reservations.Contains(flag, StringComparison.Ordinal))) reading.Reasons.Add(VerdictReason.Status);
        if (reading.Withheld)
        {
            reading.Reasons.Remove(VerdictReason.Denominator);
            reading.Reasons.Add(VerdictReason.Confidential);
            (reading.Number, reading.Parts) = (null, null);
        }
        return reading;
    }

    private void ReadNumber(PlainHeading table, PlainCatalog catalog)
    {
        var definition = catalog.Definition(Row.Indicator, Row.Version);
        var bridge = Fraction.One;
        if (PlainCatalog.Major(Row.Version) != PlainCatalog.Major(table.Definition.Version))
        {
            var factor = catalog.BridgeFactor(Row.Indicator, PlainCatalog.Major(Row.Version), PlainCatalog.Major(table.Definition.Version), Row.Region);
            Reasons.Add(factor is null ? VerdictReason.Definition : VerdictReason.Bridged);
            if (factor is { } declared)
            {
                bridge = declared;
                Derived = true;
                Flags.Add("E");
            }
        }

        var days = PlainPeriod.Of(Row.Period).Days;
        if (Row.Numerator.Length > 0)
        {
            var (top, bottom) = (Fraction.Parse(Row.Numerator), Fraction.Parse(Row.Denominator));
            Parts = (top * bridge, bottom);
            if (Row.Value.Length == 0)
            {
                Derived = true;
                if (bottom.IsZero)
                {
                    Reasons.Add(VerdictReason.Denominator);
                    return;
                }
                var factor = PlainUnits.QuotientFactor(definition.NumeratorUnit, definition.DenominatorUnit, table.Unit, days);
                if (factor is null) Reasons.Add(VerdictReason.Unit);
                else Number = top / bottom * factor.Value * bridge;
                return;
            }
        }
        var convert = PlainUnits.Factor(Row.Unit, table.Unit, days, catalog.DensityOf(Row.Indicator, Row.Category));
        if (convert is null) Reasons.Add(VerdictReason.Unit);
        else
        {
            if (Row.Unit != table.Unit) Reasons.Add(VerdictReason.Converted);
            Number = Fraction.Parse(Row.Value) * convert.Value * bridge;
        }
    }
}
