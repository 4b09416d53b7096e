using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>Reads observations in the definition and unit of one table.</summary>
internal sealed class ObservationReader(CatalogSnapshot catalog, Indicator table, string? caller)
{
    private const string Reservations = "EPIUNFGVWSJ";

    private readonly Unit? _unit = Unit.TryParse(table.Unit, out var unit) ? unit : null;

    internal Reading Read(ObservationRevision revision)
    {
        var observation = revision.Observation;
        var reading = new Reading
        {
            Revision = revision,
            Illustrative = IsIllustrative(revision.Organization),
            Withheld = observation.Confidentiality != Confidentiality.Free && caller != revision.Organization,
            Reasons = new SortedSet<VerdictReason> { VerdictReason.Missing },
        };
        var definition = DefinitionOf(observation);
        // A missing value has no definition or unit to object to.
        if (!HasNumber(observation, definition)) return reading;

        var reasons = new SortedSet<VerdictReason>();
        if (definition?.Version.Major != table.Version.Major || observation.Status.Has('D')) reasons.Add(VerdictReason.Definition);
        if (observation.Status.HasAny(Reservations)) reasons.Add(VerdictReason.Status);
        var read = observation.Value is { } value
            ? Stated(reading, value, reasons)
            : Derived(reading, definition ?? table, reasons);
        if (!reading.Withheld) return read with { Reasons = reasons };

        // A zero denominator is a number too.
        reasons.Remove(VerdictReason.Denominator);
        reasons.Add(VerdictReason.Confidential);
        return reading with { Reasons = reasons };
    }

    private Reading Stated(Reading reading, ExactDecimal value, SortedSet<VerdictReason> reasons)
    {
        var code = reading.Revision.Observation.Unit;
        if (code == table.Unit) return reading with { Quantity = value.ToRational(), Value = value.ToString() };
        if (_unit is null || !Unit.TryParse(code, out var unit) || !unit.TryConvert(value.ToRational(), _unit, out var converted))
        {
            reasons.Add(VerdictReason.Unit);
            return reading;
        }
        reasons.Add(VerdictReason.Converted);
        return reading with { Quantity = converted, Value = converted.ToDecimalText() };
    }

    private Reading Derived(Reading reading, Indicator definition, SortedSet<VerdictReason> reasons)
    {
        var observation = reading.Revision.Observation;
        if (observation.Denominator is not { Mantissa: not 0 } denominator)
        {
            reasons.Add(VerdictReason.Denominator);
            return reading;
        }
        if (_unit is null || !definition.TryDerive(observation.Numerator!.Value, denominator, _unit, out var quantity))
        {
            reasons.Add(VerdictReason.Unit);
            return reading;
        }
        return reading with { Quantity = quantity, Value = quantity.ToDecimalText(), Derived = true };
    }

    private bool HasNumber(Observation observation, Indicator? definition) =>
        !observation.Status.ForbidsNumber
        && (observation.Value is not null
            || (observation.Numerator is not null && (definition ?? table).Kind is IndicatorKind.Ratio or IndicatorKind.Intensity));

    private Indicator? DefinitionOf(Observation observation) =>
        DefinitionVersion.TryParse(observation.Version, out var version)
            ? catalog.FindDefinition(observation.Indicator, version)
            : null;

    // An observation whose sender is not in the catalogue is a bug: taking it for real could pass an example off as a fact.
    private bool IsIllustrative(string organization) =>
        (catalog.FindOrganization(organization)
            ?? throw new InvalidOperationException($"Organisation {organization} has observations but is not in the catalogue.")).Illustrative;
}
