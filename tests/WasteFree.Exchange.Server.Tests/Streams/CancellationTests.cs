using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>Clients leave whenever they like; the hub goes on, and each report is there once or not at all.</summary>
public sealed class CancellationTests
{
    private const int Clients = 100;

    [Fact]
    public async Task Clients_that_leave_at_any_moment_leave_a_serving_hub_and_whole_reports()
    {
        await using var hub = await RunningHub.StartAsync();
        var random = new Random(20241);
        foreach (var client in Enumerable.Range(0, Clients)) await LeaveAsync(hub, client, random.Next(0, 14));

        for (var client = 0; client < Clients; client++)
        {
            var rows = RowsOf(client);
            using var talk = ReportTalk.With(hub);
            var opened = await talk.OpenAsync($"left-{client}");
            if (opened.State == ReportState.Open && opened.DurableOffset < rows.Length)
            {
                await talk.ChunkAsync(opened.DurableOffset, rows[(int)opened.DurableOffset..]);
                await talk.HearAckAsync();
            }
            await talk.CommitAsync(rows);
            Assert.Equal(rows.Length, (await talk.HearCommittedAsync()).Counts.Created);
        }
        Assert.Empty(hub.Errors);
        Assert.Equal(Clients * 5, Database.Count(hub, "SELECT COUNT(*) FROM [current]"));
    }

    private static Observation[] RowsOf(int client) => Rows.Days(5, from: client * 5);

    /// <summary>Says so many messages of an upload and is gone, whether it was answered or not.</summary>
    private static async Task LeaveAsync(RunningHub hub, int client, int messages)
    {
        var rows = RowsOf(client);
        var script = new List<UploadReportRequest> { ReportTalk.Open($"left-{client}") };
        for (var i = 0; i < rows.Length; i++)
            script.Add(new UploadReportRequest { Chunk = new UploadChunk { Offset = i, Rows = { rows[i] } } });
        script.Add(new UploadReportRequest { Commit = new UploadCommit { RowCount = rows.Length, Digest = Rows.Digest(rows) } });

        using var leaving = new CancellationTokenSource();
        using var call = hub.Reports.UploadReport(RunningHub.As(Rows.Reporter), cancellationToken: leaving.Token);
        foreach (var request in script.Take(messages)) await call.RequestStream.WriteAsync(request, TestContext.Current.CancellationToken);
        // Half of them wait for answers first, so that they leave at another moment of the hub's work.
        for (var i = 0; client % 2 == 0 && i < Math.Min(messages, script.Count); i++)
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await leaving.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
            }
        });
    }
}
