using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>An upload has its stream: every message has its place there, and what is out of it ends the call with a reason.</summary>
public sealed class MessageOrderTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Observation[] All = Rows.Days(6);

    private static readonly UploadReportRequest Chunk = new() { Chunk = new UploadChunk { Rows = { All } } };
    private static readonly UploadReportRequest Commit = new() { Commit = new UploadCommit { RowCount = 6, Digest = Rows.Digest(All) } };
    private static readonly UploadReportRequest Ping = new() { Ping = new UploadPing() };

    public static TheoryData<string, ErrorReason> First => new()
    {
        { "chunk", ErrorReason.MessageOutOfOrder },
        { "commit", ErrorReason.MessageOutOfOrder },
        { "ping", ErrorReason.MessageOutOfOrder },
        { "nothing", ErrorReason.FieldInvalid },
    };

    [Theory]
    [MemberData(nameof(First))]
    public async Task A_message_before_the_open_is_out_of_order(string first, ErrorReason reason)
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.SayAsync(first switch { "chunk" => Chunk, "commit" => Commit, "ping" => Ping, _ => new UploadReportRequest() });

        await talk.HearRefusalAsync(reason);
    }

    [Fact]
    public async Task A_second_open_is_out_of_order_and_what_is_acknowledged_stays()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("second-open");
        await talk.ChunkAsync(0, All[..2]);
        await talk.SayAsync(ReportTalk.Open("second-open"));

        Assert.Equal(2, (await talk.HearAckAsync()).DurableOffset);
        await talk.HearRefusalAsync(ErrorReason.MessageOutOfOrder);
        Assert.Equal(2, (await talk.OpenAsync("second-open")).DurableOffset);
    }

    [Theory]
    [InlineData("chunk")]
    [InlineData("commit")]
    [InlineData("open")]
    public async Task The_commit_is_answered_and_a_message_after_it_is_out_of_order(string after)
    {
        HubFolder.RequireSqlite();
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync($"after-{after}");
        await talk.ChunkAsync(0, All);
        await talk.HearAckAsync();
        // The commit has to wait for the database until the hub has read on.
        await using (var other = (Microsoft.Data.Sqlite.SqliteConnection)shared.Hub.Data.Connect())
        {
            await using var held = other.BeginTransaction(deferred: false);
            await talk.CommitAsync(All);
            await talk.AssertNothingElseAsync(durable: 6);
            await talk.SayAsync(after switch { "chunk" => Chunk, "commit" => Commit, _ => ReportTalk.Open("after-another") });
        }

        Assert.Equal(6, (await talk.HearCommittedAsync()).Counts.Submitted);
        await talk.HearRefusalAsync(ErrorReason.MessageOutOfOrder);
    }

    [Fact]
    public async Task A_stream_that_ends_without_a_commit_says_so_and_what_is_acknowledged_stays()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("no-commit");
        await talk.ChunkAsync(0, All[..3]);
        await talk.FinishAsync();

        Assert.Equal(3, (await talk.HearAckAsync()).DurableOffset);
        Assert.Contains("UploadCommit", (await talk.HearRefusalAsync(ErrorReason.MessageOutOfOrder)).MessageEn, StringComparison.Ordinal);
        Assert.Equal(3, (await talk.OpenAsync("no-commit")).DurableOffset);
    }

    [Fact]
    public async Task A_ping_is_answered_by_where_the_upload_stands()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("ping");
        await talk.AssertNothingElseAsync(durable: 0);
        await talk.ChunkAsync(0, All);
        await talk.HearAckAsync();
        await talk.AssertNothingElseAsync(durable: 6);
    }

    public static TheoryData<string, ErrorReason, string> BadOpens => new()
    {
        { "name", ErrorReason.FieldInvalid, "report" },
        { "other", ErrorReason.AuthorityMissing, "" },
        { "catalog", ErrorReason.CatalogVersionUnknown, "catalog_version" },
        { "policy", ErrorReason.FieldInvalid, "open.row_policy" },
        { "writer", ErrorReason.FieldInvalid, "writer" },
        { "long-writer", ErrorReason.FieldInvalid, "writer" },
    };

    [Theory]
    [MemberData(nameof(BadOpens))]
    public async Task A_bad_open_is_refused_alike_on_a_stream_and_in_a_call(string what, ErrorReason reason, string field)
    {
        void Spoil(UploadOpen open)
        {
            switch (what)
            {
                case "name":
                    open.Report = "nonsense";
                    break;
                case "other":
                    open.Report = Rows.Name("x", "wanzhou");
                    break;
                case "catalog":
                    open.CatalogVersion = 9_999;
                    break;
                case "policy":
                    open.RowPolicy = (RowPolicy)77;
                    break;
                default:
                    open.Writer = what == "writer" ? "two words" : new string('w', 65);
                    break;
            }
        }
        using var talk = ReportTalk.With(shared.Hub);
        await talk.AskOpenAsync("x", Spoil);
        Assert.Equal(field, (await talk.HearRefusalAsync(reason)).Field);

        var call = shared.Hub.Reports.OpenUploadAsync(
            new OpenUploadRequest { Open = ReportTalk.Open("x", Spoil).Open }, RunningHub.As(Rows.Reporter), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((reason, field), await Refused.ByAsync(call) is var refused ? (refused.Reason, refused.Field) : default);
    }

    [Fact]
    public async Task Many_uploads_at_one_time_on_one_connection_do_not_mix()
    {
        const int Uploads = 40;
        await using var hub = await RunningHub.StartAsync();
        var committed = await Task.WhenAll(Enumerable.Range(0, Uploads).Select(async upload =>
        {
            var rows = Rows.Days(20, from: upload * 20);
            using var talk = ReportTalk.With(hub);
            await talk.OpenAsync($"many-{upload}");
            for (var sent = 0; sent < rows.Length; sent += 5) await talk.ChunkAsync(sent, rows[sent..(sent + 5)]);
            await talk.CommitAsync(rows);
            for (var i = 1; i <= 4; i++) Assert.Equal(5 * i, (await talk.HearAckAsync()).DurableOffset);
            var answer = await talk.HearCommittedAsync();
            await talk.AssertEndAsync();
            Assert.Equal(Rows.Digest(rows), answer.Receipt.Digest);
            return answer;
        }));

        Assert.Equal(Uploads, committed.Select(answer => answer.Receipt.Position).Distinct().Count());
        Assert.All(committed, answer => Assert.Equal(20, answer.Counts.Created));
    }
}
