using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>Tokens that must not be taken, and places where a watch may start.</summary>
public sealed class WatchingTokens : IAsyncLifetime
{
    private HubFolder _folder = null!;
    private WatchingHub _hub = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder = await HubFolder.CreateAsync();
        _hub = await WatchingHub.StartAsync(_folder);
        await _hub.SubmitAsync(WatchingHub.Wanzhou, "r1", [Row("2019", "1")]);
        await _hub.SubmitAsync(WatchingHub.Wanzhou, "r2", [Row("2020", "2")]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is null) return;
        await _hub.DisposeAsync();
        await _folder.DisposeAsync();
    }

    [Fact]
    public async Task A_token_of_another_filter_detail_or_caller_is_refused()
    {
        var token = await TokenAsync(_hub, new WatchRequest { StartAt = WatchStart.Earliest });
        await AssertInvalidAsync(_hub, new WatchRequest { ResumeToken = token, Filter = new ObservationFilter { Scopes = { "URBAN" } } });
        await AssertInvalidAsync(_hub, new WatchRequest { ResumeToken = token, Detail = WatchDetail.Report });
        await AssertInvalidAsync(_hub, new WatchRequest { ResumeToken = token }, RunningHub.As(WatchingHub.Wanzhou));
        // Written out, the default is the same.
        await _hub.ReadAsync(new WatchRequest { ResumeToken = token, Detail = WatchDetail.Observations, Filter = new ObservationFilter() });
    }

    [Fact]
    public async Task A_token_of_another_store_is_refused()
    {
        var folder = await HubFolder.CreateAsync();
        await using (var other = await WatchingHub.StartAsync(folder))
            await AssertInvalidAsync(_hub, new WatchRequest { ResumeToken = await TokenAsync(other, new WatchRequest { StartAt = WatchStart.Earliest }) });
        await folder.DisposeAsync();
    }

    [Fact]
    public async Task A_token_that_was_altered_in_any_byte_is_refused()
    {
        var token = Convert.FromBase64String(await TokenAsync(_hub, new WatchRequest { StartAt = WatchStart.Earliest }));
        for (var i = 0; i < token.Length; i++)
        {
            var forged = token.ToArray();
            forged[i] ^= 1;
            await AssertInvalidAsync(_hub, new WatchRequest { ResumeToken = Convert.ToBase64String(forged) });
        }
        foreach (var text in new[] { "x", "", "????", Convert.ToBase64String(token[..^1]), new string('A', 10_000) })
            await AssertInvalidAsync(_hub, new WatchRequest { ResumeToken = text });
    }

    [Fact]
    public async Task A_restored_older_database_rewinds_the_ledger_for_newer_tokens_only()
    {
        HubFolder.RequireSqlite();
        var early = await TokenAsync(_hub, new WatchRequest());
        var backup = await RestartAsync(copyTo: "backup");
        await _hub.SubmitAsync(WatchingHub.Wanzhou, "r3", [Row("2021", "3")]);
        var late = await TokenAsync(_hub, new WatchRequest());

        await RestartAsync(restoreFrom: backup);
        await AssertRefusedAsync(_hub, new WatchRequest { ResumeToken = late }, ErrorReason.LedgerRewound, StatusCode.FailedPrecondition);
        // The same position, another entry.
        await _hub.SubmitAsync(WatchingHub.Wanzhou, "r4", [Row("2021", "4")]);
        await AssertRefusedAsync(_hub, new WatchRequest { ResumeToken = late }, ErrorReason.LedgerRewound, StatusCode.FailedPrecondition);

        var rest = WatchingReader.Of(await _hub.ReadAsync(new WatchRequest { ResumeToken = early }));
        Assert.Equal(["organizations/wanzhou/reports/r4"], rest.Changes.Select(change => change.Report));
    }

    [Fact]
    public async Task A_watch_starts_after_the_instant_that_since_names()
    {
        var all = WatchingReader.Of(await _hub.ReadAsync(new WatchRequest { StartAt = WatchStart.Earliest }));
        Assert.Equal(4, all.Changes.Count);
        var instants = (await _hub.ReadAsync(new WatchRequest { StartAt = WatchStart.Earliest })).Where(message => message.Change is not null).Select(message => message.Change.CommitTime).ToList();

        async Task<int> ToldSince(AsOf since) => WatchingReader.Of(await _hub.ReadAsync(new WatchRequest { Since = since })).Changes.Count;
        Assert.Equal(1, await ToldSince(new AsOf { Position = 3 }));
        Assert.Equal(0, await ToldSince(new AsOf { Position = 4 }));
        Assert.Equal(2, await ToldSince(new AsOf { Time = instants[1] }));
        Assert.Equal(4, await ToldSince(new AsOf { Time = instants[0] - Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromDays(9)) }));
        Assert.Equal(0, await ToldSince(new AsOf { Time = instants[^1] + Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromDays(9)) }));
        await AssertRefusedAsync(_hub, new WatchRequest { Since = new AsOf { Position = 5 } }, ErrorReason.AsOfOutOfRange, StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task A_code_that_was_loaded_after_the_first_entries_may_be_filtered_by()
    {
        await _hub.LoadOrganizationAsync("later", illustrative: false);
        await _hub.SubmitAsync("later", "r1", [Row("2022", "5")]);
        var told = WatchingReader.Of(await _hub.ReadAsync(new WatchRequest
        {
            StartAt = WatchStart.Earliest,
            Filter = new ObservationFilter { Organizations = { "later" } },
        }));
        Assert.Equal(["organizations/later/reports/r1"], told.Changes.Where(change => change.Report.Length > 0).Select(change => change.Report));
        await AssertRefusedAsync(
            _hub, new WatchRequest { Filter = new ObservationFilter { Organizations = { "nobody" } } }, ErrorReason.OrganizationUnknown, StatusCode.NotFound);
    }

    private static Observation Row(string period, string value) => new ModelKey(WatchingHub.Wanzhou, "ZW21-11", "WHOLE", period).Row(value);

    private static async Task<string> TokenAsync(WatchingHub hub, WatchRequest request) => (await hub.ReadAsync(request))[^1].ResumeToken;

    private static Task AssertInvalidAsync(WatchingHub hub, WatchRequest request, Metadata? headers = null) =>
        AssertRefusedAsync(hub, request, ErrorReason.ResumeTokenInvalid, StatusCode.InvalidArgument, headers);

    private static async Task AssertRefusedAsync(WatchingHub hub, WatchRequest request, ErrorReason reason, StatusCode code, Metadata? headers = null)
    {
        var refusal = await hub.RefusalAsync(request, headers);
        Assert.Equal(code, refusal.StatusCode);
        Assert.Equal(
            reason.ToString(), refusal.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
    }

    /// <summary>Ends the hub, copies or restores its database while nobody has it open, and starts another.</summary>
    private async Task<string> RestartAsync(string? copyTo = null, string? restoreFrom = null)
    {
        await _hub.StopAsync();
        await _hub.DisposeAsync();
        var database = Path.Combine(_folder.FullName, "exchange.db");
        Assert.False(File.Exists(database + "-wal"), "the log was not written back");
        var backup = restoreFrom ?? Path.Combine(_folder.FullName, copyTo!);
        if (restoreFrom is null) File.Copy(database, backup);
        else File.Copy(backup, database, overwrite: true);
        _hub = await WatchingHub.StartAsync(_folder, isRestored: restoreFrom is not null);
        Cancelled.ThrowIfCancellationRequested();
        return backup;
    }
}
