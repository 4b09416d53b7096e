using System.Globalization;
using WasteFree.Exchange.Server.Tests.Comparability.Oracle;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>The same rows give the same answer, however they were sent and whatever is asked beside it.</summary>
public sealed class InvarianceTests
{
    private const int Seed = 20240409;

    /// <summary>One definition under several codes, so that the same rows can be sent in several ways to one hub.</summary>
    private const string Copies = """
        code,name_zh,unit,kind,direction,aggregation
        S-PLAIN,示例量一,t,amount,lower,sum
        S-SHUFFLED,示例量二,t,amount,lower,sum
        S-SPLIT,示例量三,t,amount,lower,sum
        S-STREAMED,示例量四,t,amount,lower,sum
        S-KG,示例量五,t,amount,lower,sum
        S-WAN,示例量六,t,amount,lower,sum
        """;

    private static readonly string[] Places = ["A", "B", "C", "D", "E", "X", "Y", "Z", "P"];

    [Fact]
    public async Task The_order_of_rows_their_reports_and_their_chunks_never_change_an_answer()
    {
        var random = new Random(Seed);
        await using var hub = await MetricHub.StartAsync();
        await hub.LoadAsync(CatalogTableKind.Indicators, Copies);
        var rows = Table(random);

        await hub.SubmitAsync([.. rows.Select(row => As(row, "S-PLAIN"))]);
        var shuffled = rows.Select(row => As(row, "S-SHUFFLED")).ToArray();
        random.Shuffle(shuffled);
        await hub.SubmitAsync(shuffled);
        var split = rows.Select(row => As(row, "S-SPLIT")).ToArray();
        random.Shuffle(split);
        foreach (var part in split.Chunk(17)) await hub.SubmitAsync(part);
        await StreamAsync(hub, [.. rows.Select(row => As(row, "S-STREAMED"))], random);

        await AssertAlikeAsync(hub, "S-PLAIN", "S-SHUFFLED", "S-SPLIT", "S-STREAMED");
    }

    [Fact]
    public async Task The_unit_a_value_is_sent_in_never_changes_what_it_is()
    {
        var rows = Table(new Random(Seed + 1));
        await using var hub = await MetricHub.StartAsync();
        await hub.LoadAsync(CatalogTableKind.Indicators, Copies);

        await hub.SubmitAsync([.. rows.Select(row => Scaled(row, "S-PLAIN", 0, "t"))]);
        await hub.SubmitAsync([.. rows.Select(row => Scaled(row, "S-KG", 3, "kg"))]);
        await hub.SubmitAsync([.. rows.Select(row => Scaled(row, "S-WAN", -4, "10*4.t"))]);

        foreach (var period in new[] { "2021", "2022", "2023", "2022-Q1" })
        {
            foreach (var (unit, factor) in new[] { ("t", "1"), ("kg", "1000"), ("10*4.t", "0.0001") })
            {
                var tables = new List<V1.Comparison>();
                foreach (var copy in new[] { "S-PLAIN", "S-KG", "S-WAN" }) tables.Add(await AskAsync(hub, copy, period, request => request.Unit = unit));
                var expected = (await AskAsync(hub, "S-PLAIN", period)).Cells.Select(cell => Times(cell.Value, factor)).ToList();
                Assert.All(tables, table =>
                {
                    Assert.Equal(expected, table.Cells.Select(cell => Times(cell.Value, "1")));
                    Assert.Equal(tables[0].Cells.Select(cell => cell.Rank), table.Cells.Select(cell => cell.Rank));
                    Assert.Equal(Times(tables[0].Aggregate.Value, "1"), Times(table.Aggregate.Value, "1"));
                    Assert.Equal(
                        tables[0].Cells.SelectMany(cell => cell.Growth).Select(growth => growth.Percent),
                        table.Cells.SelectMany(cell => cell.Growth).Select(growth => growth.Percent));
                });
            }
        }
    }

    [Fact]
    public async Task A_table_is_the_same_whatever_other_periods_are_asked_with_it()
    {
        var random = new Random(Seed + 2);
        await using var history = await RandomHistory.OfAsync(random, steps: 15, rowsOfAReport: 400);
        var questions = new RandomQuestions(random, new RandomRows(random), history.Positions);

        for (var i = 0; i < 100; i++)
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

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Few values, so that there are ties; years, and the months of a quarter.</summary>
    private static List<Observation> Table(Random random) =>
    [
        .. from region in Places
           from period in new[] { "2021", "2022", "2023", "2022-01", "2022-02", "2022-03" }
           where random.Next(8) > 0
           select MadeUp.Value("", region, period, $"{random.Next(1, 6)}.{random.Next(10)}", random.Next(9) == 0 ? "E" : "", confidentiality: random.Next(20) == 0 ? "C" : ""),
    ];

    private static Observation As(Observation row, string indicator) => new(row) { Indicator = indicator };

    private static Observation Scaled(Observation row, string indicator, int power, string unit)
    {
        var scale = Fraction.One;
        for (var i = 0; i < power; i++) scale *= Fraction.Of(10);
        for (var i = 0; i > power; i--) scale /= Fraction.Of(10);
        return new Observation(row) { Indicator = indicator, Unit = unit, Value = (Fraction.Parse(row.Value) * scale).Text() };
    }

    private static string Times(string value, string factor) => value.Length == 0 ? "" : (Fraction.Parse(value) * Fraction.Parse(factor)).Text();

    private static async Task AssertAlikeAsync(MetricHub hub, params string[] copies)
    {
        foreach (var period in new[] { "2021", "2022", "2023", "2022-Q1" })
        {
            var tables = new List<IEnumerable<string>>();
            foreach (var copy in copies)
            {
                // Which report it was is all that may differ.
                var lines = Told.By(await AskAsync(hub, copy, period));
                tables.Add(lines.Select(line => line.Replace(copy, "", StringComparison.Ordinal).Split(" by 'organizations/")[0]));
            }
            Assert.All(tables, table => Assert.Equal(tables[0], table));
        }
    }

    private static Task<V1.Comparison> AskAsync(MetricHub hub, string indicator, string period, Action<CompareMetricsRequest>? change = null) =>
        hub.TableAsync(indicator, period, string.Join(' ', Places), request =>
        {
            request.RollUp = true;
            request.Growth.Add(GrowthBasis.PreviousPeriod);
            change?.Invoke(request);
        });

    private static async Task StreamAsync(MetricHub hub, Observation[] rows, Random random)
    {
        using var talk = ReportTalk.With(hub.Hub, MadeUp.Bureau);
        await talk.OpenAsync("streamed", open => open.Report = Rows.Name("streamed", MadeUp.Bureau));
        for (var sent = 0; sent < rows.Length;)
        {
            var chunk = rows.Skip(sent).Take(random.Next(1, 9)).ToArray();
            await talk.ChunkAsync(sent, chunk);
            sent += chunk.Length;
        }
        await talk.CommitAsync(rows);
        var heard = await talk.HearAsync();
        while (heard.MessageCase == UploadReportResponse.MessageOneofCase.Ack) heard = await talk.HearAsync();
        Assert.Equal(rows.Length.ToString(CultureInfo.InvariantCulture), heard.Committed?.Receipt.Counts.Created.ToString(CultureInfo.InvariantCulture));
    }
}
