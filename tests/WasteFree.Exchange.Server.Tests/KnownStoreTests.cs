using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Server.Ledger;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>What a database cannot know of itself is remembered beside the key: a hub starts on the store that it knows, or says what is otherwise.</summary>
public sealed partial class KnownStoreTests : IAsyncLifetime
{
    private HubFolder? _folder;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private HubFolder Folder => _folder!;

    private string DatabasePath => Path.Combine(Folder.FullName, HubOptions.DatabaseFile);

    private string Key => Path.Combine(Folder.FullName, "signing-key.pem");

    private string End => Assert.Single(Directory.GetFiles(Folder.FullName, "ledger-end.*.json"));

    public async ValueTask InitializeAsync()
    {
        HubFolder.RequireSqlite();
        _folder = await HubFolder.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null) await _folder.DisposeAsync();
    }

    [Fact]
    public async Task A_first_start_needs_no_option_and_remembers_the_end_for_its_owner_alone()
    {
        await RunAsync("r1");

        using var end = JsonDocument.Parse(await File.ReadAllTextAsync(End, Cancelled));
        Assert.Equal(2, end.RootElement.GetProperty("position").GetInt64());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(End));
        await RunAsync("r2");
    }

    [Fact]
    public async Task A_first_start_that_was_cut_off_before_its_first_entry_goes_on()
    {
        await RunAsync();
        foreach (var file in Directory.GetFiles(Folder.FullName).Where(file => file != Key)) File.Delete(file);
        await File.WriteAllTextAsync(DatabasePath, "", Cancelled);

        await RunAsync("r1");
    }

    [Fact]
    public async Task The_end_is_remembered_while_the_hub_runs()
    {
        await using var hub = await RunningHub.StartOnAsync(Folder);
        await SubmitAsync(hub, "r1");

        await RememberedAsync(2);
    }

    [Fact]
    public async Task An_older_copy_is_refused_with_the_positions_that_are_missing_and_taken_only_where_the_operator_says_so()
    {
        await RunAsync("r1");
        var copy = await File.ReadAllBytesAsync(DatabasePath, Cancelled);
        await RunAsync("r2", "r3");
        await File.WriteAllBytesAsync(DatabasePath, copy, Cancelled);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync());
        Assert.Contains("3 to 4 are missing", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--accept-restored", refused.Message, StringComparison.Ordinal);
        Assert.Contains("缺少 3 至 4", refused.Message, StringComparison.Ordinal);
        await AssertUntouchedAsync(copy);

        await using (var hub = await RunningHub.StartOnAsync(Folder, options => options with { AcceptRestored = true }))
            Assert.Contains(await AuditAsync(hub), entry => entry is ("hub/AcceptRestored", "ledger 2 of 4"));
        await RunAsync("r4");
    }

    [Theory]
    [InlineData("DELETE FROM ledger WHERE position = 3; UPDATE ledger_head SET (position, committed_at, entry_hash) = (SELECT position, committed_at, entry_hash FROM ledger WHERE position = 2)", "3 to 3 are missing")]
    [InlineData("UPDATE ledger SET entry_hash = zeroblob(32) WHERE position = 3", "another entry at position 3")]
    [InlineData("DELETE FROM audit WHERE position > 2", "the audit log lacks entries")]
    [InlineData("UPDATE audit SET hash = zeroblob(32) WHERE position = (SELECT MAX(position) FROM audit)", "the audit log has another entry")]
    public async Task An_end_that_was_cut_off_or_changed_is_refused(string sql, string said)
    {
        await RunAsync("r1", "r2");
        Change(sql);

        Assert.Contains(said, (await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_starts_while_another_one_commits_misses_no_entry()
    {
        await using var hub = await RunningHub.StartOnAsync(Folder);
        await SubmitAsync(hub, "r1");
        await RememberedAsync(2);
        var store = StoreWithNeighbour.Over(hub.Services.GetRequiredService<IExchangeStore>(), async () =>
        {
            await SubmitAsync(hub, "r2");
            await RememberedAsync(3);
        });
        var known = ActivatorUtilities.CreateInstance<KnownStore>(hub.Services, store);

        Assert.Empty(await known.CheckAsync(Cancelled));
    }

    [Fact]
    public async Task Another_ledger_in_the_place_of_the_known_one_is_refused()
    {
        await RunAsync("r1");
        await using var other = await HubFolder.CreateAsync();
        File.Copy(Key, Path.Combine(other.FullName, "signing-key.pem"));
        await using (await RunningHub.StartOnAsync(other, options => options with { MakeNew = true })) await Task.CompletedTask;
        foreach (var file in Directory.GetFiles(Folder.FullName, HubOptions.DatabaseFile + "*")) File.Delete(file);
        File.Copy(Path.Combine(other.FullName, HubOptions.DatabaseFile), DatabasePath);

        Assert.Contains("another ledger", (await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_without_the_file_is_taken_and_remembered_from_then_on()
    {
        await RunAsync("r1");
        File.Delete(End);
        await RunAsync();
        Assert.True(File.Exists(End));
    }

    [Fact]
    public async Task A_file_that_somebody_has_changed_is_refused()
    {
        await RunAsync("r1");
        await File.WriteAllTextAsync(End, "{\"position\": 1}", Cancelled);
        Assert.Contains(End, (await Assert.ThrowsAsync<IOException>(() => RunAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_signing_key_is_never_replaced_in_silence()
    {
        await RunAsync("r1");
        var old = new EcdsaP256(await File.ReadAllTextAsync(Key, Cancelled));
        File.Delete(Key);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync());
        Assert.Contains($"signed by the key {old.KeyId}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--new", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Key));

        await using var hub = await RunningHub.StartOnAsync(Folder, options => options with { MakeNew = true });
        Assert.Contains(await AuditAsync(hub), entry => entry.Action == "hub/NewSigningKey" && entry.Resource.EndsWith($"after {old.KeyId}", StringComparison.Ordinal));
        await SubmitAsync(hub, "r2");
        var alone = await VerifyAsync(hub, new VerifyLedgerRequest());
        Assert.Equal((0, 1, 2), (alone.TotalSize, alone.SignedCount, Assert.Single(alone.UnknownKeys).EntryCount));
        var both = await VerifyAsync(hub, new VerifyLedgerRequest { PublicKeys = { ByteString.CopyFrom(old.PublicKey) } });
        Assert.Equal((0, 3, 0, true), (both.TotalSize, both.SignedCount, both.UnknownKeys.Count, both.PagesChecked));
        old.Dispose();
    }

    [Fact]
    public async Task Another_key_than_the_one_that_signed_the_ledger_is_not_taken_in_silence()
    {
        await RunAsync("r1");
        var other = Path.Combine(Folder.FullName, "other.pem");
        Security.PrivateFile.Create(other, EcdsaP256.NewKeyPem());

        await Assert.ThrowsAsync<InvalidDataException>(async () => await (await RunningHub.StartOnAsync(Folder, options => options with { SigningKeyFile = other })).DisposeAsync());
        Assert.True(File.Exists(other));
    }

    [Fact]
    public async Task A_key_whose_database_is_gone_is_refused_and_begins_a_new_one_only_where_the_operator_says_so()
    {
        await RunAsync("r1");
        foreach (var file in Directory.GetFiles(Folder.FullName, HubOptions.DatabaseFile + "*")) File.Delete(file);

        Assert.Contains("no database", (await Assert.ThrowsAsync<IOException>(() => RunAsync())).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(DatabasePath));
        await File.WriteAllTextAsync(DatabasePath, "", Cancelled);
        Assert.Contains("up to position 2", (await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync())).Message, StringComparison.Ordinal);

        await using var hub = await RunningHub.StartOnAsync(Folder, options => options with { MakeNew = true });
        Assert.Contains(await AuditAsync(hub), entry => entry.Action == "hub/NewStore");
    }

    [Fact]
    public async Task A_key_that_is_no_public_key_is_named()
    {
        await using var hub = await RunningHub.StartOnAsync(Folder);
        var refused = await Refused.ByAsync(async () => await VerifyAsync(hub, new VerifyLedgerRequest { PublicKeys = { ByteString.CopyFromUtf8("no key") } }));
        Assert.Equal((ErrorReason.FieldInvalid, "public_keys[0]"), (refused.Reason, refused.Field));
    }

    [Fact]
    public async Task Damaged_pages_are_a_fault_of_the_verification()
    {
        await using var hub = await RunningHub.StartOnAsync(Folder);
        await hub.Reports.SubmitReportAsync(Rows.Report("r1", Rows.Days(300)), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        Change("PRAGMA wal_checkpoint(TRUNCATE)");
        var root = Scalar("SELECT rootpage FROM sqlite_master WHERE name = 'revision'");
        using (var file = new FileStream(DatabasePath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Seek((root - 1) * 4_096, SeekOrigin.Begin);
            file.Write(new byte[2_000]);
        }

        var result = await VerifyAsync(hub, new VerifyLedgerRequest());

        Assert.Contains(result.Faults, fault => fault.Kind == LedgerFaultKind.DatabaseDamaged);
    }

    [Fact]
    public async Task A_clock_far_beyond_the_last_thing_that_was_seen_is_refused_at_the_start()
    {
        await RunAsync("r1");
        var wrong = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(32));

        Assert.Contains("--accept-clock", (await Assert.ThrowsAsync<InvalidDataException>(() => StartAndEndAsync(null, wrong))).Message, StringComparison.Ordinal);
        await StartAndEndAsync(null, new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(30)));
        await StartAndEndAsync(options => options with { AcceptClock = true }, new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(400)));
    }

    [Fact]
    public async Task A_hub_that_ran_idle_for_months_starts_again_without_an_option()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using (await RunningHub.StartOnAsync(Folder, time: clock))
        {
            await Eventually.IsAsync(() => Directory.GetFiles(Folder.FullName, "ledger-end.*.json").Length == 1);
            clock.Advance(TimeSpan.FromDays(90));
            await Eventually.IsAsync(async () => SeenAt().Match(await File.ReadAllTextAsync(End, Cancelled)) is { Success: true } match
                && clock.GetUtcNow() - DateTimeOffset.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) < TimeSpan.FromDays(1));
        }
        await StartAndEndAsync(null, clock);
    }

    private Task RememberedAsync(long position) => Eventually.IsAsync(async () => Directory.GetFiles(Folder.FullName, "ledger-end.*.json").Length == 1
        && (await File.ReadAllTextAsync(End, Cancelled)).Contains($"\"position\": {position}", StringComparison.Ordinal));

    private async Task AssertUntouchedAsync(byte[] database)
    {
        // Only the schema was looked at.
        Assert.Equal(database.Length, new FileInfo(DatabasePath).Length);
        Assert.Equal(2, Scalar("SELECT position FROM ledger_head"));
        await Task.CompletedTask;
    }

    /// <summary>A hub that starts, takes reports and ends.</summary>
    private async Task RunAsync(params string[] reports)
    {
        await using var hub = await RunningHub.StartOnAsync(Folder);
        foreach (var report in reports) await SubmitAsync(hub, report);
        await hub.StopAsync();
    }

    private async Task StartAndEndAsync(Func<HubOptions, HubOptions>? change, TimeProvider time)
    {
        await using var hub = await RunningHub.StartOnAsync(Folder, change, time);
        await hub.StopAsync();
    }

    private static async Task SubmitAsync(RunningHub hub, string report) =>
        await hub.Reports.SubmitReportAsync(Rows.Report(report, Rows.Tonnes("2020", $"{report.Length}")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);

    private static async Task<VerifyLedgerResult> VerifyAsync(RunningHub hub, VerifyLedgerRequest request)
    {
        using var call = hub.Admin.VerifyLedger(request, RunningHub.AsAdmin, cancellationToken: Cancelled);
        do Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        while (call.ResponseStream.Current.Result is null);
        return call.ResponseStream.Current.Result;
    }

    private static async Task<IReadOnlyList<(string Action, string Resource)>> AuditAsync(RunningHub hub) =>
        [.. (await hub.Services.GetRequiredService<IExchangeStore>().ReadAuditAsync(0, 1_000, Cancelled)).Select(record => (record.Entry.Action, record.Entry.Resource))];

    private void Change(string sql) => Database.Execute(Folder, sql);

    private long Scalar(string sql) => Database.Count(Folder, sql);

    [GeneratedRegex("\"seenAt\": \"([^\"]+)\"")]
    private static partial Regex SeenAt();
}
