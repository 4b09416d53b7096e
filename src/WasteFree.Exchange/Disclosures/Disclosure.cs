using System.Collections.Frozen;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Disclosures;

/// <summary>
/// Which numbers one caller is not told at one instant. That is so of each value by itself, whatever is asked: what no
/// question shows, no set of questions gives away. All that the hub computes it computes of values that may be told.
/// </summary>
public sealed class Disclosure
{
    private readonly CatalogSnapshot _catalog;
    private readonly Visibility _visibility;
    private readonly Dictionary<(string Indicator, bool Illustrative), HashSet<Cell>> _withheld = [];
    private readonly IReadOnlySet<(string Indicator, int Year)> _tooMany;

    private readonly Disclosure[] _parts;
    private readonly long _before;

    private Disclosure(
        CatalogSnapshot catalog, Visibility visibility, IReadOnlySet<(string Indicator, int Year)> tooMany, long before, params Disclosure[] parts) =>
        (_catalog, _visibility, _tooMany, _before, _parts) = (catalog, visibility, tooMany, before, parts);

    /// <param name="catalog">The catalogue as of the instant.</param>
    /// <param name="visibility">Of the caller.</param>
    /// <param name="confidential">
    /// All confidential values of the indicators at the instant, whoever may read them, in the calendar years of what is to be told.
    /// </param>
    /// <param name="beside">Values of their regions and of those within them, for the same periods, that the caller may read.</param>
    public static Disclosure Of(
        CatalogSnapshot catalog, Visibility visibility, ConfidentialRows confidential, IReadOnlyList<ObservationRevision> beside)
    {
        var now = Of(catalog, visibility, confidential.Rows, beside, confidential.TooMany);
        if (confidential.Replaced.Count == 0) return now;
        var parts = confidential.Replaced.GroupBy(secret => secret.Position)
            .Select(group => Of(catalog, visibility, confidential.Rows.Concat(group.Select(secret => secret.Row)), beside, FrozenSet<(string, int)>.Empty, group.Key));
        return new Disclosure(catalog, visibility, FrozenSet<(string, int)>.Empty, long.MaxValue, [now, .. parts]);
    }

    /// <param name="catalog">The catalogue as of the instant.</param>
    /// <param name="visibility">Of the caller.</param>
    /// <param name="confidential">All confidential values of the indicators.</param>
    /// <param name="beside">Values of their regions and of those within them, for the same periods, that the caller may read.</param>
    /// <param name="tooMany">
    /// Indicators and years that have more confidential values than can be looked at: nothing of them is told but to its sender.
    /// </param>
    /// <param name="before">On account of others is withheld what was sent before this position.</param>
    public static Disclosure Of(
        CatalogSnapshot catalog, Visibility visibility, IEnumerable<ObservationRevision> confidential, IReadOnlyList<ObservationRevision> beside,
        IReadOnlySet<(string Indicator, int Year)> tooMany, long before = long.MaxValue)
    {
        var disclosure = new Disclosure(catalog, visibility, tooMany, before);
        // A made-up value is no secret among real ones, and gives none away.
        var secrets = confidential.Where(disclosure.IsSecret).ToLookup(disclosure.GroupOf);
        var others = beside.ToLookup(disclosure.GroupOf);
        foreach (var group in secrets)
        {
            if (Hierarchy.Of(catalog, group.Key.Indicator) is not { } hierarchy) continue;
            var told = others[group.Key].ToList();
            var withheld = Suppressed(hierarchy, visibility, group, told);
            // Values by one definition add up among themselves, whatever another one says of the same cells.
            var majors = group.Concat(told).Select(MajorOf).Distinct().ToList();
            foreach (var major in majors.Count > 1 ? majors : [])
                withheld.UnionWith(Suppressed(hierarchy, visibility, group.Where(row => MajorOf(row) == major), told.Where(row => MajorOf(row) == major)));
            disclosure._withheld[group.Key] = withheld;
        }
        return disclosure;
    }

    private static HashSet<Cell> Suppressed(
        Hierarchy hierarchy, Visibility visibility, IEnumerable<ObservationRevision> secrets, IEnumerable<ObservationRevision> told)
    {
        var beside = told.ToList();
        return Suppression.Of(
            hierarchy,
            secrets.Select(row => Cell.Of(row.Observation)).Distinct(),
            beside.Select(row => Cell.Of(row.Observation)).ToHashSet(),
            beside.Where(row => visibility.ReadsConfidential(row.Organization)).Select(row => Cell.Of(row.Observation)).ToHashSet());
    }

    private static int MajorOf(ObservationRevision row) => DefinitionVersion.TryParse(row.Observation.Version, out var version) ? version.Major : 0;

    /// <summary>Where nothing is confidential.</summary>
    public static Disclosure OfNothing(CatalogSnapshot catalog, Visibility visibility) =>
        Of(catalog, visibility, [], [], FrozenSet<(string, int)>.Empty);

    /// <summary>
    /// What others than the sender of some confidential values are not told on their account, looked at by themselves.
    /// </summary>
    public static IReadOnlySet<(string Indicator, string Region, string Category, Scope Scope, Period Period)> GivenAwayBy(
        CatalogSnapshot catalog, IEnumerable<Observation> confidential)
    {
        var none = FrozenSet<Cell>.Empty;
        return confidential
            .GroupBy(row => row.Indicator)
            .Select(group => (Indicator: group.Key, Hierarchy: Hierarchy.Of(catalog, group.Key), Cells: group.Select(Cell.Of).ToHashSet()))
            .Where(group => group.Hierarchy is not null)
            .SelectMany(group => Suppression.Of(group.Hierarchy!, group.Cells, none, none)
                .Select(cell => (group.Indicator, cell.Region, cell.Category, cell.Scope, cell.Period)))
            .ToFrozenSet();
    }

    /// <summary>The calendar year that a value counts for: that of its last day.</summary>
    public static int YearOf(Period period) => period.End.AddDays(-1).Year;

    /// <summary>No number of it may leave: it is confidential, or would give away one that is.</summary>
    public bool Withholds(ObservationRevision row) => IsConfidential(row) || GivesAway(row);

    /// <summary>It is free itself, but with others it would tell a confidential value.</summary>
    public bool GivesAway(ObservationRevision row) =>
        Array.Exists(_parts, part => part.GivesAway(row))
        || (row.Observation.Confidentiality == Confidentiality.Free
        && row.Retracted is null
        && row.Position < _before
        && !_visibility.ReadsConfidential(row.Organization)
        && ((_withheld.TryGetValue(GroupOf(row), out var withheld) && withheld.Contains(Cell.Of(row.Observation)))
            || _tooMany.Contains((row.Observation.Indicator, YearOf(row.Observation.Period)))
            || _tooMany.Contains((row.Observation.Indicator, row.Observation.Period.Start.Year))));

    /// <summary>A retracted value is confidential whatever it was sent as.</summary>
    private bool IsConfidential(ObservationRevision row) =>
        (row.Observation.Confidentiality != Confidentiality.Free || row.Retracted is not null) && !_visibility.ReadsConfidential(row.Organization);

    private bool IsSecret(ObservationRevision row) =>
        IsConfidential(row) && row.Observation is { Value: not null } or { Numerator: not null } or { Denominator: not null };

    private (string Indicator, bool Illustrative) GroupOf(ObservationRevision row) =>
        (row.Observation.Indicator, _catalog.FindOrganization(row.Organization) is { Illustrative: true });
}
