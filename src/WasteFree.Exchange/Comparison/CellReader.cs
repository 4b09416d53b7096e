using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>Reads the cells of one indicator in one definition, scope and category, each for its own region and period.</summary>
internal sealed class CellReader
{
    private readonly CatalogSnapshot _catalog;
    private readonly ObservationIndex _index;
    private readonly Scope _scope;
    private readonly string _category;
    private readonly string? _source;
    private readonly Disclosure _disclosure;
    private readonly CellSharing _sharing;
    private readonly ObservationReader _own;

    internal CellReader(
        CatalogSnapshot catalog, ObservationIndex index, Indicator definition, Scope scope, string category, string? source, Visibility visibility, Disclosure disclosure)
    {
        _catalog = catalog;
        _index = index;
        _scope = scope;
        _category = category;
        _source = source;
        _disclosure = disclosure;
        _sharing = new CellSharing(catalog, visibility, source);
        Definition = definition;
        Unit = ParsedUnit(definition.Unit);
        _own = new ObservationReader(catalog, definition, Unit, disclosure);
    }

    internal Indicator Definition { get; }

    /// <summary>The definition's.</summary>
    internal Unit Unit { get; }

    internal UnitConversion? FindConversion(Unit from, Unit to, Period period) =>
        UnitConversion.Find(_catalog, Definition.Code, _category, from, to, period);

    internal bool HasWithin(string region, Period period) => _index.HasWithin(Definition.Code, _category, region, period);

    /// <summary>A reader of observations in another unit than the definition's.</summary>
    internal ObservationReader ReaderIn(Unit unit) =>
        unit.Code == Unit.Code ? _own : new ObservationReader(_catalog, Definition, unit, _disclosure);

    /// <summary>What was reported for the period, in the definition's unit.</summary>
    internal Draft Reported(string region, Period period) => Reported(region, period, _own);

    /// <summary>What was reported for the period, in the unit of <paramref name="reader"/>.</summary>
    internal Draft Reported(string region, Period period, ObservationReader reader)
    {
        var share = _sharing.Of(Definition.Code, region);
        if (share == CellShare.None) return NotShared(region, period);
        var byScope = Mine(_index.At(Definition.Code, _category, region, period))
            .GroupBy(row => (row.Organization, row.Observation.Scope))
            .Select(rows => reader.Read(reader.OfOneMajor(rows)))
            .ToLookup(reading => reading.Revision.Observation.Scope);
        var choice = SourceChoice.Among(byScope[_scope], _catalog);
        if (share == CellShare.Part && choice is { Chosen: null, Contested: false }) return NotShared(region, period);
        var otherScopes = byScope
            .Where(group => group.Key != _scope && group.Any(reading => reading.HasNumber))
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, group.Where(reading => reading.HasNumber).All(reading => reading.Illustrative)))
            .ToList();

        var reasons = new SortedSet<VerdictReason>();
        if (choice.Chosen is { } chosen) reasons.UnionWith(chosen.Reasons);
        else reasons.Add(choice.Contested ? VerdictReason.Source : VerdictReason.Missing);
        if (choice.Differing.Any()) reasons.Add(VerdictReason.OtherSourcesDiffer);
        var missing = reasons.Contains(VerdictReason.Missing);
        if (missing && otherScopes.Count > 0) reasons.Add(VerdictReason.Scope);
        var otherPeriods = missing && choice.Others.Count == 0 ? OtherPeriods(region, period, reader) : [];
        if (otherPeriods.Count > 0) reasons.Add(VerdictReason.Period);
        if (_catalog.FindRegion(region) is { } its && !its.InForce(period)) reasons.Add(VerdictReason.RegionChanged);
        return new Draft
        {
            Region = region,
            Period = period,
            Choice = choice,
            Reasons = reasons,
            OtherScopes = otherScopes,
            OtherPeriods = otherPeriods,
            Quantity = choice.Chosen?.Quantity,
            Value = choice.Chosen?.Value ?? "",
            Derived = choice.Chosen is { Derived: true },
            Status = choice.Chosen?.Status ?? default,
            Breaks = choice.Chosen is { HasBreak: true } ? [period] : [],
            Parts = choice.Chosen?.Parts,
            Organization = choice.Chosen?.Organization ?? "",
            // A contested cell is illustrative when all who have a claim are: real ones go first.
            Illustrative = choice.Chosen?.Illustrative ?? (choice.Contested && choice.Others[0].Illustrative),
            Withheld = choice.Chosen is { Withheld: true },
            Derivation = choice.Chosen?.Derivation ?? new Derivation
            {
                Step = DerivationStep.Exclusion,
                Indicator = Definition.Code,
                Region = region,
                Period = period,
                Reasons = [.. reasons],
            },
        };
    }

    /// <summary>What was reported for the period, or else what can be made of it, in the definition's unit.</summary>
    internal Draft ReportedOrMade(string region, Period period, bool rollUp)
    {
        var reported = Reported(region, period);
        return Make(reported, rollUp) ?? reported;
    }

    /// <summary>
    /// What finer periods, if that is asked for, or the parts of the region make of a missing value, in the definition's unit;
    /// null: it is not missing, or there is nothing to make it of.
    /// </summary>
    internal Draft? Make(Draft reported, bool rollUp)
    {
        if (reported.HasNumber || !reported.IsShared) return null;
        var ofPeriods = rollUp ? RollUps.Make(this, reported) : null;
        if (ofPeriods is { Quantity: not null } or { Withheld: true }) return ofPeriods;
        var ofRegions = Wholes.Make(this, reported, _catalog, rollUp);
        return ofRegions is { Quantity: not null } ? ofRegions : ofPeriods ?? ofRegions;
    }

    internal static Unit ParsedUnit(string code) =>
        Unit.TryParse(code, out var unit) ? unit : throw new InvalidOperationException($"The catalogue holds the unit '{code}', which does not read.");

    private Draft NotShared(string region, Period period) => new()
    {
        Region = region,
        Period = period,
        Choice = SourceChoice.None,
        Reasons = new SortedSet<VerdictReason> { VerdictReason.NotShared },
        Derivation = new Derivation
        {
            Step = DerivationStep.Exclusion,
            Indicator = Definition.Code,
            Region = region,
            Period = period,
            Reasons = [VerdictReason.NotShared],
        },
    };

    private IReadOnlyList<Period> OtherPeriods(string region, Period period, ObservationReader reader) =>
    [
        .. Mine(_index.Overlapping(Definition.Code, _category, region, period))
            .Where(row => row.Observation.Scope == _scope && reader.Read(row).HasNumber)
            .Select(row => row.Observation.Period)
            .Distinct()
            .Order(),
    ];

    private IEnumerable<ObservationRevision> Mine(IEnumerable<ObservationRevision> rows) =>
        _source is null ? rows : rows.Where(row => row.Organization == _source);
}
