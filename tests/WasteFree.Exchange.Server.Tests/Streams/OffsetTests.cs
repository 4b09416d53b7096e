using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>Offsets are the hub's: a wrong one is told the right one, where the upload goes on.</summary>
public sealed class OffsetTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Observation[] All = Rows.Days(6);

    [Theory]
    [InlineData(4, 2)]
    [InlineData(1, 3)]
    [InlineData(-1, 1)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, 1)]
    public async Task A_chunk_at_a_wrong_offset_is_told_the_right_one_and_the_upload_goes_on_there(long offset, int count)
    {
        var id = $"offset{offset}".Replace('-', 'm');
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync(id);
        await talk.ChunkAsync(0, All[..2]);
        await talk.HearAckAsync();

        await talk.ChunkAsync(offset, All[..count]);
        var refused = await talk.HearRefusalAsync(ErrorReason.OffsetUnexpected);
        Assert.Equal(("offset", "2"), (refused.Field, refused.Metadata["expected_offset"]));

        Assert.Equal(2, (await talk.OpenAsync(id)).DurableOffset);
        await talk.ChunkAsync(2, All[2..]);
        await talk.CommitAsync(All);
        Assert.Equal(6, (await talk.HearAckAsync()).DurableOffset);
        Assert.Equal(6, (await talk.HearCommittedAsync()).Counts.Submitted);
    }

    [Fact]
    public async Task A_repeated_chunk_is_acknowledged_again_and_stored_once()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("repeated");
        await talk.ChunkAsync(0, All[..4]);
        await talk.HearAckAsync();

        await talk.ChunkAsync(0, All[..2]);
        Assert.Equal(4, (await talk.HearAckAsync()).DurableOffset);
        await talk.ChunkAsync(4, All[4..]);
        await talk.CommitAsync(All);
        await talk.HearAckAsync();

        Assert.Equal((6, 0), (await talk.HearCommittedAsync()).Counts is var counts ? (counts.Submitted, counts.Duplicate) : default);
    }

    [Fact]
    public async Task Acknowledged_offsets_never_go_back()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("monotonic");
        var rows = Rows.Days(200);
        for (var i = 0; i < rows.Length; i++)
        {
            await talk.ChunkAsync(i, rows[i]);
            await talk.ChunkAsync(0, rows[0]);
        }

        var offsets = new List<long>();
        for (var i = 0; i < 2 * rows.Length; i++) offsets.Add((await talk.HearAckAsync()).DurableOffset);

        Assert.Equal(offsets.Order(), offsets);
        Assert.Equal(rows.Length, offsets[^1]);
    }

    [Fact]
    public async Task An_empty_chunk_is_acknowledged_and_changes_nothing()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("empty-chunk");
        await talk.ChunkAsync(0);
        Assert.Equal(0, (await talk.HearAckAsync()).DurableOffset);
        await talk.ChunkAsync(0, All);
        Assert.Equal(6, (await talk.HearAckAsync()).DurableOffset);
        await talk.ChunkAsync(6);
        Assert.Equal(6, (await talk.HearAckAsync()).DurableOffset);

        await talk.CommitAsync(All);

        Assert.Equal(6, (await talk.HearCommittedAsync()).Counts.Submitted);
    }

    [Fact]
    public async Task A_row_beyond_the_largest_report_ends_the_upload()
    {
        await using var hub = await RunningHub.StartAsync();
        using (var first = ReportTalk.With(hub))
        {
            await first.OpenAsync("five-million");
            await first.ChunkAsync(0, All[0]);
            await first.HearAckAsync();
        }
        // Sending five million rows would take the test a minute; the cursor is what the limit looks at.
        Database.Execute(hub, "UPDATE changeset SET next_offset = 4999999 WHERE next_offset = 1 AND report_id IS NOT NULL");

        using var talk = ReportTalk.With(hub);
        Assert.Equal(4_999_999, (await talk.OpenAsync("five-million")).DurableOffset);
        await talk.ChunkAsync(4_999_999, All[..2]);
        await talk.HearRefusalAsync(ErrorReason.ReportTooLarge);
    }
}
