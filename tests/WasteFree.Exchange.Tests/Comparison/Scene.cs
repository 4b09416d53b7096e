using System.Collections.Frozen;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Tests.Comparison;

/// <summary>
/// A catalogue and the observations seen through it. Regions A, B, C, … and their reporters a, b, c, … are made up, and so
/// are all values that are not a named golden case (示例).
/// </summary>
internal sealed class Scene
{
    public const string Rate = "RATE";

    private readonly List<Indicator> _indicators = [];
    private readonly List<Region> _regions = [];
    private readonly List<SchemeMember> _units = [];
    private readonly List<Category> _categories = [];
    private readonly List<Target> _targets = [];
    private readonly List<Organization> _organizations = [];
    private readonly List<Mandate> _mandates = [];
    private readonly List<Bridge> _bridges = [];
    private readonly List<ObservationRevision> _observations = [];

    public IReadOnlyList<ObservationRevision> Observations => _observations;

    /// <summary>One indicator: a rate in per cent of which more is better, unless the case says otherwise.</summary>
    public static Scene Of(Func<Indicator, Indicator>? change = null)
    {
        var rate = new Indicator
        {
            Code = Rate,
            Version = new DefinitionVersion(1, 0),
            NameZh = "利用率",
            Unit = "%",
            Kind = IndicatorKind.Ratio,
            Direction = Direction.Higher,
        };
        return new Scene().Define(change is null ? rate : change(rate));
    }

    /// <summary>An amount in tonnes of which less is better.</summary>
    public static Scene OfTonnes() =>
        Of(rate => rate with { NameZh = "产生量", Unit = "t", Kind = IndicatorKind.Amount, Direction = Direction.Lower });

    public Scene Define(Indicator indicator)
    {
        _indicators.Add(indicator);
        return this;
    }

    public Scene Define(Func<Indicator, Indicator> next) => Define(next(_indicators[^1]));

    public Scene Place(string code, string parent = "", params string[] overlaps)
    {
        _regions.Add(new Region { Code = code, NameZh = code + "区", NameEn = code, ParentCode = parent, Overlaps = overlaps });
        return this;
    }

    /// <summary>A category of a code list that every indicator takes.</summary>
    public Scene Classify(string code, string codeList = "LIST")
    {
        _categories.Add(new Category { CodeList = codeList, Code = code, NameZh = code, Indicators = new CodePatterns("*") });
        return this;
    }

    /// <summary>A reporting unit, which may lie across others.</summary>
    public Scene PlaceUnit(string code, params string[] overlaps)
    {
        Place(code, "", overlaps);
        _units.Add(new SchemeMember { Scheme = "UNITS", Region = code, Extent = SchemeExtent.Full });
        return this;
    }

    /// <summary>What the last region placed is beside that.</summary>
    public Scene Where(Func<Region, Region> change)
    {
        _regions[^1] = change(_regions[^1]);
        return this;
    }

    public Scene Bridge(int from, int to, string factor, string regions = "*")
    {
        var parts = factor.Split('/').Select(part => Decimal(part).ToRational()).ToList();
        _bridges.Add(new Bridge
        {
            Indicator = Rate,
            FromMajor = from,
            ToMajor = to,
            Regions = new CodePatterns(regions),
            Factor = parts.Count == 2 ? parts[0] / parts[1] : parts[0],
            FactorText = factor,
            OverlapPeriod = Year(2021),
            Source = "示例",
            Approver = "示例",
        });
        return this;
    }

    /// <summary>A value of any indicator for any period, sent by <paramref name="by"/>.</summary>
    public Scene At(string period, string region, string value, string indicator = Rate, string status = "A", string? by = null, Func<Observation, Observation>? change = null) =>
        Report(region, value, status, by, observation =>
        {
            var dated = observation with
            {
                Indicator = indicator,
                Period = PeriodOf(period),
                Unit = _indicators.First(known => known.Code == indicator).Unit,
                Version = _indicators.First(known => known.Code == indicator).Version.ToString(),
            };
            return change is null ? dated : change(dated);
        });

    public static Period PeriodOf(string text) =>
        Period.TryParse(text, out var period) ? period : throw new ArgumentException(text, nameof(text));

