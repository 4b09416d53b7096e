using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>What was told once and is retracted is told to nobody but its sender, whatever is asked, as of whatever instant.</summary>
public sealed class RetractionTests
{
    private const string Secret = "777.125";
    private const string Whole = "807.125";

    // Both in t, kg and 10*4.t, by 500 heads, as a share of the target 1000, their growth from 500: none of them in anything else that is told.
    private static readonly string[] Traces =
        ["777.125", "777125", "0.0777125", "1.55425", "77.7125", "277.125", "807.125", "807125", "0.0807125", "1.61425", "80.7125", "307.125", "秘而不宣"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_answer_as_of_any_instant_tells_a_retracted_value_or_what_it_follows_from()
    {
        await using var hub = await MetricHub.StartAsync();
        var report = await FillAsync(hub);
        var told = await TellingAsync(hub, MadeUp.Institute);
        Assert.All(Traces, trace => Assert.Contains(trace, told, StringComparison.Ordinal));

        await RetractAsync(hub, report);

        foreach (var caller in new[] { "", MadeUp.Institute, MadeUp.Bureau })
        {
            var answers = await TellingAsync(hub, caller);
            // The bureau sent the whole itself, and knows it.
            var unknown = caller == MadeUp.Bureau ? Traces[..6] : Traces;
            Assert.All(unknown, trace => Assert.DoesNotContain(trace, answers, StringComparison.Ordinal));
        }
        var own = await TellingAsync(hub, MadeUp.Office);
        Assert.All(Traces, trace => Assert.Contains(trace, own, StringComparison.Ordinal));
    }

    [Theory]
    // A total and its classes, a year and its quarters, the whole and its town, across them.
    [InlineData("A WHOLE _T 2023", "A WHOLE K1 2023,A WHOLE K2 2023,A WHOLE K4 2023", "A WHOLE K3 2023")]
    [InlineData("A WHOLE _T 2023", "A WHOLE _T 2023-Q1,A WHOLE _T 2023-Q2,A WHOLE _T 2023-Q4", "A WHOLE _T 2023-Q3")]
    [InlineData("A WHOLE _T 2023", "A URBAN _T 2023", "A RURAL _T 2023")]
    [InlineData("P WHOLE _T 2023", "A WHOLE _T 2023,P WHOLE K1 2023,P WHOLE _T 2023-Q1", "C RURAL K3 2023-02")]
    public async Task What_a_retracted_value_is_a_part_of_is_withheld_at_every_instant(string whole, string parts, string secret)
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.LoadAsync(
            (CatalogTableKind.Categories, "code_list,code,name_zh,indicators\nK,K1,示例一,T-AMOUNT\nK,K2,示例二,T-AMOUNT\nK,K3,示例三,T-AMOUNT\nK,K4,示例四,T-AMOUNT\n"));
        await hub.SubmitAsync([Row(whole, Whole), .. parts.Split(',').Select((part, i) => Row(part, $"1{i}"))]);
        var report = await hub.SubmitAsAsync(MadeUp.Office, Row(secret, Secret));
        await hub.SubmitAsync(Row(whole, "807.25"));

        await RetractAsync(hub, report);

        var answers = await TellingAsync(hub, MadeUp.Institute);
        Assert.All(new[] { Whole, "807.25", Secret }, trace => Assert.DoesNotContain(trace, answers, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_retracted_row_keeps_key_report_position_and_instants_and_says_that_it_was_retracted()
    {
        await using var hub = await MetricHub.StartAsync();
        var report = await FillAsync(hub);
        var at = await hub.PositionAsync();
        var before = await RowAsync(hub, at);

        var retracted = await RetractAsync(hub, report);

        var row = await RowAsync(hub, at);
        Assert.Equal(
            ("C", "2023", "S", "", "", "", "", "", true),
            (row.Observation.Region, row.Observation.Period, row.Observation.Confidentiality, row.Observation.Value, row.Observation.Note, row.Observation.CollectionMethod,
                row.Observation.Evidence, row.DerivedValue, row.Withheld));
        Assert.Equal((before.Organization, before.Report, before.Position, before.CommitTime), (row.Organization, row.Report, row.Position, row.CommitTime));
        Assert.Equal(retracted.Report.RetractPosition, row.RetractedPosition);
        Assert.True(row.RetractedTime > row.CommitTime);

        var cell = (await hub.TableAsync("T-AMOUNT", "2023", "C", request => request.AsOf = At.Position(at), MadeUp.Institute)).Cells[0];
        Assert.Equal([VerdictReason.Confidential], cell.Reasons);
        Assert.Contains("retracted", cell.MessageEn, StringComparison.Ordinal);
        Assert.Contains("封存", cell.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watcher_is_told_to_drop_its_copies_and_one_that_begins_early_is_told_none()
    {
        await using var hub = await MetricHub.StartAsync();
        var report = await FillAsync(hub);
        var at = await hub.PositionAsync();
        var retracted = await RetractAsync(hub, report);

        var changes = new List<WatchChange>();
        using var watch = hub.Hub.Feed.Watch(new WatchRequest { Since = At.Position(at - 1) }, MetricHub.Headers(MadeUp.Institute), cancellationToken: Cancelled);
        while (await watch.ResponseStream.MoveNext(Cancelled) && watch.ResponseStream.Current.MessageCase != WatchResponse.MessageOneofCase.CaughtUp)
            if (watch.ResponseStream.Current.Change is { } change) changes.Add(change);

        Assert.Equal([WatchChangeKind.ReportCommitted, WatchChangeKind.ReportWithdrawn, WatchChangeKind.ReportRetracted], changes.Select(change => change.Kind));
        Assert.All(changes, change => Assert.Equal(Rows.Name(report, MadeUp.Office), change.Report));
        var (set, drop) = (Assert.Single(changes[0].Observations), Assert.Single(changes[2].Observations));
        Assert.Equal((ObservationAction.Set, true, ""), (set.Action, set.Record.Withheld, set.Record.Observation.Value));
        Assert.Equal(ObservationAction.Retracted, drop.Action);
        Assert.Equal((set.Record.Report, set.Record.Position, retracted.Report.RetractPosition), (drop.Record.Report, drop.Record.Position, drop.Record.RetractedPosition));
        Assert.Equal(new Observation { Region = "C", Indicator = "T-AMOUNT", Version = "1.0", Scope = "WHOLE", Category = "_T", Period = "2023" }, drop.Record.Observation);
    }

    [Fact]
    public async Task A_value_that_is_sent_anew_is_told_from_then_on_and_the_retracted_one_never()
    {
        await using var hub = await MetricHub.StartAsync();
        var report = await FillAsync(hub);
        var first = await hub.PositionAsync();
        await RetractAsync(hub, report);
        await hub.SubmitAsAsync(MadeUp.Office, Amount("C", Secret));
        await hub.SubmitAsync(Amount("P", "900"));
        var second = await hub.PositionAsync();

        var now = await hub.TableAsync("T-AMOUNT", "2023", "C P", caller: MadeUp.Institute);
        Assert.Equal([Secret, "900"], now.Cells.Select(cell => cell.Value));
        var then = await hub.TableAsync("T-AMOUNT", "2023", "C P", request => request.AsOf = At.Position(first), MadeUp.Institute);
        Assert.Equal(["", ""], then.Cells.Select(cell => cell.Value));
        // That the two are equal would tell the first one; that the whole was told before would, too.
        var difference = (await hub.Hub.Metrics.DiffObservationsAsync(
            new DiffObservationsRequest { Since = At.Position(first), Filter = new ObservationFilter { Regions = { "C" } } },
            MetricHub.Headers(MadeUp.Institute), cancellationToken: Cancelled)).Differences;
        Assert.Equal((true, "", Secret), (difference[0].Before.Withheld, difference[0].Before.Observation.Value, difference[0].After.Observation.Value));
        var whole = await hub.Hub.Metrics.ListRevisionsAsync(
            new ListRevisionsRequest { Indicator = "T-AMOUNT", Region = "P", Period = "2023" }, MetricHub.Headers(MadeUp.Institute), cancellationToken: Cancelled);
        Assert.Equal(["", "900"], whole.Revisions.Select(revision => revision.Observation.Observation.Value));
        Assert.Equal(second, await hub.PositionAsync());
    }

    [Fact]
    public async Task Another_spelling_of_a_retracted_value_does_not_say_that_it_is_one()
    {
        await using var hub = await MetricHub.StartAsync();
        var mistaken = await hub.SubmitAsAsync(MadeUp.Office, Amount("C", "777.125"));
        await hub.SubmitAsAsync(MadeUp.Office, Amount("C", "777.1250"));
        var at = await hub.PositionAsync();
        await RetractAsync(hub, mistaken);

        var answers = await TellingAsync(hub, MadeUp.Institute);

        Assert.DoesNotContain("\"spellingOnly\": true", answers, StringComparison.Ordinal);
        Assert.Equal("777.1250", (await RowAsync(hub, at)).Observation.Value);
    }

    [Fact]
    public async Task A_retraction_answers_the_same_when_it_is_repeated_and_says_why_it_cannot_be()
    {
        await using var hub = await MetricHub.StartAsync();
        var report = await FillAsync(hub);

        var first = await RetractAsync(hub, report);
        var second = await RetractAsync(hub, report, "又一次");

        Assert.Equal(first, second);
        Assert.Equal((ReportState.Withdrawn, "示例", 1), (first.Report.State, first.Report.RetractReason, first.WithheldRows));
        Assert.Equal(first.Report.WithdrawPosition + 1, first.Report.RetractPosition);
        Assert.Equal(ErrorReason.ReportUnknown, (await Refused.ByAsync(() => RetractAsync(hub, "nothing"))).Reason);
        Assert.Equal(ErrorReason.FieldInvalid, (await Refused.ByAsync(() => RetractAsync(hub, report, " "))).Reason);
        await hub.Hub.Reports.OpenUploadAsync(
            new OpenUploadRequest { Open = new UploadOpen { Report = Rows.Name("open", MadeUp.Office) } }, RunningHub.As(MadeUp.Office), cancellationToken: Cancelled);
        Assert.Equal(ErrorReason.ReportState, (await Refused.ByAsync(() => RetractAsync(hub, "open"))).Reason);
    }

    /// <summary>P is 807.125 of A, B, D and the office's C, of which it says something in words, too.</summary>
    /// <returns>The office's report, the last.</returns>
    private static async Task<string> FillAsync(MetricHub hub)
    {
        await hub.LoadAsync(
            CatalogTableKind.Targets,
            string.Concat(new[] { "P", "C" }.Select(region => $"S{region},{region},2023,T-AMOUNT,same,示例目标,>=,1000,t,2022,500\n").Prepend(
                "target_id,region,period,indicator,relation,name_zh,comparator,value,unit,base_period,base_value\n")));
        await hub.SubmitAsync(
            Amount("A", "10"), Amount("B", "20"), Amount("D", "0"), Amount("P", Whole),
            MadeUp.Value("T-AMOUNT", "P", "2022", "500"),
            MadeUp.Value("AUX-POP", "P", "2023", "500"), MadeUp.Value("AUX-POP", "C", "2023", "500"));
        await hub.SubmitAsAsync(MadeUp.Office, MadeUp.Value("T-AMOUNT", "C", "2022", "500"));
        var row = Amount("C", Secret);
        (row.Note, row.CollectionMethod, row.Evidence) = ("秘而不宣", "秘而不宣", "秘而不宣");
        return await hub.SubmitAsAsync(MadeUp.Office, row);
    }

    private static Observation Amount(string region, string value) => MadeUp.Value("T-AMOUNT", region, "2023", value);

    private static Observation Row(string cell, string value)
    {
        var parts = cell.Split(' ');
        var row = MadeUp.Value("T-AMOUNT", parts[0], parts[3], value);
        (row.Scope, row.Category) = (parts[1], parts[2]);
        return row;
    }

    private static async Task<RetractReportResponse> RetractAsync(MetricHub hub, string report, string reason = "示例") =>
        await hub.Hub.Reports.RetractReportAsync(
            new RetractReportRequest { Name = Rows.Name(report, MadeUp.Office), Reason = reason }, RunningHub.As(MadeUp.Office), cancellationToken: Cancelled);

    private static async Task<ObservationRecord> RowAsync(MetricHub hub, long position)
    {
        var filter = new ObservationFilter { Regions = { "C" }, Indicators = { "T-AMOUNT" }, Periods = { "2023" } };
        var request = new QueryObservationsRequest { Filter = filter, AsOf = At.Position(position) };
        return Assert.Single((await hub.Hub.Metrics.QueryObservationsAsync(request, MetricHub.Headers(MadeUp.Institute), cancellationToken: Cancelled)).Observations);
    }

    /// <summary>All that can be asked, of each instant there is, in one text; instants and digests left out, which may hold any digits.</summary>
    private static async Task<string> TellingAsync(MetricHub hub, string caller)
    {
        var answers = new List<IMessage>();
        var first = (await hub.Hub.Metrics.DiffObservationsAsync(
            new DiffObservationsRequest { Since = new AsOf { Time = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch) } }, cancellationToken: Cancelled)).Differences.Min(one => one.After.Position);
        for (var position = await hub.PositionAsync(); position >= first; position--) answers.AddRange(await AnswersAsync(hub, caller, At.Position(position)));
        foreach (var start in new[] { new WatchRequest { StartAt = WatchStart.Snapshot }, new WatchRequest { StartAt = WatchStart.Earliest } })
        {
            using var watch = hub.Hub.Feed.Watch(start, MetricHub.Headers(caller), cancellationToken: Cancelled);
            while (await watch.ResponseStream.MoveNext(Cancelled) && watch.ResponseStream.Current.MessageCase != WatchResponse.MessageOneofCase.CaughtUp)
                answers.Add(watch.ResponseStream.Current);
        }
        return System.Text.RegularExpressions.Regex.Replace(
            string.Concat(answers), "\"[a-zA-Z]*Time\": \"[^\"]*\"|\"(digest|resumeToken|nextPageToken)\": \"[^\"]*\"", "");
    }

    private static async Task<List<IMessage>> AnswersAsync(MetricHub hub, string caller, AsOf at)
    {
        var (metrics, headers) = (hub.Hub.Metrics, MetricHub.Headers(caller));
        var answers = new List<IMessage>();
        foreach (var region in new[] { "P", "C", "A B C D" })
        {
            foreach (var unit in new[] { "t", "kg", "10*4.t" })
            {
                var question = MetricHub.Question("T-AMOUNT", "2023", region, request =>
                {
                    (request.Unit, request.RollUp, request.AsOf) = (unit, true, at);
                    request.Growth.Add(GrowthBasis.PreviousPeriod);
                });
                answers.Add(await hub.CompareAsync(question, caller));
                foreach (var one in region.Length == 1 ? [region, ""] : new[] { "" })
                    answers.Add(await metrics.ExplainValueAsync(new ExplainValueRequest { Comparison = question, Region = one }, headers, cancellationToken: Cancelled));
            }
            answers.Add(await hub.CompareAsync(
                MetricHub.Question("T-AMOUNT", "2023", region, request => (request.Normalization, request.AsOf) = (Normalization.PerCapita, at)), caller));
            if (region.Length > 1) continue;
            answers.Add(await metrics.ListRevisionsAsync(
                new ListRevisionsRequest { Indicator = "T-AMOUNT", Region = region, Period = "2023", AsOf = at }, headers, cancellationToken: Cancelled));
        }
        answers.Add(await metrics.GetAttainmentAsync(new GetAttainmentRequest { AsOf = at }, headers, cancellationToken: Cancelled));
        answers.Add(await metrics.QueryObservationsAsync(new QueryObservationsRequest { AsOf = at }, headers, cancellationToken: Cancelled));
        answers.Add(await metrics.DiffObservationsAsync(new DiffObservationsRequest { Since = At.Position(1), AsOf = at }, headers, cancellationToken: Cancelled));
        answers.Add(await metrics.DiffObservationsAsync(new DiffObservationsRequest { Since = at }, headers, cancellationToken: Cancelled));
        using var export = metrics.StreamObservations(new StreamObservationsRequest { AsOf = at }, headers, cancellationToken: Cancelled);
        while (await export.ResponseStream.MoveNext(Cancelled)) answers.Add(export.ResponseStream.Current);
        return answers;
    }
}
