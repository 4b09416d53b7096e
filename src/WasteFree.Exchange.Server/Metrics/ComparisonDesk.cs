using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
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

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>Reads what a comparison needs, at one instant, and compares.</summary>
internal sealed class ComparisonDesk(IExchangeStore store, AsOfReader asOf, DisclosureDesk disclosures, PageTokens tokens)
{
    private const string Kind = "comparison";

    /// <summary>Columns are read and compared together up to so many cells: a page costs little more than what it tells.</summary>
    private const int StepCells = 1_000;

    /// <summary>A roll-up of days reads many times more observations than it has cells; it is refused before memory runs out.</summary>
    public const int MaxObservations = 500_000;

    private const int PageRows = 5_000;

    /// <summary>Stands for a latest period that was not found: nothing was ever reported for it, and its regions go on.</summary>
    private static readonly Period NoPeriod = new(Frequency.Annual, new DateOnly(Period.MaxYear, 1, 1));

    public async Task<CompareMetricsResponse> CompareAsync(CompareMetricsRequest request, Visibility visibility, ReadOwners owners, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(request.PageSize, ComparisonQuery.MaxCells, ComparisonQuery.MaxCells);
        var token = tokens.Read(request.PageToken, Kind, visibility.Organization);
        var question = await QuestionAsync(request, visibility, token, cancellationToken).ConfigureAwait(false);
        var (at, catalog) = question.Instant;
        var canonical = question.Query.Canonical.AsOf(question.Instant.Asked);
        token?.Check(canonical);

        var response = new CompareMetricsResponse { Position = at.Position, CommitTime = at.CommittedAt.ToTimestamp(), CatalogVersion = catalog.Version };
        var page = new ComparisonPage(response, size, request.IncludeMessages);
        var place = ComparisonPlace.Of(token?.After ?? 0);
        await foreach (var step in StepsAsync(question, place.Column, cancellationToken).ConfigureAwait(false))
        {
            var (tables, _) = await CompareAsync(question, step, owners, cancellationToken).ConfigureAwait(false);
            foreach (var (column, table) in step.Zip(tables))
            {
                if (page.Take(column, table, column.Number == place.Column ? place.Cell : 0) is not { } next) continue;
                response.NextPageToken = tokens.Write(at.Position, next.Number, canonical, Kind, visibility.Organization);
                return response;
            }
        }
        return response;
    }

    public async Task<ExplainValueResponse> ExplainAsync(ExplainValueRequest request, Visibility visibility, ReadOwners owners, CancellationToken cancellationToken)
    {
        var comparison = request.Comparison ?? new CompareMetricsRequest();
        RequireOne(comparison.Indicators.Count, "comparison.indicators");
        RequireOne(comparison.Periods.Count, "comparison.periods");
        var question = await QuestionAsync(comparison, visibility, token: null, cancellationToken).ConfigureAwait(false);
        var (at, catalog) = question.Instant;
        var column = await ColumnsAsync(question, 0, cancellationToken).FirstAsync(cancellationToken).ConfigureAwait(false);
        var (tables, disclosure) = await CompareAsync(question, [column], owners, cancellationToken).ConfigureAwait(false);
        var mapping = new ExplanationMapping(new ObservationMapping(catalog, disclosure));
        return new ExplainValueResponse
        {
            Explanation = mapping.ToMessage(DerivationOf(tables[0], request.Region, catalog)),
            Position = at.Position,
            CommitTime = at.CommittedAt.ToTimestamp(),
            CatalogVersion = catalog.Version,
        };
    }

    private static Derivation DerivationOf(ComparisonTable table, string region, CatalogSnapshot catalog)
    {
        if (region.Length == 0)
        {
            return table.Aggregate?.Derivation
                ?? throw Refusal.FieldInvalid("region", $"{table.Definition.Code} 不能合计，请指明地区。", $"{table.Definition.Code} does not add up over regions; name one.").ToException();
        }
        var code = FilterReader.Region(region, "region", catalog, table.Period.LastDay);
        return table.Cells.FirstOrDefault(cell => cell.Region == code)?.Derivation
            ?? throw Refusal.FieldInvalid("region", $"地区 {code} 不在该比较中。", $"region {code} is not in the comparison.").ToException();
    }

    private static void RequireOne(int count, string field)
    {
        if (count != 1) throw Refusal.FieldInvalid(field, "须恰好一项：一次解释一个数。", "exactly one entry: one number is explained at a time.").ToException();
    }

    private async Task<Question> QuestionAsync(CompareMetricsRequest request, Visibility visibility, PageToken? token, CancellationToken cancellationToken)
    {
        var instant = await asOf.ReadAsync(request.AsOf, token, cancellationToken).ConfigureAwait(false);
        return new Question(instant, ComparisonQuery.Read(request, instant.Catalog, visibility), FilterReader.Illustrative(request.IncludeIllustrative, instant.Catalog));
    }

