using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>
/// Checks the rows of one organisation against one catalogue, row by row: MSG-2, GEO-2, STR-1, STR-3, STR-4, STR-5, DEF-1,
/// UNIT-1, RNG-1, RNG-2, RNG-3, ARI-1 and TIM-2. The same row in the same catalogue on the same day has the same findings.
/// </summary>
public sealed class RowValidator
{
    private readonly CatalogSnapshot _catalog;
    private readonly Organization _organization;
    private readonly DateOnly _today;
    private readonly UnitTable _units = new();
    private readonly ConversionTable _conversions;
    private readonly Dictionary<string, IReadOnlyList<string>> _nearestRegions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _nearestIndicators = new(StringComparer.Ordinal);
    private readonly UnknownUnits _unknownUnits = new();

    /// <param name="catalog">What the rows may name.</param>
    /// <param name="organization">Who sends them.</param>
    /// <param name="today">A period that begins later lies in the future; one that ends later is not over.</param>
    public RowValidator(CatalogSnapshot catalog, Organization organization, DateOnly today)
    {
        _catalog = catalog;
        _conversions = new ConversionTable(catalog);
        _organization = organization;
        _today = today;
    }

    /// <summary>Resolves a row, or says in <paramref name="findings"/> why it is refused.</summary>
    /// <returns>The observation; null when a finding refuses the row.</returns>
    public Observation? Validate(long offset, in SubmittedRow row, List<Finding> findings)
    {
        var report = new RowFindings(_organization.Id, offset, row, findings);
        CheckText(row, report);
        var region = CheckRegion(row, report);
        var hasPeriod = TryPeriod(row, report, out var period);
        if (region is not null && hasPeriod) CheckInForce(region, period, report);
        var definition = CheckIndicator(row, hasPeriod ? period : null, report);
        if (region is not null && definition is not null && !_catalog.MayReport(_organization, definition.Code, region.Code))
            report.Add(Rules.Authority(row, _organization));
        var hasScope = TryScope(row, definition, report, out var scope);
        var category = CheckCategory(row, definition, report);
        var hasNumbers = TryNumbers(row, definition, report, out var numbers);
        var status = CheckStatus(row, report);
        var confidentiality = CheckConfidentiality(row, report);
        // Whether units convert does not depend on the period: where the row names none that reads, any will do.
        var unit = CheckUnit(row, definition, category, hasPeriod ? period : new Period(Frequency.Daily, _today), report);
        var parts = definition is null ? null : PartUnits.Check(row, definition, _units, _unknownUnits, report);
        if (hasNumbers && status is { } flags) ValueRules.CheckPresence(row, definition, numbers, flags, report);
        if (report.Refused || definition is null || unit is not { } its || parts is not { } ofParts) return null;

        if (ValueRules.CheckKind(definition, numbers, its, ofParts, report)) ValueRules.CheckRange(definition, numbers, its, ofParts, report);
        ValueRules.CheckRatio(definition, numbers, its, ofParts, report);
        if (report.Refused || region is null || !hasPeriod || !hasScope || category is null) return null;
        PeriodRules.Remark(row, definition, period, numbers, status!.Value, _today, report);
        return new Observation
        {
            Region = region.Code,
            Indicator = definition.Code,
            Version = definition.Version.ToString(),
            Scope = scope,
            Category = category,
            Period = period,
            Value = numbers.Value,
            Numerator = numbers.Numerator,
            Denominator = numbers.Denominator,
            Unit = its.Sent.Code,
            Status = status!.Value,
            Confidentiality = confidentiality!.Value,
            Note = NullIfEmpty(row.Note),
            CollectionMethod = NullIfEmpty(row.CollectionMethod),
            Evidence = NullIfEmpty(row.Evidence),
            NumeratorUnit = numbers.Numerator is null && row.NumeratorUnit.Length == 0 ? null : ofParts.Numerator?.Code,
            DenominatorUnit = numbers.Denominator is null && row.DenominatorUnit.Length == 0 ? null : ofParts.Denominator?.Code,
        };
    }

    private static void CheckText(in SubmittedRow row, RowFindings report)
    {
        Limit("note", row.Note, 1_000, report);
        Limit("collection_method", row.CollectionMethod, 200, report);
        Limit("evidence", row.Evidence, 200, report);
    }

    private static void Limit(string field, string text, int most, RowFindings report)
    {
        if (text.Length > most) report.Add(Rules.TextTooLong(field, text, most));
        foreach (var c in text)
        {
            if (!char.IsControl(c) || c is '\t' or '\n') continue;
            report.Add(Rules.ControlCharacter(field, text));
            return;
        }
    }

    private Region? CheckRegion(in SubmittedRow row, RowFindings report)
    {
        if (row.Region.Length == 0) return report.Refuse<Region>(Rules.Missing("region"));
        return _catalog.FindRegion(row.Region)
            ?? report.Refuse<Region>(Rules.Unknown("region", row.Region, Nearest(_nearestRegions, row.Region, _catalog.NearestRegions)));
    }

    /// <summary>A region that begins or ends within the period may have a value, which is not that of a whole period.</summary>
    private void CheckInForce(Region region, Period period, RowFindings report)
    {
        if (!region.InForceWithin(period)) report.Add(Rules.RegionNotInForce(region, period, _catalog));
        else if (region.ValidFrom > period.Start || region.ValidTo < period.End) report.Add(Rules.RegionInForceInPart(region, period, _catalog));
    }

    private bool TryPeriod(in SubmittedRow row, RowFindings report, out Period period)
    {
        period = default;
        if (row.Period.Length == 0) report.Add(Rules.Missing("period"));
        else if (!Period.TryParse(row.Period, out period)) report.Add(Rules.PeriodMalformed(row.Period));
        else if (period.Start > _today) report.Add(Rules.PeriodInFuture(row.Period, _today));
        else return true;
        return false;
    }

