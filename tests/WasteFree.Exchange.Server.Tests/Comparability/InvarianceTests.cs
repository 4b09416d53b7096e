using WasteFree.Exchange.Server.Tests.Comparability.Oracle;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>What must not change an answer does not.</summary>
public sealed class InvarianceTests
{
    private const int Seed = 20240409;

    [Fact]
    public async Task A_table_is_the_same_whatever_other_periods_are_asked_with_it()
    {
        var random = new Random(Seed);
        await using var history = await RandomHistory.OfAsync(random, steps: 15, rowsOfAReport: 400);
        var questions = new RandomQuestions(random, new RandomRows(random), history.Positions);

        for (var i = 0; i < 150; i++)
        {
            var request = questions.Next();
            var together = (await history.Hub.CompareAsync(request)).Comparisons;
            foreach (var (table, period) in together.Zip(request.Periods))
            {
                var alone = request.Clone();
                alone.Periods.Clear();
                alone.Periods.Add(period);
                Assert.Equal(await history.Hub.TableAsync(alone), table);
            }
        }
    }
}
