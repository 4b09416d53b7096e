using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>
/// Two questions give no more away than one: whether a number is told depends on what is confidential at the instant, not
/// on what is asked beside it.
/// </summary>
public sealed class CrossQuestionTests
{
    private const string Whole = "807.125";

    // The whole in t, kg and 10*4.t; by 500 heads; as a share of its target 1000; its growth from 500.
    private static readonly string[] Traces = ["807.125", "807125", "0.0807125", "1.61425", "80.7125", "307.125", "61.425"];

    [Theory]
    // A province and its cities, a total and its classes, a year and its quarters, the whole and its town and country.
    [InlineData("P WHOLE _T 2023", "A WHOLE _T 2023,B WHOLE _T 2023,D WHOLE _T 2023", "C WHOLE _T 2023")]
    [InlineData("A WHOLE _T 2023", "A WHOLE K1 2023,A WHOLE K2 2023,A WHOLE K4 2023", "A WHOLE K3 2023")]
    [InlineData("A WHOLE _T 2023", "A WHOLE _T 2023-Q1,A WHOLE _T 2023-Q2,A WHOLE _T 2023-Q4", "A WHOLE _T 2023-Q3")]
    [InlineData("A WHOLE _T 2023", "A URBAN _T 2023", "A RURAL _T 2023")]
    // And across them: a month of a class of a city.
    [InlineData("P WHOLE _T 2023", "A WHOLE _T 2023,P WHOLE K1 2023,P WHOLE _T 2023-Q1", "C RURAL K3 2023-02")]
    public async Task No_answer_tells_the_whole_of_parts_of_which_one_is_confidential(string whole, string parts, string secret)
    {
        await using var hub = await MetricHub.StartAsync();
        var region = whole.Split(' ')[0];
        await hub.LoadAsync(
            (CatalogTableKind.Categories, "code_list,code,name_zh,indicators\nK,K1,示例一,T-AMOUNT\nK,K2,示例二,T-AMOUNT\nK,K3,示例三,T-AMOUNT\nK,K4,示例四,T-AMOUNT\n"),
            (CatalogTableKind.Targets, $"target_id,region,period,indicator,relation,name_zh,comparator,value,unit,base_period,base_value\nSUM,{region},2023,T-AMOUNT,same,示例目标,>=,1000,t,2022,500\n"));
        await hub.SubmitAsync(
            [Row(whole, Whole), Row(whole.Replace("2023", "2022", StringComparison.Ordinal), "500"), MadeUp.Value("AUX-POP", region, "2023", "500"),
                .. parts.Split(',').Select((part, i) => Row(part, $"1{i}"))]);
        var secretRow = Row(secret, "777.125");
        secretRow.Confidentiality = "C";
        await hub.SubmitAsAsync(MadeUp.Office, secretRow);

        foreach (var caller in new[] { "", MadeUp.Institute })
        {
            foreach (var answer in await AnswersAsync(hub, region, caller))
                Assert.All(Traces, trace => Assert.DoesNotContain(trace, Numbers(answer), StringComparison.Ordinal));
        }
        // Who sent the whole, or what is confidential in it, is told it in each of these ways: the traces are the right ones.
        foreach (var caller in new[] { MadeUp.Bureau, MadeUp.Office })
        {
            var own = string.Concat((await AnswersAsync(hub, region, caller)).Select(Numbers));
            Assert.All(Traces, trace => Assert.Contains(trace, own, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_row_withheld_for_another_says_that_it_is_secondary_and_a_cell_says_why()
    {
        await using var hub = await HidingAsync();

        var told = (await hub.Hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled)).Observations;
        Assert.Equal(
            ["A F 10 False", "B F 20 False", "C C  True", "D F 0 False", "P S  True"],
            told.Select(row => $"{row.Observation.Region} {row.Observation.Confidentiality} {row.Observation.Value} {row.Withheld}").Order());
        Assert.Equal(("", "", ""), (told.Single(row => row.Observation.Region == "P").DerivedValue, told.Single(row => row.Observation.Region == "P").Observation.Note, told.Single(row => row.Observation.Region == "P").Observation.Evidence));

        var alone = (await hub.TableAsync("T-AMOUNT", "2023", "P")).Cells[0];
        Assert.Equal((Verdict.NotComparable, ""), (alone.Verdict, alone.Value));
        Assert.Equal([VerdictReason.Confidential], alone.Reasons);
        Assert.Contains("give away another", alone.MessageEn, StringComparison.Ordinal);
        Assert.DoesNotContain(" C", alone.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_withheld_follows_the_instant_that_is_asked()
    {
        await using var hub = await HidingAsync();
        var hidden = await hub.PositionAsync();
        await hub.SubmitAsAsync(MadeUp.Office, MadeUp.Value("T-AMOUNT", "C", "2023", "5"));

        Assert.Equal("35", (await hub.TableAsync("T-AMOUNT", "2023", "P")).Cells[0].Value);
        Assert.Equal("", (await hub.TableAsync("T-AMOUNT", "2023", "P", request => request.AsOf = At.Position(hidden))).Cells[0].Value);
    }

    [Fact]
    public async Task A_withdrawn_secret_hides_nothing()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "P", "2023", "35"));
        var report = await hub.SubmitAsAsync(MadeUp.Office, MadeUp.Secret("T-AMOUNT", "C", "2023", "5"));
        Assert.Equal("", (await hub.TableAsync("T-AMOUNT", "2023", "P")).Cells[0].Value);

        await hub.WithdrawAsync(report, MadeUp.Office);

        Assert.Equal("35", (await hub.TableAsync("T-AMOUNT", "2023", "P")).Cells[0].Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sender_is_warned_of_free_rows_that_would_give_away_a_confidential_one_of_the_report(bool check)
    {
        await using var hub = await MetricHub.StartAsync();
        var request = new SubmitReportRequest { Report = Rows.Name("r", MadeUp.Bureau), ValidateOnly = check };
        request.Rows.AddRange(
        [
            MadeUp.Value("T-AMOUNT", "P", "2023", "35"), MadeUp.Value("T-AMOUNT", "A", "2023", "10"), MadeUp.Secret("T-AMOUNT", "C", "2023", "5"),
            MadeUp.Value("T-AMOUNT", "C", "2023-Q4", "1"), MadeUp.Value("T-AMOUNT", "C", "2023-Q3", "1"), MadeUp.Value("T-STOCK", "P", "2023", "1"),
        ]);

        var committed = (await hub.Hub.Reports.SubmitReportAsync(request, RunningHub.As(MadeUp.Bureau), cancellationToken: Cancelled)).Committed;

        Assert.Equal([(0L, "CONF-2@1"), (3L, "CONF-2@1")], committed.Findings.Select(finding => (finding.Row!.Value, finding.Rule)));
        Assert.All(committed.Findings, finding => Assert.Equal((FindingSeverity.Warning, "confidentiality", "F", "D"), (finding.Severity, finding.Field, finding.Observed, finding.Expected)));
        Assert.All(committed.Findings, finding => Assert.Contains("other organisations are not told it", finding.MessageEn, StringComparison.Ordinal));
        Assert.All(committed.Findings, finding => Assert.Contains("保密", finding.MessageZh, StringComparison.Ordinal));
        if (check) return;
        Assert.Equal(2, committed.Receipt.Counts.Findings);
        var listed = await hub.Hub.Reports.ListFindingsAsync(new ListFindingsRequest { Parent = request.Report }, RunningHub.As(MadeUp.Bureau), cancellationToken: Cancelled);
        Assert.Equal([0L, 3L], listed.Findings.Select(finding => finding.Row!.Value));
    }

    /// <summary>P is 35; C's 5 is a secret of the office.</summary>
    private static async Task<MetricHub> HidingAsync()
    {
        var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-AMOUNT", "A", "2023", "10"), MadeUp.Value("T-AMOUNT", "B", "2023", "20"), MadeUp.Value("T-AMOUNT", "D", "2023", "0"),
            MadeUp.Value("T-AMOUNT", "P", "2023", "35"));
        await hub.SubmitAsAsync(MadeUp.Office, MadeUp.Secret("T-AMOUNT", "C", "2023", "5"));
        return hub;
    }

    private static async Task<List<IMessage>> AnswersAsync(MetricHub hub, string region, string caller)
    {
        var (metrics, headers) = (hub.Hub.Metrics, MetricHub.Headers(caller));
        var answers = new List<IMessage>();
        foreach (var unit in new[] { "t", "kg", "10*4.t" })
        {
            var question = MetricHub.Question("T-AMOUNT", "2023", region, request =>
            {
                request.Unit = unit;
                request.RollUp = true;
                request.Growth.Add(GrowthBasis.PreviousPeriod);
            });
            answers.Add(await hub.CompareAsync(question, caller));
            foreach (var one in new[] { "", region })
                answers.Add(await metrics.ExplainValueAsync(new ExplainValueRequest { Comparison = question, Region = one }, headers, cancellationToken: Cancelled));
        }
        answers.Add(await hub.CompareAsync(MetricHub.Question("T-AMOUNT", "2023", region, request => request.Normalization = Normalization.PerCapita), caller));
        answers.Add(await metrics.GetAttainmentAsync(new GetAttainmentRequest(), headers, cancellationToken: Cancelled));
        answers.Add(await metrics.QueryObservationsAsync(new QueryObservationsRequest(), headers, cancellationToken: Cancelled));
        answers.Add(await metrics.ListRevisionsAsync(new ListRevisionsRequest { Indicator = "T-AMOUNT", Region = region, Period = "2023" }, headers, cancellationToken: Cancelled));
        answers.Add(await metrics.DiffObservationsAsync(new DiffObservationsRequest { Since = At.Position(1) }, headers, cancellationToken: Cancelled));
        using var export = metrics.StreamObservations(new StreamObservationsRequest(), headers, cancellationToken: Cancelled);
        while (await export.ResponseStream.MoveNext(Cancelled)) answers.Add(export.ResponseStream.Current);
        using var watch = hub.Hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Snapshot }, headers, cancellationToken: Cancelled);
        while (await watch.ResponseStream.MoveNext(Cancelled) && watch.ResponseStream.Current.MessageCase != WatchResponse.MessageOneofCase.CaughtUp)
            answers.Add(watch.ResponseStream.Current);
        return answers;
    }

    private static Observation Row(string cell, string value)
    {
        var parts = cell.Split(' ');
        var row = MadeUp.Value("T-AMOUNT", parts[0], parts[3], value);
        (row.Scope, row.Category) = (parts[1], parts[2]);
        return row;
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Instants may hold any digits.</summary>
    private static string Numbers(IMessage answer) => System.Text.RegularExpressions.Regex.Replace(answer.ToString()!, "\"[a-zA-Z]*Time\": \"[^\"]*\"|\"(digest|resumeToken)\": \"[^\"]*\"", "");
}
