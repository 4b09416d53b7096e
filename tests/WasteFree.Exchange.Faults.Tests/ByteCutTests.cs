using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Faults.Network;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>A cable pulled after each single byte.</summary>
public sealed class ByteCutTests
{
    private const int AtATime = 24;

    [Theory]
    [InlineData((int)Direction.ToHub)]
    [InlineData((int)Direction.ToClient)]
    public async Task A_small_upload_cut_after_any_byte_is_committed_exactly_once(int direction)
    {
        await using var stage = await StageForTest.CreateAsync(seed: 21 + direction);
        await stage.Slots[0].StartAsync(TestContext.Current.CancellationToken);
        stage.Follow();
        var bytes = await MeasureAsync(stage, (Direction)direction);
        var sweep = new CutSweep(() => stage.Slots[0].EndPoint, stage.Book, stage.Checks, stage.Fork());

        await Parallel.ForEachAsync(
            Enumerable.Range(0, bytes),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = TestContext.Current.CancellationToken },
            async (after, cancellationToken) => await sweep.RunAsync((Direction)direction, after, cancellationToken));

        // The last bytes say goodbye after the answer; a client that has its answer may leave before them.
        Assert.InRange(sweep.Cuts, bytes * 9 / 10, bytes);
        await stage.AssertSettledAsync(Property.CommitOnce, Property.NothingTwice);
        Assert.Equal(bytes + 1, stage.Model.Head - Enumerable.Range(1, (int)stage.Model.Head).Count(position => stage.Model.At(position).Report.Length == 0));
    }

    /// <summary>How many bytes a whole small upload passes.</summary>
    private static async Task<int> MeasureAsync(Stage stage, Direction direction)
    {
        await using var line = new FaultProxy(() => stage.Slots[0].EndPoint, () => null);
        var report = stage.Book.New(stage.Fork(), 3, "whole");
        await new SdkWriter(stage.Checks).RunAsync(line.Address, report, TestContext.Current.CancellationToken);
        return (int)line.Passed(direction);
    }
}