    /// <summary>The tables of some columns: each as it is whatever else is compared with it.</summary>
    private async Task<(IReadOnlyList<ComparisonTable> Tables, Disclosure Disclosure)> CompareAsync(
        Question question, IReadOnlyList<ComparisonColumn> columns, ReadOwners owners, CancellationToken cancellationToken)
    {
        var (at, catalog) = question.Instant;
        var request = question.Query.Request with { Columns = [.. columns.Select(column => (column.Indicator, column.Period ?? NoPeriod))] };
        var observations = new List<ObservationRevision>();
        var regions = WithParts(request, catalog);
        foreach (var need in ObservationNeed.Of(request))
            await ReadAsync(question, need, regions, observations, cancellationToken).ConfigureAwait(false);
        foreach (var need in ObservationNeed.OfMissing(request, observations))
            await ReadAsync(question, need.Need, need.Regions, observations, cancellationToken).ConfigureAwait(false);
        // A population is read as itself and as a denominator: one row all the same, not two reporters.
        IReadOnlyList<ObservationRevision> each = [.. observations.DistinctBy(row => row.Cursor)];
        owners.Add(each);
        var disclosure = await disclosures.OfAsync(each, request.Visibility, catalog, at.Position, cancellationToken).ConfigureAwait(false);
        return (Comparer.Compare(catalog, request with { Disclosure = disclosure }, each), disclosure);
    }

    /// <summary>The columns from one on, so many at a time as are compared together.</summary>
    private async IAsyncEnumerable<IReadOnlyList<ComparisonColumn>> StepsAsync(
        Question question, int first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var step = new List<ComparisonColumn>();
        var cells = 0;
        await foreach (var column in ColumnsAsync(question, first, cancellationToken).ConfigureAwait(false))
        {
            step.Add(column);
            cells += question.Query.Request.RegionsOf!(column.Period ?? NoPeriod).Count;
            if (cells < StepCells) continue;
            yield return step;
            (step, cells) = ([], 0);
        }
        if (step.Count > 0) yield return step;
    }

    private async IAsyncEnumerable<ComparisonColumn> ColumnsAsync(Question question, int first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (indicators, periods) = (question.Query.Indicators, question.Query.Periods);
        for (var i = first / periods.Count; i < indicators.Count; i++)
        {
            var found = new List<Period?>();
            foreach (var period in periods) found.Add(period ?? await LatestAsync(question, indicators[i], cancellationToken).ConfigureAwait(false));
            for (var k = 0; k < found.Count; k++)
            {
                var number = (i * found.Count) + k;
                if (number >= first && found.IndexOf(found[k]) == k) yield return new ComparisonColumn(number, indicators[i], found[k]);
            }
        }
    }

    /// <summary>The newest period with a value; the parts of a region that has no value of its own may make one.</summary>
    private async Task<Period?> LatestAsync(Question question, string indicator, CancellationToken cancellationToken)
    {
        var request = question.Query.Request;
        return await OfAsync(request.Regions).ConfigureAwait(false) ?? await OfAsync(WithParts(request, question.Instant.Catalog)).ConfigureAwait(false);

        Task<Period?> OfAsync(IReadOnlyList<string> regions)
        {
            var filter = FilterOf(new ObservationNeed([indicator], request.Category, [], request.Source), regions, question.Excluded);
            return store.FindLatestPeriodAsync(filter with { Scopes = [request.Scope] }, request.Visibility, question.Instant.At.Position, cancellationToken);
        }
    }

    private static IReadOnlyList<string> WithParts(ComparisonRequest request, CatalogSnapshot catalog) =>
        [.. request.Regions.SelectMany(catalog.WithParts).Distinct()];

    private async Task ReadAsync(
        Question question, ObservationNeed need, IReadOnlyList<string> regions, List<ObservationRevision> rows, CancellationToken cancellationToken)
    {
        if (need.Periods.Count == 0 || regions.Count == 0) return;
        var filter = FilterOf(need, regions, question.Excluded);
        long? after = -1;
        while (after is { } key)
        {
            var page = await store.ReadObservationsAsync(filter, question.Query.Request.Visibility, question.Instant.At.Position, key, PageRows, cancellationToken).ConfigureAwait(false);
            rows.AddRange(page.Rows);
            after = page.NextKey;
            if (rows.Count > MaxObservations) throw TooMany().ToException();
        }
    }

    private static ObservationFilter FilterOf(ObservationNeed need, IReadOnlyList<string> regions, IReadOnlyList<string> excluded) => new()
    {
        Indicators = need.Indicators,
        Regions = regions,
        Categories = [need.Category],
        Periods = need.Periods,
        Organizations = need.Source is null ? null : [need.Source],
        ExcludedOrganizations = excluded,
    };

    private static Refusal TooMany() => new Refusal(
        ErrorReason.QueryTooLarge,
        $"比较所需的观测值超过 {MaxObservations} 个；请按指标、地区或期间拆分。",
        $"The comparison needs more than {MaxObservations} observations; split it by indicator, region or period.").OfLimit("max_observations", MaxObservations);

    /// <summary>What is asked, at one instant.</summary>
    /// <param name="Instant">The instant.</param>
    /// <param name="Query">What is asked.</param>
    /// <param name="Excluded">Organisations that are not read.</param>
    private sealed record Question(Instant Instant, ComparisonQuery Query, IReadOnlyList<string> Excluded);
}
