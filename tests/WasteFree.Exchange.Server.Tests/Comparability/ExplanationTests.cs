using WasteFree.Exchange.Server.Tests.Comparability.Oracle;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>Every number can be told back to what was sent, and computed anew from there.</summary>
public sealed class ExplanationTests
{
    private const int Questions = 90;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task An_explanation_gives_the_number_again_from_revisions_that_the_history_knows(int seed)
    {
        var random = new Random(seed);
        await using var history = await RandomHistory.OfAsync(random, steps: 25, rowsOfAReport: 400);
        var questions = new RandomQuestions(random, new RandomRows(random), history.Positions);
        var (explained, leaves) = (0, 0);

        for (var i = 0; i < Questions; i++)
        {
            var (request, caller) = (questions.Next(), questions.Caller());
            while (request.Periods.Count > 1) request.Periods.RemoveAt(1);
            var table = await history.Hub.TableAsync(request, caller);
            var position = request.AsOf?.Position ?? history.Positions[^1];
            var plain = new PlainExplanation(await history.CatalogAsync(position));

            foreach (var cell in table.Cells.Take(6))
            {
                var why = await ExplainAsync(history, request, cell.Region, caller);
                Assert.Equal((cell.Value, table.Unit, cell.Region), (why.Value, why.Unit, why.Region));
                Assert.Equal(cell.Reasons, why.Reasons);
                plain.Of(why);
                foreach (var leaf in PlainExplanation.Leaves(why).DistinctBy(leaf => leaf.Observation))
                {
                    leaves++;
                    await AssertKnownAsync(history, leaf, position, caller);
                }
                explained += cell.Value.Length > 0 ? 1 : 0;
            }
            if (table.Aggregate is null) continue;
            var all = await ExplainAsync(history, request, "", caller);
            Assert.Equal((table.Aggregate.Value, table.Unit), (all.Value, all.Unit));
            Assert.Equal(
                table.Aggregate.Excluded.Select(left => left.Region),
                all.Inputs.Where(input => input.Step == ExplanationStep.Exclusion).Select(input => input.Region));
            plain.Of(all);
        }
        Assert.True(explained > 50 && leaves > 100, $"Only {explained} numbers with {leaves} leaves show little.");
    }

    private static string MajorOf(ObservationRecord record) => record.Observation.Version.Split('.')[0];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<Explanation> ExplainAsync(RandomHistory history, CompareMetricsRequest request, string region, string caller) =>
        (await history.Hub.Hub.Metrics.ExplainValueAsync(
            new ExplainValueRequest { Comparison = request, Region = region }, MetricHub.Headers(caller), cancellationToken: Cancelled)).Explanation;

    /// <summary>It is the revision that was visible at the position, and the number is one that it has.</summary>
    private static async Task AssertKnownAsync(RandomHistory history, Explanation leaf, long position, string caller)
    {
        var row = leaf.Observation.Observation;
        var answer = await history.Hub.Hub.Metrics.ListRevisionsAsync(
            new ListRevisionsRequest
            {
                Indicator = row.Indicator, Region = row.Region, Period = row.Period, Scope = row.Scope, Category = row.Category,
                Organization = leaf.Observation.Organization, IncludeIllustrative = leaf.Observation.Illustrative, AsOf = At.Position(position),
            },
            MetricHub.Headers(caller), cancellationToken: Cancelled);
        // Another MAJOR of the definition is another key.
        var last = answer.Revisions.Last(revision => MajorOf(revision.Observation) == MajorOf(leaf.Observation));
        Assert.False(last.Withdrawn);
        Assert.Equal(last.Observation, leaf.Observation);
        if (leaf.Value.Length > 0) Assert.Contains(leaf.Value, new[] { row.Value, row.Numerator, row.Denominator });
        else Assert.True(leaf.Observation.Withheld || leaf.Reasons.Count > 0 || row.Value.Length == 0, leaf.ToString());
    }
}
