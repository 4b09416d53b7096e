using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class ChunkBuilderTests
{
    [Fact]
    public void A_chunk_stays_within_the_target_size()
    {
        var builder = new ChunkBuilder(Opened(max: 1 << 20));
        long rows = 0;
        while (builder.TryAdd(Row(500), rows)) rows++;
        Assert.True(builder.Take().CalculateSize() is > 120 * 1024 and <= 128 * 1024 + 64);
    }

    [Fact]
    public void A_smaller_limit_of_the_hub_makes_smaller_chunks()
    {
        var builder = new ChunkBuilder(Opened(max: 8 * 1024));
        long rows = 0;
        while (builder.TryAdd(Row(500), rows)) rows++;
        Assert.InRange(new UploadReportRequest { Chunk = builder.Take() }.CalculateSize(), 7 * 1024, 8 * 1024);
    }

    [Fact]
    public void A_chunk_starts_at_the_offset_of_its_first_row()
    {
        var builder = new ChunkBuilder(Opened(max: 1 << 20));
        builder.TryAdd(Row(10), 41);
        builder.TryAdd(Row(10), 42);
        var chunk = builder.Take();
        Assert.Equal((41L, 2), (chunk.Offset, chunk.Rows.Count));
        Assert.True(builder.IsEmpty);
    }

    [Fact]
    public void A_row_over_the_limit_is_refused_with_its_offset()
    {
        var builder = new ChunkBuilder(Opened(max: 4096));
        var refused = Assert.Throws<ExchangeException>(() => builder.TryAdd(Row(5000), 7));
        Assert.Equal(ErrorReason.MessageTooLarge, refused.Reason);
        Assert.Equal("rows[7]", refused.Field);
        Assert.False(refused.Retriable);
    }

    private static UploadOpened Opened(long max) => new() { Limits = new UploadLimits { MaxMessageBytes = max } };

    private static Observation Row(int noteLength) => new() { Region = "500101", Indicator = "ZW21-19", Note = new string('n', noteLength) };
}