    public Scene Register(string organization, bool illustrative = false, string regions = "*")
    {
        _organizations.Add(new Organization { Id = organization, NameZh = organization, Regions = new CodePatterns(regions), Illustrative = illustrative });
        return this;
    }

    public Scene Mandate(string organization, bool authoritative = true)
    {
        _mandates.Add(new Mandate { Organization = organization, Indicators = new CodePatterns("*"), Regions = new CodePatterns("*"), Authoritative = authoritative });
        return this;
    }

    public Scene Aim(string region, string value, Func<Target, Target>? change = null)
    {
        var target = new Target
        {
            Id = $"T{_targets.Count + 1:D2}",
            Region = region,
            Period = Year(2024),
            Indicator = Rate,
            Relation = TargetRelation.Same,
            NameZh = "目标",
            Comparator = Comparator.AtLeast,
            Value = Decimal(value),
            Unit = _indicators[^1].Unit,
            Kind = TargetKind.Ratio,
        };
        _targets.Add(change is null ? target : change(target));
        return this;
    }

    /// <summary>Region <c>A</c> is reported by <c>a</c>, unless the case names another organisation.</summary>
    public Scene Report(string region, string? value, string status = "A", string? by = null, Func<Observation, Observation>? change = null)
    {
        var observation = new Observation
        {
            Region = region,
            Indicator = Rate,
            Version = _indicators[0].Version.ToString(),
            Period = Year(2024),
            Value = value is null ? null : Decimal(value),
            Unit = _indicators[0].Unit,
            Status = StatusSet.Of(status),
        };
        var organization = by ?? region.ToLowerInvariant();
        if (!_organizations.Exists(known => known.Id == organization)) Register(organization);
        _observations.Add(new ObservationRevision
        {
            Observation = change is null ? observation : change(observation),
            Organization = organization,
            Report = $"r{_observations.Count + 1}",
            Position = _observations.Count + 1,
            CommittedAt = DateTimeOffset.UnixEpoch,
        });
        return this;
    }

    public Scene ReportParts(string region, string? numerator, string? denominator, string? by = null, Func<Observation, Observation>? change = null) =>
        Report(region, null, by: by, change: observation =>
        {
            var parts = observation with
            {
                Numerator = numerator is null ? null : Decimal(numerator),
                Denominator = denominator is null ? null : Decimal(denominator),
            };
            return change is null ? parts : change(parts);
        });

    public ComparisonTable Compare(string regions, Func<ComparisonRequest, ComparisonRequest>? change = null) => Tables(regions, change).Single();

    public IReadOnlyList<ComparisonTable> Tables(
        string regions, Func<ComparisonRequest, ComparisonRequest>? change = null, IReadOnlyList<ObservationRevision>? observations = null)
    {
        var request = new ComparisonRequest
        {
            Columns = [(Rate, Year(2024))],
            Regions = regions.Split(' '),
            Visibility = Visibility.Everything,
            Disclosure = Disclosing(Visibility.Everything),
        };
        if (change is not null) request = change(request);
        return Comparer.Compare(Catalog(), request with { Disclosure = Disclosing(request.Visibility) }, observations ?? _observations);
    }

    /// <summary>What of the observations is told to a caller.</summary>
    public Disclosure Disclosing(Visibility visibility) => Disclosure.Of(
        Catalog(), visibility, _observations.Where(row => row.Observation.Confidentiality != Confidentiality.Free), _observations, FrozenSet<(string, int)>.Empty);

    /// <summary>An organisation that may read all rows.</summary>
    public static Visibility SeenBy(string organization) => Visibility.Everything with { Organization = organization };

    public static ExactDecimal Decimal(string text) =>
        ExactDecimal.TryParse(text, out var value) ? value : throw new ArgumentException(text, nameof(text));

    public static Period Year(int year) => new(Frequency.Annual, new DateOnly(year, 1, 1));

    public CatalogSnapshot Catalog() => new(
        1, _indicators, _regions, _categories, _targets, [], _organizations, _mandates, _bridges, [], [],
        [new RegionScheme { Code = "UNITS", NameZh = "示例", ReportingUnits = true }], _units);
}
