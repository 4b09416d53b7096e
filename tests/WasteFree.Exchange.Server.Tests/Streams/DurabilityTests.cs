using Microsoft.Data.Sqlite;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>What is acknowledged is durable: no acknowledgement leaves before the commit.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task A_chunk_is_not_acknowledged_while_the_database_cannot_take_it_and_then_it_is()
    {
        HubFolder.RequireSqlite();
        await using var hub = await RunningHub.StartAsync();
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync("waits");
        await using (var other = (SqliteConnection)hub.Data.Connect())
        {
            await using var held = other.BeginTransaction(deferred: false);
            await talk.ChunkAsync(0, Rows.Days(3));
            // Answers keep their order: several rounds give a false acknowledgement every chance to be first.
            for (var round = 0; round < 20; round++) await talk.AssertNothingElseAsync();
            Assert.Equal(0, Database.Count(hub, "SELECT COUNT(*) FROM revision"));
        }

        Assert.Equal(3, (await talk.HearAckAsync()).DurableOffset);
        Assert.Equal(3, Database.Count(hub, "SELECT COUNT(*) FROM revision"));
    }
}
