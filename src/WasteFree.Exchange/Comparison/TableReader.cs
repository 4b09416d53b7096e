using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Reads all regions of a comparison for one period, in one definition and one unit. A growth reads its base here, so that
/// both ends are in the same terms.
/// </summary>
internal sealed class TableReader
{
    private readonly CatalogSnapshot _catalog;
    private readonly ComparisonRequest _request;
    private readonly IReadOnlyList<string> _regions;
    private readonly ObservationReader _reader;
    private readonly CellReader? _denominators;
    private readonly Dictionary<Period, IReadOnlyList<Draft>> _rows = [];

    internal TableReader(
        CatalogSnapshot catalog, ComparisonRequest request, IReadOnlyList<string> regions, ObservationIndex index, Indicator definition, Indicator? denominator)
    {
        _catalog = catalog;
        _request = request;
        _regions = regions;
        Cells = new CellReader(catalog, index, definition, request.Scope, request.Category, request.Source, request.Visibility, request.Disclosure);
        NormalizedUnit = definition.Unit;
        if (denominator is not null)
        {
            // The statistics office is not the source of the waste.
            _denominators = new CellReader(catalog, index, denominator, request.Scope, Codes.Total, source: null, request.Visibility, request.Disclosure);
            NormalizedUnit = Normalizing.UnitOf(definition, denominator);
        }
        Unit = request.Unit ?? CellReader.ParsedUnit(NormalizedUnit);
        _reader = Cells.ReaderIn(Unit);
    }

    internal CellReader Cells { get; }

    /// <summary>What the normalisation makes of the definition's unit; that itself without one.</summary>
    internal string NormalizedUnit { get; }

    /// <summary>Of the values.</summary>
    internal Unit Unit { get; }

    /// <summary>The values are shares of something, or rates that are told in per cent or per mille; an intensity has another dimension.</summary>
    internal bool HoldsShares => Unit.IsCommensurable(Unit.One) && Cells.Definition.IsShare();

    /// <summary>Each region as it is for the period, in the order of the cells.</summary>
    internal IReadOnlyList<Draft> Row(Period period)
    {
        if (_rows.TryGetValue(period, out var known)) return known;
        return _rows[period] = [.. _regions.Select(region => Read(region, period))];
    }

    /// <summary>A sum in the definition's unit, or what the normalisation makes of it, brought to the table's unit.</summary>
    internal Derivation? InTablesUnit(Derivation derivation, Period period)
    {
        if (derivation.Unit == Unit.Code) return derivation;
        var from = CellReader.ParsedUnit(derivation.Unit);
        return Cells.FindConversion(from, Unit, period) is { } conversion ? Conversions.Of(derivation, Unit, conversion) : null;
    }

    internal bool IsInForce(string region, Period period) => _catalog.FindRegion(region)?.InForce(period) != false;

    /// <summary>Whether a region's ground is another at the end of one period than at the end of an earlier one.</summary>
    internal bool ChangesGround(string region, Period earlier, Period later) => _catalog.FindRegion(region) is { } its && its.ChangesGround(earlier, later);

    private Draft Read(string region, Period period)
    {
        if (_denominators is not null) return ToTable(Normalized(region, period), converted: _request.Unit is not null && Unit.Code != NormalizedUnit);
        var reported = Cells.Reported(region, period, _reader);
        return Cells.Make(reported, _request.RollUp) is { } made ? ToTable(made, converted: Unit.Code != Cells.Unit.Code) : reported;
    }

    private Draft Normalized(string region, Period period)
    {
        var amount = Cells.ReportedOrMade(region, period, _request.RollUp);
        var denominator = Normalizing.PeriodsOf(_request.Normalization!.Value, period)
            .Select(from => _denominators!.ReportedOrMade(region, from, _request.RollUp))
            .FirstOrDefault(draft => draft.HasNumber || !draft.IsShared);
        return Normalizing.Divide(amount, denominator, _denominators!.Definition, NormalizedUnit);
    }

    private Draft ToTable(Draft draft, bool converted)
    {
        if (!converted) return draft;
        if (draft.Quantity is null) return draft.RollUp is null ? draft : draft with { RollUp = draft.RollUp with { PartialValue = Partial(draft) } };
        if (InTablesUnit(draft.Derivation, draft.Period) is not { } derivation)
            return draft.With(VerdictReason.Unit) with { Quantity = null, Value = "" };
        return draft.With(VerdictReason.Converted) with
        {
            Quantity = derivation.Quantity,
            Value = derivation.Quantity!.Value.ToDecimalText(),
            Derivation = derivation,
        };
    }

    /// <summary>A part of a period has not its days.</summary>
    private string Partial(Draft draft) =>
        draft is { RollUp.PartialValue.Length: > 0, Derivation.Quantity: { } partial }
        && Cells.FindConversion(Cells.Unit, Unit, draft.Period) is { Days: null } conversion
            ? (partial * conversion.Factor).ToDecimalText()
            : "";
}
