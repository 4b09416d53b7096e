using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Attainments;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;
using ObservationFilter = WasteFree.Exchange.Store.ObservationFilter;
using Target = WasteFree.Exchange.Catalog.Target;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>Reads what the targets need, at one instant, and holds the values against them.</summary>
internal sealed class AttainmentDesk(IExchangeStore store, AsOfReader asOf, DisclosureDesk disclosures, TimeProvider time)
{
    private const int MaxCells = 20_000;
    private const int MaxRows = 200_000;
    private const int PageRows = 5_000;

    public async Task<GetAttainmentResponse> GetAsync(GetAttainmentRequest request, Visibility visibility, ReadOwners owners, CancellationToken cancellationToken)
    {
        var (at, catalog) = await asOf.ReadAsync(request.AsOf, cancellationToken).ConfigureAwait(false);
        var period = request.Period.Length == 0 ? (Period?)null : FilterReader.PeriodOf(request.Period, "period");
        var within = request.Within.Length == 0 ? (Period?)null : FilterReader.PeriodOf(request.Within, "within");
        var source = request.Source.Length == 0 ? null : FilterReader.Organization(request.Source, catalog);
        var date = request.AsOf?.InstantCase switch
        {
            AsOf.InstantOneofCase.Time => ChinaTime.DayOf(request.AsOf.Time.ToDateTimeOffset()),
            AsOf.InstantOneofCase.Position => ChinaTime.DayOf(at.CommittedAt),
            _ => ChinaTime.DayOf(time.GetUtcNow()),
        };

        var region = request.Region.Length == 0 ? null : FilterReader.Region(request.Region, "region", catalog, (period ?? within)?.LastDay ?? date);
        var targets = TargetList.Of(catalog, region, period, within);

        var filter = new ObservationFilter
        {
            Organizations = source is null ? null : [source],
            ExcludedOrganizations = FilterReader.Illustrative(request.IncludeIllustrative, catalog),
        };
        var observations = new List<ObservationRevision>();
        foreach (var need in Needs(targets, catalog, filter)) await ReadAsync(need, visibility, at.Position, observations, cancellationToken).ConfigureAwait(false);

        owners.Add(observations);
        var disclosure = await disclosures.OfAsync(observations, visibility, catalog, at.Position, cancellationToken).ConfigureAwait(false);
        var attainment = new AttainmentRequest { Targets = targets, Date = date, Source = source, Visibility = visibility, Disclosure = disclosure };
        var response = new GetAttainmentResponse
        {
            Date = AttainmentMapping.DateText(date),
            Position = at.Position,
            CommittedTime = at.CommittedAt.ToTimestamp(),
            CatalogVersion = catalog.Version,
        };
        response.Attainments.AddRange(Attainer.Attain(catalog, attainment, observations).Select(AttainmentMapping.ToMessage));
        return response;
    }

    /// <summary>One reading for all values and one for the days of all events; a value of another scope or frequency is a reason.</summary>
    private static IEnumerable<ObservationFilter> Needs(IReadOnlyList<Target> targets, CatalogSnapshot catalog, ObservationFilter filter)
    {
        var measured = targets.Where(target => target.Indicator.Length > 0 && target.Relation != Catalog.TargetRelation.NotAResult)
            .ToLookup(target => target.IsEvent(catalog));
        List<Target> values = [.. measured[false]], events = [.. measured[true]];
        var periods = values.SelectMany(target => target.Periods()).Take(MaxCells + 1).ToList();
        if (periods.Count > MaxCells) throw TooLarge(MaxCells, "个目标与期间的组合", "targets times periods").ToException();

        if (values.Count > 0) yield return For(values) with { Periods = [.. periods.Concat(values.SelectMany(target => target.OtherPeriods())).Distinct()] };
        if (events.Count > 0) yield return For(events) with { From = events.Min(target => target.Period.Start) };

        ObservationFilter For(IEnumerable<Target> some) => filter with
        {
            Indicators = [.. some.Select(target => target.Indicator).Distinct()],
            Regions = [.. some.SelectMany(target => catalog.WithParts(target.Region)).Distinct()],
            Categories = [.. some.Select(target => target.Category).Distinct()],
        };
    }

    private async Task ReadAsync(
        ObservationFilter filter, Visibility visibility, long position, List<ObservationRevision> rows, CancellationToken cancellationToken)
    {
        for (long? after = -1; after is { } key;)
        {
            var page = await store.ReadObservationsAsync(filter, visibility, position, key, PageRows, cancellationToken).ConfigureAwait(false);
            rows.AddRange(page.Rows);
            if (rows.Count > MaxRows) throw TooLarge(MaxRows, "个数值", "values").ToException();
            after = page.NextKey;
        }
    }

    private static Refusal TooLarge(int most, string zh, string en) => new Refusal(
        ErrorReason.QueryTooLarge,
        $"目标涉及的数据超过 {most} {zh}；请按地区或期间拆分。",
        $"The targets need more than {most} {en}; split the query by region or period.").OfLimit("max_target_rows", most);
}
