using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>
/// The regions that a comparison asks for: named, of a scheme, below another. Those of a scheme or below another, and what a
/// name means, are of the last day of each period; a code is itself in every period.
/// </summary>
internal sealed class RegionChoice
{
    private readonly CompareMetricsRequest _request;
    private readonly string? _scheme;
    private readonly CatalogSnapshot _catalog;
    private readonly Dictionary<DateOnly, IReadOnlyList<string>> _known = [];
    private readonly IReadOnlyList<DateOnly> _days;

    /// <exception cref="Grpc.Core.RpcException">A code or name is unknown or means several regions, or there is none below one.</exception>
    public RegionChoice(CompareMetricsRequest request, string? scheme, IReadOnlyList<Period?> periods, CatalogSnapshot catalog)
    {
        (_request, _scheme, _catalog) = (request, scheme, catalog);
        FilterReader.Each(request.Regions, "regions");
        // Of the latest period, which is still to be found, it is known only that it lies between two changes.
        DateOnly?[] days = [.. periods.Select(period => period is { } its ? catalog.RegionDayOf(its.LastDay) : (DateOnly?)null).Distinct()];
        foreach (var day in days)
        {
            foreach (var (text, field) in Named()) FilterReader.Regions(text, field, catalog, day);
            CheckBelow(request.ChildrenOf, "children_of", day, catalog.ChildrenOf);
            CheckBelow(request.DescendantsOf, "descendants_of", day, catalog.DescendantsOf);
        }
        _days = [.. days.SelectMany(day => day is { } its ? [its] : catalog.RegionDays).Distinct()];
        All = [.. _days.SelectMany(On).Distinct()];
    }

    /// <summary>The regions of each day from which on they are others.</summary>
    public IEnumerable<string> InOrder => _days.SelectMany(day => On(day).Prepend($"{day.DayNumber}"));

    /// <summary>Each region of any of the periods once, in the order of their cells.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Each region of a period once, in the order of their cells.</summary>
    public IReadOnlyList<string> Of(Period period) => On(_catalog.RegionDayOf(period.LastDay));

    /// <param name="day">One from which on the regions in force are others than before.</param>
    private IReadOnlyList<string> On(DateOnly day) => _known.TryGetValue(day, out var known) ? known : _known[day] =
    [
        .. Named().SelectMany(named => FilterReader.Regions(named.Text, named.Field, _catalog, day))
            .Concat(_scheme is { } scheme ? _catalog.MembersOf(scheme, day) : [])
            .Concat(Below(_request.ChildrenOf, "children_of", day, _catalog.ChildrenOf))
            .Concat(Below(_request.DescendantsOf, "descendants_of", day, _catalog.DescendantsOf))
            .Distinct(),
    ];

    private IEnumerable<(string Text, string Field)> Named() => _request.Regions.Select((text, i) => (text, $"regions[{i}]"));

    private void CheckBelow(string parent, string field, DateOnly? day, Func<string, DateOnly, IReadOnlyList<string>> below)
    {
        IReadOnlyList<DateOnly> days = day is { } its ? [its] : _catalog.RegionDays;
        if (parent.Length == 0 || days.Any(on => Below(parent, field, on, below).Any())) return;
        throw Refusal.FieldInvalid(field, $"目录中没有以 {parent} 为上级的地区。", $"the catalogue has no region whose parent is {parent}.").ToException();
    }

    private IEnumerable<string> Below(string parent, string field, DateOnly day, Func<string, DateOnly, IReadOnlyList<string>> below) =>
        parent.Length == 0 ? [] : FilterReader.Regions(parent, field, _catalog, day).SelectMany(code => below(code, day));
}
