using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>Reads observations in one definition and one unit.</summary>
internal sealed class ObservationReader(CatalogSnapshot catalog, Indicator table, Unit unit, Disclosure disclosure)
{
    private const string Reservations = "EPIUNFGVWSJ";

    private static readonly StatusSet Estimate = StatusSet.Of("E");

    /// <summary>
    /// Of one organisation's values for a cell in several MAJOR versions the one that the table takes: that of its own; or else
    /// one that a bridge carries over, or else any, the highest first.
    /// </summary>
    internal ObservationRevision OfOneMajor(IEnumerable<ObservationRevision> revisions)
    {
        var all = revisions.ToList();
        return all.Count == 1 ? all[0] : all
            .OrderBy(revision => DefinitionOf(revision.Observation) is { } own
                ? own.Version.Major == table.Version.Major ? 0 : BridgeFor(revision.Observation, own) is not null ? 1 : 2
                : 3)
            .ThenByDescending(revision => DefinitionOf(revision.Observation)?.Version ?? default)
            .First();
    }

    internal Reading Read(ObservationRevision revision)
    {
        var observation = revision.Observation;
        var reading = new Reading
        {
            Revision = revision,
            Illustrative = IsIllustrative(revision.Organization),
            Withheld = disclosure.Withholds(revision),
            Status = observation.Status,
            Reasons = new SortedSet<VerdictReason> { VerdictReason.Missing },
            Derivation = Leaf(revision, ObservationPart.Value, null, observation.Unit),
        };
        var own = DefinitionOf(observation);
        // A missing value has no definition or unit to object to.
        if (!HasNumber(observation, own)) return reading;

        var reasons = new SortedSet<VerdictReason>();
        if (reading.HasBreak) reasons.Add(VerdictReason.Break);
        var bridge = BridgeFor(observation, own);
        if (observation.Status.Has('D') || (own?.Version.Major != table.Version.Major && bridge is null)) reasons.Add(VerdictReason.Definition);
        if (observation.Status.HasAny(Reservations)) reasons.Add(VerdictReason.Status);
        // Whatever is stated beside it: a ratio of nothing is none. Rows of earlier checks may hold one.
        if (observation.Denominator is { Mantissa: <= 0 }) reasons.Add(VerdictReason.Denominator);
        var read = observation.Value is { } value
            ? Stated(reading, value, reasons)
            : Quotient(reading, own ?? table, reasons);
        if (bridge is not null) read = Bridged(read, bridge, reasons);
        if (reading.Withheld)
        {
            // A zero denominator is a number too.
            reasons.Remove(VerdictReason.Denominator);
            reasons.Add(VerdictReason.Confidential);
            return reading with { Reasons = reasons };
        }
        return read with { Reasons = reasons, Parts = own?.Version.Major == table.Version.Major ? PartsOf(revision, own) : null };
    }

    private Reading Stated(Reading reading, ExactDecimal value, SortedSet<VerdictReason> reasons)
    {
        var code = reading.Revision.Observation.Unit;
        var sent = value.ToRational();
        var leaf = Leaf(reading.Revision, ObservationPart.Value, sent, code);
        if (code == unit.Code) return reading with { Quantity = sent, Value = value.ToString(), Derivation = leaf };
        if (!Unit.TryParse(code, out var from) || Find(reading.Revision.Observation, from) is not { } conversion)
        {
            reasons.Add(VerdictReason.Unit);
            return reading with { Derivation = leaf };
        }
        reasons.Add(VerdictReason.Converted);
        var converted = Conversions.Of(leaf, unit, conversion);
        return reading with { Quantity = converted.Quantity, Value = converted.Quantity!.Value.ToDecimalText(), Derivation = converted };
    }

