using WasteFree.Exchange.Server.Tests.Comparability.Oracle;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>What the hub answers is what a second, plain implementation makes of the rows that it exports.</summary>
public sealed class OracleTests
{
    private const int Questions = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_answer_is_the_one_that_the_plain_rules_give(int seed)
    {
        var random = new Random(seed);
        await using var history = await RandomHistory.OfAsync(random, steps: 30, rowsOfAReport: 400);
        var questions = new RandomQuestions(random, new RandomRows(random), history.Positions);

        for (var i = 0; i < Questions; i++)
        {
            var (request, caller) = (questions.Next(), questions.Caller());
            var answer = await history.Hub.CompareAsync(request, caller);

            var expected = await PlainAnswerAsync(history, request, caller, answer.Position);

            var told = answer.Comparisons.SelectMany(Told.By).ToList();
            foreach (var (mine, hubs) in expected.Zip(told))
                if (mine != hubs) Assert.Fail($"seed {seed}, question {i}, asked by '{caller}': {request}\nby the rules: {mine}\nby the hub:   {hubs}");
            Assert.Equal(expected.Count, told.Count);
        }
    }

    private static async Task<List<string>> PlainAnswerAsync(RandomHistory history, CompareMetricsRequest request, string caller, long position)
    {
        Assert.Equal(request.AsOf?.Position ?? history.Positions[^1], position);
        var catalog = await history.CatalogAsync(position);
        var cells = new PlainCells(await history.VisibleAsync(position), catalog, request, await history.WithheldAsync(position, caller));
        var lines = new List<string>();
        foreach (var period in request.Periods.Select(PlainPeriod.Of))
        {
            var regions = request.Regions
                .Concat(request.Scheme.Length == 0 ? [] : catalog.Members(request.Scheme, period))
                .Concat(request.ChildrenOf.Length == 0 ? [] : catalog.Children(request.ChildrenOf))
                .Distinct().ToList();
            var indicator = request.Indicators.Single();
            var definition = request.Version.Length > 0 ? catalog.Definition(indicator, request.Version) : catalog.InForce(indicator, period);
            var heading = new PlainHeading(
                definition, period, OrElse(request.Scope, "WHOLE"), OrElse(request.Category, "_T"), OrElse(request.Unit, definition.Unit));
            lines.AddRange(Told.By(PlainTable.Of(heading, regions, cells)));
        }
        return lines;
    }

    private static string OrElse(string asked, string otherwise) => asked.Length > 0 ? asked : otherwise;
}
