using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary><c>VerifyLedger</c> beside the work of two hubs.</summary>
public sealed class WatchingTheLedger
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Theory, InlineData(21), InlineData(22)]
    public async Task A_ledger_that_grows_while_it_is_checked_has_no_fault(int seed)
    {
        var checks = new List<Task<VerifyLedgerResult>>();
        await using var history = await WatchingHistory.BuildAsync(seed, (running, step) =>
        {
            if (step % 6 == 5) checks.Add(Task.Run(() => running.Hubs[step % 2].VerifyAsync(), Cancelled));
            return Task.CompletedTask;
        });
        foreach (var check in checks) AssertFaultless(await check);

        var result = await history.Hubs[1].VerifyAsync();
        AssertFaultless(result);
        Assert.Equal(history.Model.Changes.Count, result.EntryCount);
        Assert.Equal(history.Model.Changes.Count, result.Position);
        Assert.Equal(history.Model.Changes.Count, result.SignedCount);
        // Every row that a change set or removed is a revision; the latest of each key is current.
        var rows = history.Model.Changes.SelectMany(change => change.Rows).ToList();
        Assert.Equal(rows.DistinctBy(row => row.Key).Count(), Checked(result, VerifyStage.Current));
        Assert.Equal(rows.Count - rows.DistinctBy(row => row.Key).Count(), Checked(result, VerifyStage.Superseded));
    }

    [Fact]
    public async Task Only_an_administrator_may_have_the_ledger_checked()
    {
        await using var hub = await RunningHub.StartAsync();
        using var call = hub.Admin.VerifyLedger(new VerifyLedgerRequest(), RunningHub.As("wanzhou"), cancellationToken: Cancelled);
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    [Fact]
    public void Faults_and_stages_have_the_same_numbers_in_the_core_and_in_the_contract()
    {
        Assert.Equal(
            Enum.GetValues<Verification.LedgerFaultKind>().Select(kind => $"{(int)kind} {kind}"),
            Enum.GetValues<LedgerFaultKind>().Where(kind => kind != LedgerFaultKind.Unspecified).Select(kind => $"{(int)kind} {kind}"));
        Assert.Equal(
            Enum.GetValues<Verification.VerifyStage>().Select(stage => $"{(int)stage} {stage}"),
            Enum.GetValues<VerifyStage>().Where(stage => stage != VerifyStage.Unspecified).Select(stage => $"{(int)stage} {stage}"));
    }

    private static long Checked(VerifyLedgerResult result, VerifyStage stage) => result.Totals.Single(total => total.Stage == stage).ItemCount;

    private static void AssertFaultless(VerifyLedgerResult result) => Assert.True(result.TotalSize == 0, result.ToString());
}
