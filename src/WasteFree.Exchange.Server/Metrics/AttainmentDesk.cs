using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Attainments;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Disclosures;
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
internal sealed class AttainmentDesk(IExchangeStore store, AsOfReader asOf, DisclosureDesk disclosures, PageTokens tokens, TimeProvider time)
{
    private const string Kind = "attainment";

    /// <summary>Targets are read and held against values so many at a time: a page costs little more than what it tells.</summary>
    private const int StepTargets = 250;

    private const int MaxCells = 20_000;
    private const int MaxRows = 200_000;
    private const int PageRows = 5_000;

    public async Task<GetAttainmentResponse> GetAsync(GetAttainmentRequest request, Visibility visibility, ReadOwners owners, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(request.PageSize, AnswerPage.DefaultRows, AnswerPage.MaxRows);
        var token = tokens.Read(request.PageToken, Kind, visibility.Organization);
        var instant = await asOf.ReadAsync(request.AsOf, token, cancellationToken).ConfigureAwait(false);
        var (at, catalog) = instant;
        // All pages count the days from one day, though midnight may pass between two.
        var place = token is null ? new AttainmentPlace(DayOf(request.AsOf, at), 0) : AttainmentPlace.Of(token.After);
        var period = request.Period.Length == 0 ? (Period?)null : FilterReader.PeriodOf(request.Period, "period");
        var within = request.Within.Length == 0 ? (Period?)null : FilterReader.PeriodOf(request.Within, "within");
        var source = request.Source.Length == 0 ? null : FilterReader.Organization(request.Source, catalog);
        var region = request.Region.Length == 0 ? null : FilterReader.Region(request.Region, "region", catalog, (period ?? within)?.LastDay ?? place.Date);
        var query = new CanonicalQuery()
            .One("region", region)
            .One("period", period)
            .One("within", within)
            .One("source", source)
            .One("illustrative", request.IncludeIllustrative)
            .One("messages", request.IncludeMessages)
            .AsOf(instant.Asked);
        token?.Check(query);

        var filter = new ObservationFilter
        {
            Organizations = source is null ? null : [source],
            ExcludedOrganizations = FilterReader.Illustrative(request.IncludeIllustrative, catalog),
        };
        var response = new GetAttainmentResponse
        {
            Date = AttainmentMapping.DateText(place.Date),
            Position = at.Position,
            CommitTime = at.CommittedAt.ToTimestamp(),
            CatalogVersion = catalog.Version,
        };
        var targets = TargetList.Of(catalog, region, period, within);
        var end = Math.Min(targets.Count, place.Index + size);
        var bytes = 0;
        for (var index = place.Index; index < end;)
        {
            var some = targets.Skip(index).Take(Math.Min(StepTargets, end - index)).ToList();
            var asked = new AttainmentRequest { Targets = some, Date = place.Date, Source = source, Visibility = visibility, Disclosure = Disclosure.OfNothing(catalog, visibility) };
            foreach (var attainment in await AttainAsync(asked, filter, instant, owners, cancellationToken).ConfigureAwait(false))
            {
                var message = AttainmentMapping.ToMessage(attainment, request.IncludeMessages);
                bytes += AnswerPage.SizeOf(message);
                if (bytes > AnswerPage.Bytes && response.Attainments.Count > 0)
                {
                    end = index;
                    break;
                }
                response.Attainments.Add(message);
                index++;
            }
        }
        if (end < targets.Count) response.NextPageToken = tokens.Write(at.Position, (place with { Index = end }).Number, query, Kind, visibility.Organization);
        return response;
    }

    private DateOnly DayOf(AsOf? asked, LedgerHead at) => asked?.InstantCase switch
    {
        AsOf.InstantOneofCase.Time => ChinaTime.DayOf(asked.Time.ToDateTimeOffset()),
        AsOf.InstantOneofCase.Position => ChinaTime.DayOf(at.CommittedAt),
        _ => ChinaTime.DayOf(time.GetUtcNow()),
    };

    /// <summary>Some targets: each stands where it does whatever others are asked with it.</summary>
    private async Task<IReadOnlyList<Attainments.Attainment>> AttainAsync(
        AttainmentRequest asked, ObservationFilter filter, Instant instant, ReadOwners owners, CancellationToken cancellationToken)
    {
        var (at, catalog) = instant;
        var observations = new List<ObservationRevision>();
        foreach (var need in Needs(asked.Targets, catalog, filter)) await ReadAsync(need, asked.Visibility, at.Position, observations, cancellationToken).ConfigureAwait(false);
        owners.Add(observations);
        var disclosure = await disclosures.OfAsync(observations, asked.Visibility, catalog, at.Position, cancellationToken).ConfigureAwait(false);
        return Attainer.Attain(catalog, asked with { Disclosure = disclosure }, observations);
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

    /// <summary>Where the list goes on, and the day that it counts from.</summary>
    private readonly record struct AttainmentPlace(DateOnly Date, int Index)
    {
        public static AttainmentPlace Of(long number) => new(DateOnly.FromDayNumber((int)(number >> 32)), (int)number);

        public long Number => ((long)Date.DayNumber << 32) | (uint)Index;
    }
}
