using Google.Protobuf;
using WasteFree.Exchange.Server.Tests.Comparability.Oracle;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>What was answered for an instant is answered for it for ever.</summary>
public sealed class StabilityTests
{
    private const int Seed = 99;

    [Fact]
    public async Task An_answer_as_of_a_position_stays_whatever_is_committed_later()
    {
        var random = new Random(Seed);
        await using var history = await RandomHistory.OfAsync(random, steps: 10, rowsOfAReport: 400);
        var (rows, metrics) = (new RandomRows(random), history.Hub.Hub.Metrics);
        var given = new List<(Func<Task<IMessage>> Ask, IMessage Answer)>();

        for (var step = 0; step < 12; step++)
        {
            var now = At.Position(history.Positions[^1]);
            var questions = new RandomQuestions(random, rows, [now.Position]);
            for (var i = 0; i < 5; i++)
            {
                var (request, caller) = (questions.Next(), questions.Caller());
                request.AsOf = now;
                await KeepAsync(async () => await history.Hub.CompareAsync(request, caller));
                var why = new ExplainValueRequest { Comparison = request.Clone(), Region = "A" };
                while (why.Comparison.Periods.Count > 1) why.Comparison.Periods.RemoveAt(1);
                if (!why.Comparison.Regions.Contains("A")) why.Comparison.Regions.Add("A");
                await KeepAsync(async () => await metrics.ExplainValueAsync(why, MetricHub.Headers(caller), cancellationToken: Cancelled));
            }
            var diff = new DiffObservationsRequest { Since = At.Position(history.Positions[random.Next(history.Positions.Count)]), AsOf = now, PageSize = 50 };
            await KeepAsync(async () => await metrics.DiffObservationsAsync(diff, cancellationToken: Cancelled));
            await KeepAsync(async () => await metrics.GetAttainmentAsync(new GetAttainmentRequest { AsOf = now }, cancellationToken: Cancelled));
            // Data and catalogue go on.
            await history.StepAsync(random, rows, rowsOfAReport: 400);
            await history.Hub.LoadAsync(RandomTables.Change(random));
        }

        Assert.True(given.Count > 100);
        foreach (var (ask, answer) in given) Assert.Equal(WithoutToken(answer), WithoutToken(await ask()));

        async Task KeepAsync(Func<Task<IMessage>> ask) => given.Add((ask, await ask()));
    }

    /// <summary>A token is sealed anew each time.</summary>
    private static IMessage WithoutToken(IMessage answer) =>
        answer is DiffObservationsResponse { NextPageToken.Length: > 0 } diff ? new DiffObservationsResponse(diff) { NextPageToken = "" } : answer;

    [Fact]
    public async Task All_pages_of_a_history_and_of_differences_read_the_position_of_the_first()
    {
        await using var hub = await MetricHub.StartAsync();
        for (var i = 0; i < 7; i++) await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", $"{i}"), MadeUp.Value("T-AMOUNT", "A", $"{2010 + i}", "1"));
        var head = await hub.PositionAsync();
        var metrics = hub.Hub.Metrics;

        var list = new ListRevisionsRequest { Indicator = "T-AMOUNT", Region = "A", Period = "2023", PageSize = 2 };
        var values = await PagesAsync(hub, head, async token =>
        {
            list.PageToken = token;
            var page = await metrics.ListRevisionsAsync(list, cancellationToken: Cancelled);
            return (page.Position, page.NextPageToken, page.Revisions.Select(entry => $"{entry.Observation.Observation.Value} {entry.SupersededPosition > 0}"));
        });
        Assert.Equal(["0 True", "1 True", "2 True", "3 True", "4 True", "5 True", "6 False"], values);

        head = await hub.PositionAsync();
        var diff = new DiffObservationsRequest { Since = At.Position(2), PageSize = 3 };
        var periods = await PagesAsync(hub, head, async token =>
        {
            diff.PageToken = token;
            var page = await metrics.DiffObservationsAsync(diff, cancellationToken: Cancelled);
            return (page.Position, page.NextPageToken, page.Differences.Select(one => one.After.Observation.Period));
        });
        Assert.Equal(["2010", "2011", "2012", "2013", "2014", "2015", "2016", "2023"], periods.Where(period => !period.StartsWith("200", StringComparison.Ordinal)));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Reads page by page; between two pages everything read so far is revised, and more is added.</summary>
    private static async Task<List<string>> PagesAsync(MetricHub hub, long position, Func<string, Task<(long Position, string Next, IEnumerable<string> Items)>> read)
    {
        var items = new List<string>();
        var token = "";
        for (var pages = 1; ; pages++)
        {
            var (at, next, page) = await read(token);
            Assert.Equal(position, at);
            items.AddRange(page);
            if (next.Length == 0)
            {
                Assert.True(pages > 2, "One page shows nothing.");
                return items;
            }
            token = next;
            await hub.SubmitAsync(
                MadeUp.Value("T-AMOUNT", "A", "2023", $"9.{pages}"), MadeUp.Value("T-AMOUNT", "A", "2010", $"{pages}.5"), MadeUp.Value("T-AMOUNT", "A", $"{2000 + pages}", "1"));
        }
    }
}
