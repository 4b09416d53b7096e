using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>From stored revisions to the contract's records, for one caller at one instant.</summary>
internal sealed class ObservationMapping(CatalogSnapshot catalog, Disclosure disclosure)
{
    private readonly UnitTable _units = new();

    public ObservationRecord ToMessage(ObservationRevision revision)
    {
        var row = revision.Observation;
        var withheld = disclosure.Withholds(revision);
        var confidentiality = withheld && row.Confidentiality == Confidentiality.Free ? Confidentiality.SecondarySetByReceiver : row.Confidentiality;
        var message = new V1.Observation
        {
            Region = row.Region,
            Indicator = row.Indicator,
            Version = row.Version,
            Scope = row.Scope.Code(),
            Category = row.Category,
            Period = row.Period.ToString(),
            Value = withheld ? "" : row.Value?.ToString() ?? "",
            Numerator = withheld ? "" : row.Numerator?.ToString() ?? "",
            Denominator = withheld ? "" : row.Denominator?.ToString() ?? "",
            Unit = row.Unit,
            Confidentiality = confidentiality.Code(),
            Note = withheld ? "" : row.Note ?? "",
            CollectionMethod = withheld ? "" : row.CollectionMethod ?? "",
            Evidence = withheld ? "" : row.Evidence ?? "",
            NumeratorUnit = withheld ? "" : row.NumeratorUnit ?? "",
            DenominatorUnit = withheld ? "" : row.DenominatorUnit ?? "",
        };
        message.Status.AddRange(row.Status.Codes);
        return new ObservationRecord
        {
            Observation = message,
            Organization = revision.Organization,
            Illustrative = catalog.FindOrganization(revision.Organization)?.Illustrative ?? false,
            DerivedValue = withheld ? "" : Derived(row),
            Report = new ReportName(revision.Organization, revision.Report).ToString(),
            Position = revision.Position,
            CommitTime = revision.CommittedAt.ToTimestamp(),
            Withheld = withheld,
            AffirmedReport = revision.Affirmed is { } affirmed ? new ReportName(revision.Organization, affirmed.Report).ToString() : "",
            AffirmedPosition = revision.Affirmed?.Position ?? 0,
            RetractedPosition = revision.Retracted?.Position ?? 0,
            RetractedTime = revision.Retracted?.CommittedAt.ToTimestamp(),
        };
    }

    /// <summary>Which revision it is, and nothing of what it says.</summary>
    public ObservationRecord ToKey(ObservationRevision revision)
    {
        var record = ToMessage(revision);
        var whole = record.Observation;
        record.Observation = new V1.Observation
        {
            Region = whole.Region,
            Indicator = whole.Indicator,
            Version = whole.Version,
            Scope = whole.Scope,
            Category = whole.Category,
            Period = whole.Period,
        };
        record.DerivedValue = "";
        return record;
    }

    private string Derived(Values.Observation row) =>
        row.Value is null
        && DefinitionVersion.TryParse(row.Version, out var version)
        && catalog.FindDefinition(row.Indicator, version) is { } definition
        && row is { Numerator: { } numerator, Denominator: { } denominator }
        && _units.Get(definition.Unit) is { } own
        && definition.TryDerive(
            numerator, _units.Get(row.NumeratorUnit ?? definition.NumeratorUnit), denominator, _units.Get(row.DenominatorUnit ?? definition.DenominatorUnit), own, out var computed)
        && UnitConversion.Find(catalog, row.Indicator, row.Category, own, _units.Get(row.Unit)!, row.Period) is { } conversion
            ? (computed * conversion.Factor).ToDecimalText()
            : "";
}
