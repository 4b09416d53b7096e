using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Metrics;

/// <summary>The history of a key: every entry once, secrets kept, one position for all its pages.</summary>
public sealed class RevisionTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Dictionary<string, (ErrorReason Reason, string Field, Action<ListRevisionsRequest> Change)> Misuses = new()
    {
        ["no indicator"] = (ErrorReason.FieldInvalid, "indicator", request => request.Indicator = ""),
        ["no region"] = (ErrorReason.FieldInvalid, "region", request => request.Region = ""),
        ["no period"] = (ErrorReason.FieldInvalid, "period", request => request.Period = ""),
        ["an unknown indicator"] = (ErrorReason.IndicatorUnknown, "indicator", request => request.Indicator = "HUB-HW-GEM"),
        ["an unknown region"] = (ErrorReason.RegionUnknown, "region", request => request.Region = "511880"),
        ["a malformed period"] = (ErrorReason.PeriodMalformed, "period", request => request.Period = "2021-W53"),
        ["an unknown scope"] = (ErrorReason.FieldInvalid, "scope", request => request.Scope = "EVERYWHERE"),
        ["an unknown category"] = (ErrorReason.CategoryUnknown, "category", request => request.Category = "HW99"),
        ["an unknown organisation"] = (ErrorReason.OrganizationUnknown, "", request => request.Organization = "nobody"),
        ["a position beyond the head"] = (ErrorReason.AsOfOutOfRange, "as_of", request => request.AsOf = new AsOf { Position = 9_999 }),
        ["a negative page size"] = (ErrorReason.FieldInvalid, "page_size", request => request.PageSize = -1),
        ["a page token of rubbish"] = (ErrorReason.PageTokenInvalid, "page_token", request => request.PageToken = "§"),
    };

    public static TheoryData<string> Names => [.. Misuses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_question_that_has_no_answer_is_refused_with_reason_and_field(string name)
    {
        var (reason, field, change) = Misuses[name];
        var request = Ask("HUB-HW-GEN", "511800", "2024");
        change(request);

        var refused = await Refused.ByAsync(shared.Hub.Metrics.ListRevisionsAsync(request, cancellationToken: Cancelled));

        Assert.Equal((reason, field), (refused.Reason, refused.Field));
    }

    [Fact]
    public async Task A_withdrawal_is_the_key_alone_with_the_report_withdrawn()
    {
        var row = Rows.Rate("2001", "", "444", "600");
        (row.Confidentiality, row.Note) = ("C", "示例");
        await SubmitAsync(shared.Hub, "wanzhou", "taken-back", row);
        await WithdrawAsync(shared.Hub, "wanzhou", "taken-back");

        var history = (await ListAsync(shared.Hub, Ask("ZW21-21", "500101", "2001"))).Revisions;

        Assert.Equal([false, true], history.Select(entry => entry.Withdrawn));
        var gone = history[1].Observation;
        Assert.Equal(new Observation { Region = "500101", Indicator = "ZW21-21", Version = "1.0", Scope = "WHOLE", Category = "_T", Period = "2001" }, gone.Observation);
        Assert.Equal(("wanzhou", "organizations/wanzhou/reports/taken-back", false, ""), (gone.Organization, gone.Report, gone.Withheld, gone.DerivedValue));
        Assert.Equal((gone.Position, gone.CommitTime), (history[0].SupersededPosition, history[0].SupersededTime));
        Assert.Equal((0, null), (history[1].SupersededPosition, history[1].SupersededTime));
    }

    [Fact]
    public async Task Confidential_numbers_of_the_past_go_back_to_their_sender_only()
    {
        var secret = Rows.Rate("2002", "91.5", "915", "1000");
        (secret.Confidentiality, secret.Note) = ("C", "示例 of one plant");
        await SubmitAsync(shared.Hub, "wanzhou", "secret-once", secret);
        await SubmitAsync(shared.Hub, "wanzhou", "open-now", Rows.Rate("2002", "", "1", "2"));

        var told = (await ListAsync(shared.Hub, Ask("ZW21-21", "500101", "2002"))).Revisions;
        Assert.Equal([true, false], told.Select(entry => entry.Observation.Withheld));
        // An instant and a report's name may hold any digits; what is said of the observation must not.
        Assert.DoesNotContain("91", told[0].Observation.Observation.ToString(), StringComparison.Ordinal);
        Assert.Equal("", told[0].Observation.DerivedValue);
        Assert.Equal("50", told[1].Observation.DerivedValue);
        var own = (await ListAsync(shared.Hub, Ask("ZW21-21", "500101", "2002"), RunningHub.As("wanzhou"))).Revisions;
        Assert.Equal(["91.5", ""], own.Select(entry => entry.Observation.Observation.Value));
    }

    [Fact]
    public async Task Illustrative_organisations_are_told_of_when_asked_for_and_after_the_others_by_id()
    {
        await using var hub = await RunningHub.StartAsync(allowIllustrative: true);
        await SubmitAsync(hub, "wanzhou", "r1", Rows.Rate("2024", "1"));
        await SubmitAsync(hub, "demo-500101", "r1", Rows.Rate("2024", "2"));
        await SubmitAsync(hub, "wanzhou", "r2", Rows.Rate("2024", "3"));

        var request = Ask("ZW21-21", "500101", "2024");
        Assert.Equal(["1", "3"], Values(await ListAsync(hub, request)));
        request.IncludeIllustrative = true;
        var all = await ListAsync(hub, request);
        Assert.Equal(["2", "1", "3"], Values(all));
        Assert.Equal([true, false, false], all.Revisions.Select(entry => entry.Observation.Illustrative));
        request.Organization = "demo-500101";
        Assert.Equal(["2"], Values(await ListAsync(hub, request)));
        request.IncludeIllustrative = false;
        Assert.Empty((await ListAsync(hub, request)).Revisions);
    }

    [Fact]
    public async Task All_pages_read_the_position_of_the_first_while_commits_go_on()
    {
        await using var hub = await RunningHub.StartAsync();
        for (var i = 1; i <= 5; i++) await SubmitAsync(hub, "yaan", $"r{i}", Rows.Tonnes("2024", $"{i}"));
        var position = (await ListAsync(hub, Ask("HUB-HW-GEN", "511800", "2024"))).Position;

        var request = Ask("HUB-HW-GEN", "511800", "2024");
        request.PageSize = 2;
        var told = new List<Revision>();
        do
        {
            var page = await ListAsync(hub, request);
            Assert.Equal(position, page.Position);
            told.AddRange(page.Revisions);
            request.PageToken = page.NextPageToken;
            await SubmitAsync(hub, "yaan", $"more{told.Count}", Rows.Tonnes("2024", $"{told.Count + 100}"));
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(["1", "2", "3", "4", "5"], told.Select(entry => entry.Observation.Observation.Value));
        Assert.Equal(0, told[^1].SupersededPosition);
    }

    [Fact]
    public async Task A_page_token_serves_only_the_query_and_the_caller_it_was_made_for()
    {
        foreach (var i in new[] { 1, 2, 3 }) await SubmitAsync(shared.Hub, "yaan", $"token{i}", Rows.Tonnes("2003", $"{i}"));
        var request = Ask("HUB-HW-GEN", "511800", "2003");
        request.PageSize = 1;
        var token = (await ListAsync(shared.Hub, request)).NextPageToken;

        (request.PageToken, request.PageSize) = (token, 5);
        Assert.Equal(["2", "3"], Values(await ListAsync(shared.Hub, request)));
        await AssertRefusedAsync(request, RunningHub.As("wanzhou"));
        await AssertRefusedAsync(new ListRevisionsRequest(request) { Period = "2004" }, []);
        await AssertRefusedAsync(new ListRevisionsRequest(request) { AsOf = new AsOf { Position = 1 } }, []);

        async Task AssertRefusedAsync(ListRevisionsRequest other, Metadata headers) => Assert.Equal(
            ErrorReason.PageTokenInvalid, (await Refused.ByAsync(shared.Hub.Metrics.ListRevisionsAsync(other, headers, cancellationToken: Cancelled))).Reason);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static ListRevisionsRequest Ask(string indicator, string region, string period) => new() { Indicator = indicator, Region = region, Period = period };

    private static async Task<ListRevisionsResponse> ListAsync(RunningHub hub, ListRevisionsRequest request, Metadata? headers = null) =>
        await hub.Metrics.ListRevisionsAsync(request, headers ?? [], cancellationToken: Cancelled);

    private static IEnumerable<string> Values(ListRevisionsResponse page) => page.Revisions.Select(entry => entry.Observation.Observation.Value);

    private static async Task SubmitAsync(RunningHub hub, string organization, string id, params Observation[] rows)
    {
        var response = await hub.Reports.SubmitReportAsync(
            new SubmitReportRequest { Report = Rows.Name(id, organization), Rows = { rows } }, RunningHub.As(organization), cancellationToken: Cancelled);
        Assert.True(response.Committed is not null, response.ToString());
    }

    private static async Task WithdrawAsync(RunningHub hub, string organization, string id) =>
        await hub.Reports.WithdrawReportAsync(
            new WithdrawReportRequest { Name = Rows.Name(id, organization), Reason = "示例 wrong" }, RunningHub.As(organization), cancellationToken: Cancelled);
}
