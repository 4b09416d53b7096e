using System.Diagnostics;
using System.IO.Compression;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Abuse;

/// <summary>
/// Peers that abuse the transport. After each of them the hub serves, needs no more memory than before, and has logged no
/// fault of its own.
/// </summary>
public sealed class TransportTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const string Info = "/wastefree.exchange.v1.CatalogService/GetServerInfo";
    private const string Submit = "/wastefree.exchange.v1.ReportService/SubmitReport";
    private const string Reports = "/wastefree.exchange.v1.ReportService/UploadReport";

    private const long MostMemory = 150L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private RunningHub Hub => shared.Hub;

    [Theory]
    [InlineData(Info)]
    [InlineData(Submit)]
    [InlineData(Reports)]
    public Task Requests_that_are_reset_at_once(string path) => SurvivesAsync("resets", async () =>
    {
        await using var peer = await RawHttp2.ConnectAsync(Hub);
        var sent = 0;
        for (var stream = 1; stream < 40_000; stream += 2)
        {
            peer.Request(stream, path, ends: false, ("wfx-organization", Rows.Reporter));
            peer.Cancel(stream);
            sent++;
            if (sent % 200 == 0 && !await peer.FlushAsync()) break;
        }
        return sent;
    });

    [Fact]
    public Task Pings_whose_answers_nobody_reads() => SurvivesAsync("pings", async () =>
    {
        await using var peer = await RawHttp2.ConnectAsync(Hub, reads: false);
        return await FloodAsync(peer, peer.PingOnce, 400_000);
    });

    [Fact]
    public Task Settings_whose_answers_nobody_reads() => SurvivesAsync("settings", async () =>
    {
        await using var peer = await RawHttp2.ConnectAsync(Hub, reads: false);
        return await FloodAsync(peer, peer.SettingsOnce, 400_000);
    });

    [Fact]
    public Task Connections_that_say_nothing() => SurvivesAsync("silent connections", async () =>
    {
        var peers = new List<RawHttp2>();
        for (var i = 0; i < 500; i++) peers.Add(await RawHttp2.ConnectAsync(Hub));
        await AssertServingAsync();
        foreach (var peer in peers) await peer.DisposeAsync();
        return peers.Count;
    });

    [Fact]
    public Task A_request_body_that_drips_is_given_up() => SurvivesAsync("dripping bytes", async () =>
    {
        await using var peer = await RawHttp2.ConnectAsync(Hub);
        peer.Request(1, Submit, ends: false, ("wfx-organization", Rows.Reporter));
        peer.Body(1, [0, 0, 0, 0, 100], ends: false);
        var began = Stopwatch.GetTimestamp();
        var bytes = 5;
        while (!peer.Closed.IsCompleted && Stopwatch.GetElapsedTime(began) < Patience)
        {
            peer.Body(1, [10], ends: false);
            if (!await peer.FlushAsync()) break;
            bytes++;
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
        Assert.True(Stopwatch.GetElapsedTime(began) < Patience, "The hub still waits for the rest.");
        return bytes;
    });

    [Fact]
    public Task Metadata_larger_than_the_limit_is_refused() => SurvivesAsync("bytes of metadata", async () =>
    {
        await using var peer = await RawHttp2.ConnectAsync(Hub);
        var bytes = 0;
        for (var stream = 1; stream < 200; stream += 2)
        {
            peer.Request(stream, Info, ends: true, ("a", new string('x', 15_000)));
            bytes += 15_000;
            if (!await peer.FlushAsync()) break;
        }
        for (var i = 0; i < 100; i++) peer.Frame(type: 9, flags: 0, stream: 201, new byte[16_000]); // CONTINUATION of nothing
        await peer.FlushAsync();
        await peer.Closed.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return bytes;
    });

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public Task A_small_message_that_unpacks_to_a_large_one_is_refused(string encoding) => SurvivesAsync($"bytes of {encoding}", async () =>
    {
        const int unpacked = 512 << 20;
        using var packed = new MemoryStream();
        packed.Write([1, 0, 0, 0, 0]);
        await using (var zip = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true) : (Stream)new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var written = 0; written < unpacked; written += zeros.Length) await zip.WriteAsync(zeros, TestContext.Current.CancellationToken);
        }
        var message = packed.ToArray();
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 5);

        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Hub.Address + Submit)
        {
            Content = new ByteArrayContent(message),
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TE.ParseAdd("trailers");
        request.Headers.Add("grpc-encoding", encoding);
        request.Headers.Add("wfx-organization", Rows.Reporter);
        request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/grpc");
        var allocated = GC.GetTotalAllocatedBytes();
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, MostMemory);
        var status = response.Headers.TryGetValues("grpc-status", out var values) || response.TrailingHeaders.TryGetValues("grpc-status", out values) ? values : [response.ToString()];
        Assert.Contains(Assert.Single(status), new[] { "3", "12" }); // too large, or not an encoding of this hub
        return message.Length;
    });

    private static async Task<int> FloodAsync(RawHttp2 peer, Action frame, int count)
    {
        var sent = 0;
        while (sent < count)
        {
            for (var i = 0; i < 1_000; i++) frame();
            sent += 1_000;
            // A hub that does not read on has stopped the flood.
            var flushed = peer.FlushAsync();
            if (await Task.WhenAny(flushed, Task.Delay(2_000)) != flushed || !await flushed) break;
        }
        return sent;
    }

    private async Task SurvivesAsync(string what, Func<Task<int>> abuse)
    {
        await AssertServingAsync();
        var before = Used();
        var inputs = await abuse();
        await AssertServingAsync();
        var grown = Used() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{inputs} {what}, memory {grown >> 20:+0;-0;0} MB");
        Assert.InRange(grown, long.MinValue, MostMemory);
        Assert.Empty(Hub.Errors);
    }

    /// <summary>What is alive after a collection.</summary>
    private static long Used() => GC.GetTotalMemory(forceFullCollection: true);

    private async Task AssertServingAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await Hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }
}