    private Indicator? CheckIndicator(in SubmittedRow row, Period? period, RowFindings report)
    {
        if (row.Indicator.Length == 0) return report.Refuse<Indicator>(Rules.Missing("indicator"));
        var versions = _catalog.VersionsOf(row.Indicator);
        if (versions.Count == 0)
            return report.Refuse<Indicator>(Rules.Unknown("indicator", row.Indicator, Nearest(_nearestIndicators, row.Indicator, _catalog.NearestIndicators)));

        if (row.Version.Length > 0)
        {
            if (!DefinitionVersion.TryParse(row.Version, out var version) || _catalog.FindDefinition(row.Indicator, version) is not { } named)
                return report.Refuse<Indicator>(Rules.Unknown("version", row.Version, [.. versions.Select(v => v.Version.ToString())]));
            if (period is { } its && !named.InForce(its)) return report.Refuse<Indicator>(Rules.NotInForce(row, versions));
            return CheckFrequency(row, named, period, report);
        }
        if (period is not { } asked) return versions[^1];
        return _catalog.InForce(row.Indicator, asked) is { } inForce
            ? CheckFrequency(row, inForce, period, report)
            : report.Refuse<Indicator>(Rules.NotInForce(row, versions));
    }

    private static Indicator CheckFrequency(in SubmittedRow row, Indicator definition, Period? period, RowFindings report)
    {
        if (period is { } its) PeriodRules.CheckFrequency(row, definition, its, report);
        return definition;
    }

    private static bool TryScope(in SubmittedRow row, Indicator? definition, RowFindings report, out Scope scope)
    {
        scope = Scope.Whole;
        if (row.Scope.Length > 0 && !Codes.TryScope(row.Scope, out scope))
        {
            report.Add(Rules.Unknown("scope", row.Scope, Codes.Scopes));
            return false;
        }
        if (definition is { Scopes.Count: > 0 } && !definition.Scopes.Contains(scope))
        {
            report.Add(Rules.Unknown("scope", scope.Code(), [.. definition.Scopes.Select(s => s.Code())]));
            return false;
        }
        return true;
    }

    private string? CheckCategory(in SubmittedRow row, Indicator? definition, RowFindings report)
    {
        if (row.Category.Length == 0 || row.Category == Codes.Total) return Codes.Total;
        if (definition is null) return null;
        return _catalog.FindCategory(definition.Code, row.Category)?.Code
            ?? report.Refuse<string>(Rules.UnknownCategory(row.Category, _catalog.NearestCategories(row.Category, 3), _catalog.CategoriesOf(definition.Code)));
    }

    private static bool TryNumbers(in SubmittedRow row, Indicator? definition, RowFindings report, out Numbers numbers)
    {
        var good = TryNumber("value", row.Value, report, out var value)
            & TryNumber("numerator", row.Numerator, report, out var numerator)
            & TryNumber("denominator", row.Denominator, report, out var denominator);
        numbers = new Numbers(value, numerator, denominator);
        if (!good || definition is null || !numbers.HasParts) return good;
        if (definition.Kind is IndicatorKind.Ratio or IndicatorKind.Intensity) return true;
        report.Add(Rules.NoParts(definition));
        return false;
    }

    private static bool TryNumber(string field, string text, RowFindings report, out ExactDecimal? number)
    {
        number = null;
        if (text.Length == 0) return true;
        if (ExactDecimal.TryParse(text, out var parsed))
        {
            number = parsed;
            return true;
        }
        report.Add(Rules.DecimalMalformed(field, text));
        return false;
    }

    private static StatusSet? CheckStatus(in SubmittedRow row, RowFindings report)
    {
        if (row.Status.Count == 0) return StatusSet.Normal;
        var set = default(StatusSet);
        foreach (var code in row.Status)
        {
            if (StatusSet.TryAdd(set, code, out set)) continue;
            report.Add(Rules.Unknown("status", code, [.. StatusSet.Precedence.Order().Select(flag => flag.ToString())]));
            return null;
        }
        return set;
    }

    private static Confidentiality? CheckConfidentiality(in SubmittedRow row, RowFindings report)
    {
        if (row.Confidentiality.Length == 0) return Confidentiality.Free;
        if (Codes.TryConfidentiality(row.Confidentiality, out var confidentiality)) return confidentiality;
        report.Add(Rules.Unknown("confidentiality", row.Confidentiality, Codes.Confidentialities));
        return null;
    }

    private RowUnit? CheckUnit(in SubmittedRow row, Indicator? definition, string? category, Period period, RowFindings report)
    {
        if (definition is null) return null;
        var own = _units.Get(definition.Unit)!;
        if (row.Unit.Length == 0 || row.Unit == definition.Unit) return new RowUnit(own, own, Rational.One);
        if (_units.Get(row.Unit) is not { } sent)
        {
            report.Add(_unknownUnits.Get("unit", row.Unit, definition.Unit));
            return null;
        }
        if (_conversions.Get(definition.Code, category ?? Codes.Total, sent, own, period) is { } conversion)
            return new RowUnit(sent, own, conversion.Factor);
        report.Add(Rules.UnitNotCommensurable(row.Unit, definition.Unit));
        return null;
    }

    /// <summary>A wrong code mostly stands in every row of a file: it is looked up once.</summary>
    private static IReadOnlyList<string> Nearest(
        Dictionary<string, IReadOnlyList<string>> known, string text, Func<string, int, IReadOnlyList<string>> find)
    {
        if (known.TryGetValue(text, out var nearest)) return nearest;
        if (known.Count >= 1_000) known.Clear();
        return known[text] = find(text, 3);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
