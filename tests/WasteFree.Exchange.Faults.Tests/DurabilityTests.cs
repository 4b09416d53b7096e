using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Hubs;
using WasteFree.Exchange.Storage.Sqlite;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>
/// A killed process leaves its writes in the system's memory: that they reach the disk before an acknowledgement leaves
/// is shown here, and nowhere else.
/// </summary>
public sealed class DurabilityTests
{
    private const int Chunks = 20;

    [Fact]
    public void Every_write_connection_syncs_its_log_at_each_commit()
    {
        var folder = Directory.CreateTempSubdirectory("wfx-faults-");
        try
        {
            var type = typeof(SqliteStore).Assembly.GetType("WasteFree.Exchange.Storage.Sqlite.SqliteConnections", throwOnError: true)!;
            var connections = Activator.CreateInstance(type, Path.Combine(folder.FullName, "exchange.db"), null)!;
            var open = type.GetMethods().Where(method => method.ReturnType == typeof(SqliteConnection)).ToList();
            Assert.Equal(["OpenFresh", "OpenRead", "OpenWrite"], open.Select(method => method.Name).Order());

            using var write = (SqliteConnection)type.GetMethod("OpenWrite")!.Invoke(connections, null)!;
            Assert.Equal(2, write.ExecuteScalar<long>("PRAGMA synchronous"));
            Assert.Equal("wal", write.ExecuteScalar<string>("PRAGMA journal_mode"));
            using var read = (SqliteConnection)type.GetMethod("OpenRead")!.Invoke(connections, null)!;
            Assert.Equal(1, read.ExecuteScalar<long>("PRAGMA query_only"));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Between_a_chunk_and_its_acknowledgement_the_log_is_synced_to_the_disk()
    {
        if (!await CanTraceAsync()) Assert.Skip("strace is not installed or may not attach here.");
        await using var stage = await StageForTest.CreateAsync(seed: 61);
        var trace = Path.Combine(stage.Folder, "trace.txt");
        await using var hub = await HubProcess.StartAsync(
            stage, null, ["strace", "-f", "-ttt", "-y", "-e", "trace=fsync,fdatasync", "-o", trace], TestContext.Current.CancellationToken);
        var report = stage.Book.New(stage.Fork(), Chunks * 10, "traced");
        var waits = new List<(double Sent, double Acked)>();
        using (var line = new HubLine(hub.Address))
        await using (var upload = new RawUpload(line, report, stage.Checks, TimeSpan.FromSeconds(60)))
        {
            Assert.True(await upload.OpenAsync());
            Assert.NotNull(await upload.Opened);
            for (var chunk = 0; chunk < Chunks; chunk++)
            {
                var sent = Now();
                Assert.True(await upload.NextAsync(10));
                await upload.AckedAsync(upload.Sent, TestContext.Current.CancellationToken);
                waits.Add((sent, Now()));
            }
        }
        hub.KillFromOutside();
        await hub.WaitForExitAsync(TestContext.Current.CancellationToken);

        var syncs = File.ReadLines(trace).Where(line => line.Contains("exchange.db-wal", StringComparison.Ordinal)).Select(TimeOf).ToList();
        Assert.Equal(Chunks, waits.Count);
        Assert.DoesNotContain(waits, wait => !syncs.Exists(at => at > wait.Sent && at < wait.Acked));
    }

    private static double Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Lines are <c>pid seconds.micros fdatasync(fd&lt;path&gt;) = 0</c>.</summary>
    private static double TimeOf(string line) => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static async Task<bool> CanTraceAsync()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("strace", ["-f", "-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
            return probe.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
