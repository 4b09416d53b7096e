using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Abuse;

/// <summary>Tokens and names that the hub never gave: none is taken.</summary>
public sealed class ForgeryTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const string Other = "wanzhou-eeb";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private RunningHub Hub => shared.Hub;

    [Fact]
    public async Task A_page_token_that_was_changed_in_any_bit_or_is_anothers_is_refused()
    {
        await Hub.Reports.SubmitReportAsync(Rows.Report("paged", Rows.Days(3)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        async Task<QueryObservationsResponse> AskAsync(string token, string caller = Rows.Reporter, string? indicator = null)
        {
            var request = new QueryObservationsRequest { PageSize = 1, PageToken = token, Filter = new ObservationFilter() };
            if (indicator is not null) request.Filter.Indicators.Add(indicator);
            return await Hub.Metrics.QueryObservationsAsync(request, RunningHub.As(caller), cancellationToken: Cancelled);
        }

        var token = (await AskAsync("")).NextPageToken;
        Assert.Single((await AskAsync(token)).Observations);
        var forged = Forged(token).ToList();
        foreach (var text in forged) Assert.Equal(ErrorReason.PageTokenInvalid, (await Refused.ByAsync(() => AskAsync(text))).Reason);
        Assert.Equal(ErrorReason.PageTokenInvalid, (await Refused.ByAsync(() => AskAsync(token, Other))).Reason);
        Assert.Equal(ErrorReason.PageTokenInvalid, (await Refused.ByAsync(() => AskAsync(token, indicator: "HUB-HW-GEN"))).Reason);
        Say($"{forged.Count + 2} page tokens, none accepted");
    }

    [Fact]
    public async Task A_resume_token_that_was_changed_in_any_bit_or_is_anothers_is_refused()
    {
        await Hub.Reports.SubmitReportAsync(Rows.Report("watched", Rows.Days(1, from: 10)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        async Task<string> WatchAsync(WatchRequest request, string caller = Rows.Reporter)
        {
            using var call = Hub.Feed.Watch(request, RunningHub.As(caller), cancellationToken: Cancelled);
            await foreach (var message in call.ResponseStream.ReadAllAsync(Cancelled))
                if (message.ResumeToken.Length > 0) return message.ResumeToken;
            throw new InvalidOperationException("The watch ended without a token.");
        }

        var token = await WatchAsync(new WatchRequest { StartAt = WatchStart.Earliest });
        await WatchAsync(new WatchRequest { ResumeToken = token });
        var forged = Forged(token).ToList();
        foreach (var text in forged)
            Assert.Equal(ErrorReason.ResumeTokenInvalid, (await Refused.ByAsync(() => WatchAsync(new WatchRequest { ResumeToken = text }))).Reason);
        Assert.Equal(ErrorReason.ResumeTokenInvalid, (await Refused.ByAsync(() => WatchAsync(new WatchRequest { ResumeToken = token }, Other))).Reason);
        Say($"{forged.Count + 1} resume tokens, none accepted");
    }

    [Fact]
    public async Task A_report_name_with_a_trick_in_it_is_no_report_of_anybody()
    {
        string[] tricks =
        [
            "..", ".", "../r", "r/..", "r/../../../x", "%2e%2e", "%2e%2e%2fx", "r%00", "r\0", "r\n", "r\r\nINFO forged", "\u001b[31mr", "r ", " r", "r\t", "r/", "/r", "r//s",
            "r\\s", "r;DROP TABLE report", "r'--", "r\"", "r|s", "r&s", "r?x=1", "r#s", "ｒ", "а", "r\u202Ex", "r\u0000x", "ŕ", "示例", "", new string('r', 101), "{0}", "${x}", "*", "r*",
        ];
        string[] parents = ["organizations/yaan/reports/", "organizations/yaan/../wanzhou-eeb/reports/", "/organizations/yaan/reports/", "organizations/YAAN/reports/", "organizations//reports/", "Organizations/yaan/reports/"];
        var names = parents.SelectMany(parent => tricks.Append("r").Select(trick => parent + trick)).Where(name => name != Rows.Name("r")).ToList();
        var me = RunningHub.As(Rows.Reporter);
        foreach (var name in names)
        {
            Func<Task>[] calls =
            [
                async () => await Hub.Reports.GetReportAsync(new GetReportRequest { Name = name }, me, cancellationToken: Cancelled),
                async () => await Hub.Reports.ListFindingsAsync(new ListFindingsRequest { Parent = name }, me, cancellationToken: Cancelled),
                async () => await Hub.Reports.AbortReportAsync(new AbortReportRequest { Name = name }, me, cancellationToken: Cancelled),
                async () => await Hub.Reports.WithdrawReportAsync(new WithdrawReportRequest { Name = name, Reason = "示例" }, me, cancellationToken: Cancelled),
                async () => await Hub.Reports.SubmitReportAsync(new SubmitReportRequest { Report = name, Rows = { Rows.Days(1) } }, me, cancellationToken: Cancelled),
            ];
            foreach (var call in calls)
            {
                var refused = await Refused.ByAsync(call);
                Assert.True(refused.Reason is ErrorReason.FieldInvalid or ErrorReason.AuthorityMissing, $"{name}: {refused.Reason}");
                Assert.DoesNotContain(refused.MessageEn + refused.MessageZh, char.IsControl);
            }
        }
        Assert.Empty(Hub.Errors);
        Say($"{names.Count} names, {5 * names.Count} calls, none accepted");
    }

    /// <summary>Each bit changed, each length cut, and what is no token at all.</summary>
    private static IEnumerable<string> Forged(string token)
    {
        var bytes = Convert.FromBase64String(token);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return Convert.ToBase64String(changed);
        }
        for (var length = 1; length < bytes.Length; length++) yield return Convert.ToBase64String(bytes[..length]);
        yield return Convert.ToBase64String([.. bytes, 0]);
        yield return token[..^1];
        yield return token + token;
        yield return "0";
        yield return "示例";
        yield return new string('A', 100_000);
    }

    private static void Say(string figures) => TestContext.Current.TestOutputHelper?.WriteLine(figures);
}
