using System.Diagnostics;
using System.Net;
using Grpc.Core;
using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Databases;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Faults.Network;
using WasteFree.Exchange.Tests.Shared;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>The database server is gone for half a minute under load.</summary>
public sealed class OutageTests
{
    private const int Writers = 6;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Clients_are_told_to_come_back_nothing_acknowledged_is_lost_and_the_hubs_recover_by_themselves()
    {
        Assert.SkipUnless(SqlServerForTests.IsAskedFor, "It is about a database server.");
        await using var stage = await StageForTest.CreateAsync(seed: 81);
        var database = (StageSqlServer)stage.Database;
        var gone = false;
        await using var wire = new FaultProxy(() => Volatile.Read(ref gone) ? null : database.Server, () => null);
        database.Through(wire.Address);
        await Task.WhenAll(stage.Slots.Select(slot => slot.StartAsync(TestContext.Current.CancellationToken)));
        var processes = stage.Slots.Select(slot => slot.Process!.Id).ToList();
        stage.Follow();
        stage.Watch("all", () => stage.Slots[0].Process!.Address, CellFilter.All);
        stage.Watch("snapshot", () => stage.Slots[1].Process!.Address, CellFilter.All, WatchStart.Snapshot);
        var stop = false;
        var load = Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() => SendAsync(stage, number, () => Volatile.Read(ref stop)))));
        while (stage.Model.Head < 3 * Writers) await Task.Delay(50, TestContext.Current.CancellationToken);

        Volatile.Write(ref gone, true);
        wire.CutAll();
        var refused = await AskAsync(stage);
        Volatile.Write(ref gone, false);
        var head = stage.Model.Head;
        var recovery = await RecoverAsync(stage);
        Volatile.Write(ref stop, true);
        await load.WaitAsync(FinishLimit, TestContext.Current.CancellationToken);
        while (stage.Book.TryAdopt(out var report))
            await new SdkWriter(stage.Checks).RunAsync(stage.Slots[0].Process!.Address, report, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"refused={refused} recovered in {recovery.TotalSeconds:F1} s, changes={stage.Model.Head}, of them after the outage {stage.Model.Head - head}");
        Assert.InRange(refused, 2 * stage.Slots.Count, int.MaxValue);
        Assert.Equal(processes, stage.Slots.Select(slot => slot.Process!.Id));
        Assert.All(stage.Slots, slot => Assert.NotNull(slot.EndPoint));
        await stage.AssertSettledAsync(
            Property.AckedIsDurable, Property.CommitOnce, Property.NothingTwice, Property.EveryErrorIsTyped, Property.Complete, Property.Atomic, Property.SnapshotJoins);
    }

    /// <summary>One report after the other, until the end of the last one that was begun in time.</summary>
    private static async Task SendAsync(Stage stage, int number, Func<bool> stop)
    {
        var random = stage.Fork();
        while (!stop())
        {
            var report = stage.Book.New(random, random.Next(200, 2_000), "outage");
            var address = stage.Slots[number % 2].Process!.Address;
            if (number < Writers / 2) await new SdkWriter(stage.Checks).RunAsync(address, report, TestContext.Current.CancellationToken);
            else await FinishAsync(new ScriptedWriter(stage.Checks, random), address, report);
        }
    }

    /// <summary>This writer looks at each problem that it is told of.</summary>
    private static async Task FinishAsync(ScriptedWriter writer, Uri address, ModelReport report)
    {
        while (!report.IsDone)
        {
            await writer.RunAsync(address, [report], TestContext.Current.CancellationToken);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>As long as the outage lasts both hubs are asked to read and to write: each says UNAVAILABLE, and when to come back.</summary>
    private static async Task<int> AskAsync(Stage stage)
    {
        var refused = 0;
        var began = Stopwatch.GetTimestamp();
        var random = stage.Fork();
        // What was under way when the line was cut may still have been answered.
        await Task.Delay(500, TestContext.Current.CancellationToken);
        while (Stopwatch.GetElapsedTime(began) < Outage)
        {
            foreach (var slot in stage.Slots)
            {
                using var line = new HubLine(slot.Process!.Address);
                var filter = CellFilter.Random(random).ToMessage();
                var report = stage.Book.New(random, 5, "refused");
                var submit = new SubmitReportRequest { Report = report.Name, RowPolicy = report.Policy };
                for (var row = 0; row < report.Rows.Count; row++) submit.Rows.Add(report.RowAt(row));
                await RefusedAsync(stage, "QueryObservations", deadline => line.Metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = filter }, deadline: deadline).ResponseAsync);
                await RefusedAsync(stage, "SubmitReport", deadline => line.Reports.SubmitReportAsync(submit, HubLine.As(report.Organization), deadline).ResponseAsync);
                refused += 2;
                stage.Book.Abandon(report);
            }
        }
        return refused;
    }

    private static async Task RefusedAsync(Stage stage, string what, Func<DateTime, Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => call(TimeProvider.System.GetUtcNow().UtcDateTime + AnswerLimit));
        Assert.False(CallProperties.IsTransport(exception), $"{what}: {exception.Status}");
        Assert.Equal((StatusCode.Unavailable, V1.ErrorReason.StoreUnavailable), (exception.StatusCode, CallProperties.ReasonOf(exception)));
        stage.Checks.Calls.EveryErrorIsTyped(exception, what); // with RetryInfo
    }

    private static async Task<TimeSpan> RecoverAsync(Stage stage)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var slot in stage.Slots)
        {
            using var line = new HubLine(slot.Process!.Address);
            while (true)
            {
                try
                {
                    var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + AnswerLimit;
                    await line.Metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = CellFilter.Nothing.ToMessage() }, deadline: deadline);
                    break;
                }
                catch (RpcException) when (Stopwatch.GetElapsedTime(began) < RecoveryLimit)
                {
                    await Task.Delay(100, TestContext.Current.CancellationToken);
                }
            }
        }
        return Stopwatch.GetElapsedTime(began);
    }
}
