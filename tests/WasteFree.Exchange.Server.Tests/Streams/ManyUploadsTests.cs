using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>One stream carries many uploads; what goes wrong with one leaves the others alone.</summary>
public sealed class ManyUploadsTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Observation[] All = Rows.Days(6);

    [Fact]
    public async Task Uploads_on_one_stream_do_not_mix()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync(1, "mix-a");
        await talk.OpenAsync(2, "mix-b");
        await talk.ChunkAsync(1, 0, All[..1]);
        await talk.HearAckAsync();
        await talk.ChunkAsync(2, 0, All[1..4]);
        await talk.HearAckAsync();
        await talk.ChunkAsync(1, 1, All[4..]);
        await talk.HearAckAsync();

        await talk.CommitAsync(2, All[1..4]);
        var b = await talk.HearCommittedAsync();
        await talk.CommitAsync(1, [All[0], .. All[4..]]);
        var a = await talk.HearCommittedAsync();

        Assert.Equal([(1u, 3L), (2u, 3L)], new[] { a, b }.Select(committed => (committed.Upload, committed.Receipt.Counts.Submitted)));
        Assert.Equal(b.Receipt.Position + 1, a.Receipt.Position);
        Assert.Equal(b.Receipt.EntryHash, a.Receipt.PreviousHash);
    }

    [Fact]
    public async Task A_problem_of_one_upload_leaves_the_others()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync(1, "left");
        await talk.ChunkAsync(1, 0, All[..2]);
        await talk.HearAckAsync();

        await talk.AskOpenAsync(2, "x", open => open.Report = "nonsense");
        Assert.Equal((2u, "report"), (await talk.HearProblemAsync(ErrorReason.FieldInvalid)) is var malformed ? (malformed.Upload, malformed.Field) : default);
        await talk.AskOpenAsync(0, "zero");
        Assert.Equal("upload", (await talk.HearProblemAsync(ErrorReason.FieldInvalid)).Field);
        await talk.AskOpenAsync(1, "in-use");
        await talk.HearProblemAsync(ErrorReason.UploadInUse);
        await talk.AskOpenAsync(3, "x", open => open.Report = Rows.Name("x", "wanzhou"));
        await talk.HearProblemAsync(ErrorReason.AuthorityMissing);
        await talk.AskOpenAsync(4, "x", open => open.CatalogVersion = 9_999);
        Assert.Equal("catalog_version", (await talk.HearProblemAsync(ErrorReason.CatalogVersionUnknown)).Field);
        await talk.ChunkAsync(5, 0, All[0]);
        Assert.Equal(5u, (await talk.HearProblemAsync(ErrorReason.UploadUnknown)).Upload);
        await talk.CommitAsync(6, All[0]);
        await talk.HearProblemAsync(ErrorReason.UploadUnknown);
        await talk.SayAsync(new StreamReportsRequest());
        await talk.HearProblemAsync(ErrorReason.FieldInvalid);

        await talk.ChunkAsync(1, 2, All[2..]);
        await talk.CommitAsync(1, All);
        await talk.HearAckAsync();
        Assert.Equal(6, (await talk.HearCommittedAsync()).Counts.Submitted);
    }

    [Fact]
    public async Task Too_many_uploads_are_asked_to_wait_and_room_is_made_by_finishing_one()
    {
        using var talk = ReportTalk.With(shared.Hub);
        var most = (uint)(await talk.OpenAsync(1, "many-1")).Limits.MaxOpenUploads;
        for (var i = 2u; i <= most; i++) await talk.OpenAsync(i, $"many-{i}");

        await talk.AskOpenAsync(most + 1, "many-more");
        Assert.NotNull((await talk.HearProblemAsync(ErrorReason.UploadLimit)).RetryAfter);

        await talk.ChunkAsync(3, 0, All);
        await talk.CommitAsync(3, All);
        await talk.HearAckAsync();
        await talk.HearCommittedAsync();
        Assert.Equal(most + 1, (await talk.OpenAsync(most + 1, "many-more")).Upload);
    }

    [Fact]
    public async Task A_ping_is_answered_beside_uploads()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync(1, "ping");

        await talk.AssertNothingElseAsync(ulong.MaxValue);
        await talk.FinishAsync();
        await talk.AssertEndAsync();
    }
}
