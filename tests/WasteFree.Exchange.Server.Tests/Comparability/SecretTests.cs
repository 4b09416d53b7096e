using Google.Protobuf;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>A confidential number is told by no answer, in no form that gives it away.</summary>
public sealed class SecretTests
{
    private const string Secret = "777.125";

    // The number in t, kg and 10*4.t; by the 500 heads of A; as a share of its target 1000; 10000 beside it; its growth from 500.
    private static readonly string[] Traces = ["777.125", "777125", "0.0777125", "1.55425", "77.7125", "10777.125", "55.425", "277.125"];

    [Fact]
    public async Task No_answer_tells_a_secret_to_another()
    {
        await using var hub = await HidingAsync();

        foreach (var caller in new[] { "", MadeUp.Bureau, MadeUp.Institute })
        {
            foreach (var answer in await AnswersAsync(hub, caller))
                Assert.All(Traces, trace => Assert.DoesNotContain(trace, Numbers(answer), StringComparison.Ordinal));
        }
        // The same questions of its owner tell it in each of these ways: the traces are the right ones.
        var own = string.Concat((await AnswersAsync(hub, MadeUp.Office)).Select(Numbers));
        Assert.All(Traces, trace => Assert.Contains(trace, own, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whether_a_secret_attains_its_target_is_a_secret()
    {
        await using var hub = await HidingAsync();
        var request = new GetAttainmentRequest { Region = "A" };

        var table = await hub.TableAsync("T-AMOUNT", "2023", "A");
        Assert.Equal(AttainmentState.Unknown, Assert.Single(table.Cells[0].Targets).State);
        var hidden = Assert.Single((await hub.Hub.Metrics.GetAttainmentAsync(request, cancellationToken: Cancelled)).Attainments);
        Assert.Equal((AttainmentState.Unknown, ""), (hidden.State, hidden.Percent));
        Assert.NotEqual(TargetPathState.Known, hidden.Path.State);

        var own = Assert.Single((await hub.Hub.Metrics.GetAttainmentAsync(request, MetricHub.Headers(MadeUp.Office), cancellationToken: Cancelled)).Attainments);
        Assert.Equal((AttainmentState.NotAttained, TargetPathState.Known), (own.State, own.Path.State));
    }

    [Fact]
    public async Task A_secret_population_is_not_told_by_what_is_divided_by_it()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "1000"), MadeUp.Value("T-AMOUNT", "B", "2023", "1000"), MadeUp.Value("AUX-POP", "B", "2023", "10"));
        await hub.SubmitAsAsync(MadeUp.Office, MadeUp.Secret("AUX-POP", "A", "2023", "8"));

        var table = await hub.TableAsync("T-AMOUNT", "2023", "A B", request => request.Normalization = Normalization.PerCapita);

        Assert.Equal(["", "100"], table.Cells.Select(cell => cell.Value));
        Assert.Contains(VerdictReason.Denominator, table.Cells[0].Reasons);
        Assert.True(table.Cells[0].NormalizedBy is null or { Value: "" });
        var own = await hub.TableAsync("T-AMOUNT", "2023", "A B", request => request.Normalization = Normalization.PerCapita, MadeUp.Office);
        Assert.Equal(["125", "100"], own.Cells.Select(cell => cell.Value));
    }

    [Fact]
    public async Task The_texts_beside_a_secret_number_are_withheld_with_it()
    {
        await using var hub = await MetricHub.StartAsync();
        var row = MadeUp.Secret("T-AMOUNT", "A", "2023", Secret);
        (row.Note, row.CollectionMethod, row.Evidence) = ("note 777.125", "method 777.125", "evidence 777.125");
        await hub.SubmitAsAsync(MadeUp.Office, row);

        var hidden = Assert.Single((await hub.Hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), MetricHub.Headers(MadeUp.Institute), cancellationToken: Cancelled)).Observations);
        Assert.True(hidden.Withheld);
        Assert.DoesNotContain("777.125", hidden.ToString(), StringComparison.Ordinal);
        var own = Assert.Single((await hub.Hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), MetricHub.Headers(MadeUp.Office), cancellationToken: Cancelled)).Observations);
        Assert.Equal("method 777.125", own.Observation.CollectionMethod);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A's value of 2023 is a secret of the office; everything around it is known.</summary>
    private static async Task<MetricHub> HidingAsync()
    {
        var hub = await MetricHub.StartAsync();
        await hub.LoadAsync(CatalogTableKind.Targets, """
            target_id,region,period,indicator,relation,name_zh,comparator,value,unit,base_period,base_value
            SECRET,A,2023,T-AMOUNT,same,示例目标,>=,1000,t,2022,500
            """);
        await hub.SubmitAsAsync(MadeUp.Office, MadeUp.Value("T-AMOUNT", "A", "2022", "500"), MadeUp.Secret("T-AMOUNT", "A", "2023", Secret));
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "B", "2023", "10000"), MadeUp.Value("AUX-POP", "A", "2023", "500"), MadeUp.Value("AUX-POP", "B", "2023", "1"));
        return hub;
    }

    private static async Task<List<IMessage>> AnswersAsync(MetricHub hub, string caller)
    {
        var (metrics, headers) = (hub.Hub.Metrics, MetricHub.Headers(caller));
        var answers = new List<IMessage>();
        foreach (var unit in new[] { "t", "kg", "10*4.t" })
        {
            var question = MetricHub.Question("T-AMOUNT", "2023", "A B", request =>
            {
                request.Unit = unit;
                request.RollUp = true;
                request.Growth.Add(GrowthBasis.PreviousPeriod);
            });
            answers.Add(await hub.CompareAsync(question, caller));
            foreach (var region in new[] { "", "A", "B" })
                answers.Add(await metrics.ExplainValueAsync(new ExplainValueRequest { Comparison = question, Region = region }, headers, cancellationToken: Cancelled));
        }
        answers.Add(await hub.CompareAsync(MetricHub.Question("T-AMOUNT", "2023", "A B", request => request.Normalization = Normalization.PerCapita), caller));
        answers.Add(await metrics.GetAttainmentAsync(new GetAttainmentRequest(), headers, cancellationToken: Cancelled));
        answers.Add(await metrics.QueryObservationsAsync(new QueryObservationsRequest(), headers, cancellationToken: Cancelled));
        answers.Add(await metrics.ListRevisionsAsync(new ListRevisionsRequest { Indicator = "T-AMOUNT", Region = "A", Period = "2023" }, headers, cancellationToken: Cancelled));
        answers.Add(await metrics.DiffObservationsAsync(new DiffObservationsRequest { Since = At.Position(1) }, headers, cancellationToken: Cancelled));
        return answers;
    }

    /// <summary>Instants may hold any digits.</summary>
    private static string Numbers(IMessage answer) => System.Text.RegularExpressions.Regex.Replace(answer.ToString()!, "\"[a-zA-Z]*Time\": \"[^\"]*\"", "");
}
