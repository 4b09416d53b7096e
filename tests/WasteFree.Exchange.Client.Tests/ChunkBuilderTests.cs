using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class ChunkBuilderTests
{
    [Fact]
    public void A_chunk_stays_within_the_target_size()
    {
        var builder = new ChunkBuilder(1, Opened(max: 1 << 20, window: 4 << 20));
        long rows = 0;
        while (builder.TryAdd(Row(500), rows)) rows++;
        Assert.True(builder.Take().CalculateSize() is > 120 * 1024 and <= 128 * 1024 + 64);
    }

    [Theory]
    [InlineData(8 * 1024, 1 << 20)]
    [InlineData(1 << 20, 8 * 1024)]
    public void A_smaller_limit_or_window_of_the_hub_makes_smaller_chunks(long max, long window)
    {
        var builder = new ChunkBuilder(1, Opened(max, window));
        long rows = 0;
        while (builder.TryAdd(Row(500), rows)) rows++;
        var message = new StreamReportsRequest { Chunk = builder.Take() };
        Assert.True(message.CalculateSize() <= 8 * 1024 + 64);
        Assert.True(max > 8 * 1024 || message.CalculateSize() <= max);
    }

    [Fact]
    public void A_chunk_starts_at_the_offset_of_its_first_row()
    {
        var builder = new ChunkBuilder(3, Opened(1 << 20, 1 << 20));
        builder.TryAdd(Row(10), 41);
        builder.TryAdd(Row(10), 42);
        Assert.Equal(43, builder.EndOffset);
        var chunk = builder.Take();
        Assert.Equal((3u, 41L, 2), (chunk.Upload, chunk.Offset, chunk.Rows.Count));
        Assert.True(builder.IsEmpty);
    }

    [Fact]
    public void A_row_over_the_limit_is_refused_with_its_offset()
    {
        var builder = new ChunkBuilder(1, Opened(max: 4096, window: 4096));
        var refused = Assert.Throws<ExchangeException>(() => builder.TryAdd(Row(5000), 7));
        Assert.Equal(ErrorReason.MessageTooLarge, refused.Reason);
        Assert.Equal("rows[7]", refused.Field);
        Assert.False(refused.Retriable);
    }

    private static Opened Opened(long max, long window) =>
        new() { Limits = new UploadLimits { MaxMessageBytes = max }, WindowBytes = window };

    private static Observation Row(int noteLength) => new() { Region = "500101", Indicator = "ZW21-19", Note = new string('n', noteLength) };
}