    private Reading Quotient(Reading reading, Indicator own, SortedSet<VerdictReason> reasons)
    {
        var observation = reading.Revision.Observation;
        var numerator = Leaf(reading.Revision, ObservationPart.Numerator, observation.Numerator!.Value.ToRational(), observation.NumeratorUnit ?? own.NumeratorUnit);
        if (observation.Denominator is not { Mantissa: > 0 } denominator)
        {
            reasons.Add(VerdictReason.Denominator);
            return reading with { Derivation = numerator };
        }
        var below = Leaf(reading.Revision, ObservationPart.Denominator, denominator.ToRational(), observation.DenominatorUnit ?? own.DenominatorUnit);
        var above = Conversions.ByFactor(numerator, own.NumeratorUnit.Length > 0 ? own.NumeratorUnit : below.Unit) ?? numerator;
        var within = Conversions.ByFactor(below, own.DenominatorUnit) ?? below;
        if (own.UnitOfParts(Catalog.Parts.UnitOf(above.Unit), Catalog.Parts.UnitOf(within.Unit)) is not { } from || Find(observation, from) is not { } conversion)
        {
            reasons.Add(VerdictReason.Unit);
            return reading with { Derivation = numerator };
        }
        if (above != numerator || within != below) reasons.Add(VerdictReason.Converted);
        var quotient = QuotientOf(above, within, from.Code);
        var result = conversion.Factor == Rational.One && from.Code == unit.Code ? quotient : Conversions.Of(quotient, unit, conversion);
        return reading with { Quantity = result.Quantity, Value = result.Quantity!.Value.ToDecimalText(), Derived = true, Derivation = result };
    }

    /// <summary>Marked as an estimate, and never stored over anything.</summary>
    private static Reading Bridged(Reading reading, Bridge bridge, SortedSet<VerdictReason> reasons)
    {
        reasons.Add(VerdictReason.Bridged);
        var marked = reading with { Status = new StatusSet(reading.Status.Bits & ~StatusSet.Normal.Bits).Union(Estimate), Derived = true };
        if (reading.Quantity is not { } quantity) return marked;
        var bridged = quantity * bridge.Factor;
        return marked with
        {
            Quantity = bridged,
            Value = bridged.ToDecimalText(),
            Derivation = new Derivation
            {
                Step = DerivationStep.Bridge,
                Indicator = reading.Derivation.Indicator,
                Region = reading.Derivation.Region,
                Period = reading.Derivation.Period,
                Quantity = bridged,
                Unit = reading.Derivation.Unit,
                Bridge = bridge,
                Inputs = [reading.Derivation],
            },
        };
    }

    private PartSums? PartsOf(ObservationRevision revision, Indicator own)
    {
        var observation = revision.Observation;
        if (observation is not { Numerator: { } numerator, Denominator: { } denominator }) return null;
        var above = Leaf(revision, ObservationPart.Numerator, numerator.ToRational(), observation.NumeratorUnit ?? own.NumeratorUnit);
        var below = Leaf(revision, ObservationPart.Denominator, denominator.ToRational(), observation.DenominatorUnit ?? own.DenominatorUnit);
        return InTablesUnit(above, table.NumeratorUnit) is { } first && InTablesUnit(below, table.DenominatorUnit) is { } second
            ? new PartSums(first.Quantity!.Value, second.Quantity!.Value, first, second)
            : null;
    }

    /// <summary>
    /// A row and a MINOR version may count parts in another unit. Where the table's definition states none, they stay in what
    /// they were sent in, until they are summed.
    /// </summary>
    private Derivation? InTablesUnit(Derivation part, string code)
    {
        if (part.Unit == code || code.Length == 0) return part;
        return Unit.TryParse(part.Unit, out var from) && Unit.TryParse(code, out var to)
            && UnitConversion.Find(catalog, table.Code, part.Revision!.Observation.Category, from, to, part.Revision.Observation.Period) is { } conversion
            ? Conversions.Of(part, to, conversion)
            : null;
    }

    private UnitConversion? Find(Observation observation, Unit from) =>
        UnitConversion.Find(catalog, observation.Indicator, observation.Category, from, unit, observation.Period);

    private static Derivation QuotientOf(Derivation numerator, Derivation denominator, string code) => new()
    {
        Step = DerivationStep.Quotient,
        Indicator = numerator.Indicator,
        Region = numerator.Region,
        Period = numerator.Period,
        Quantity = numerator.Quantity!.Value / denominator.Quantity!.Value,
        Unit = code,
        Inputs = [numerator, denominator],
    };

    private static Derivation Leaf(ObservationRevision revision, ObservationPart part, Rational? quantity, string code) => new()
    {
        Step = DerivationStep.Observation,
        Indicator = revision.Observation.Indicator,
        Region = revision.Observation.Region,
        Period = revision.Observation.Period,
        Quantity = quantity,
        Unit = code,
        Part = part,
        Revision = revision,
        Reasons = revision.Observation.Status.Has(StatusSet.Break) ? [VerdictReason.Break] : [],
    };

    private Bridge? BridgeFor(Observation observation, Indicator? own) =>
        own is null || own.Version.Major == table.Version.Major
            ? null
            : catalog.FindBridge(observation.Indicator, own.Version.Major, table.Version.Major, observation.Region);

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
