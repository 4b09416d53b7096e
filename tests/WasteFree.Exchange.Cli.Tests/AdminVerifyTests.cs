using System.Text.Json;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary><c>wfx admin verify</c> over a store that was tampered with, in each way.</summary>
public sealed class AdminVerifyTests : IAsyncLifetime
{
    private const string Header = "region,indicator,period,value,note\n";
    private const string Org = "demo-500101";

    private HubForCli _hub = null!;

    /// <summary>What is done to the database, and the kinds of fault that must be named.</summary>
    public static TheoryData<string, string[]> Tampering => new()
    {
        // The ledger itself.
        { "DELETE FROM ledger WHERE position = 3", ["POSITION_MISSING", "CHAIN_BROKEN", "CHANGESET_MISMATCH"] },
        { "UPDATE ledger SET committed_at = committed_at + 3600000000 WHERE position = 3", ["INSTANT_ORDER", "ENTRY_CHANGED"] },
        { "UPDATE ledger SET previous_hash = zeroblob(32) WHERE position = 3", ["CHAIN_BROKEN", "ENTRY_CHANGED"] },
        { "UPDATE ledger SET entry_hash = zeroblob(32) WHERE position = 3", ["ENTRY_CHANGED", "CHAIN_BROKEN", "SIGNATURE_INVALID"] },
        { "UPDATE ledger SET kind = 2 WHERE position = 3", ["ENTRY_CHANGED", "CHANGESET_MISMATCH"] },
        { "UPDATE ledger SET catalog_version = 3 WHERE position = 4", ["ENTRY_CHANGED"] },
        { "UPDATE ledger SET signature = zeroblob(64) WHERE position = 3", ["SIGNATURE_INVALID"] },
        { "UPDATE ledger SET signature = (SELECT signature FROM ledger WHERE position = 4) WHERE position = 3", ["SIGNATURE_INVALID"] },
        { "UPDATE ledger SET algorithm = NULL, key_id = NULL, signature = NULL WHERE position = 4", ["SIGNATURE_MISSING"] },
        { "UPDATE ledger_head SET position = position - 1", ["HEAD_MISMATCH"] },
        { "UPDATE ledger_head SET entry_hash = zeroblob(32)", ["HEAD_MISMATCH"] },
        { "DELETE FROM ledger_head", ["HEAD_MISMATCH"] },
        { "DELETE FROM ledger WHERE position = 6; UPDATE ledger_head SET (position, committed_at, entry_hash) = (SELECT position, committed_at, entry_hash FROM ledger WHERE position = 5)", ["CHANGESET_MISMATCH"] },
        // What the entries name.
        { "UPDATE changeset SET created = created + 1 WHERE position = 3", ["ENTRY_CHANGED", "ROW_COUNTS"] },
        { "UPDATE changeset SET digest_state = zeroblob(104) WHERE position = 3", ["ENTRY_CHANGED"] },
        { "UPDATE changeset SET stored_state = zeroblob(104) WHERE position = 3", ["ENTRY_CHANGED", "ROWS_CHANGED"] },
        { "UPDATE ledger SET salt = zeroblob(32) WHERE position = 3", ["ENTRY_CHANGED"] },
        { "UPDATE ledger_head SET ledger_id = 'another'", ["ENTRY_CHANGED"] },
        { "UPDATE changeset SET state = 3 WHERE position = 3", ["CHANGESET_MISMATCH", "UNRELEASED_VISIBLE"] },
        { "UPDATE changeset SET position = 9 WHERE position = 3", ["CHANGESET_MISMATCH"] },
        { "DELETE FROM changeset WHERE position = 3", ["POSITION_MISSING", "CHANGESET_MISMATCH"] },
        { "UPDATE report SET name = 'other' WHERE name = 'r1'", ["ENTRY_CHANGED"] },
        { "UPDATE report SET state = 1 WHERE name = 'r1'", ["CHANGESET_MISMATCH"] },
        { "UPDATE report SET withdraw_reason = 'another' WHERE name = 'r3'", ["CONTENT_CHANGED"] },
        { "UPDATE catalog_row SET content = '{}' WHERE rowid_is_first = 1", ["CONTENT_CHANGED"] },
        { "INSERT INTO catalog_row (kind, key, changeset_id, content) VALUES ('regions', 'x', 999, '{}')", ["UNRELEASED_VISIBLE"] },
        // The rows.
        { "UPDATE revision SET value_mantissa = 7 WHERE id = (SELECT MIN(id) FROM revision)", ["ROWS_CHANGED"] },
        { "UPDATE revision SET note = 'another' WHERE id = (SELECT MIN(id) FROM revision)", ["ROWS_CHANGED"] },
        { "UPDATE unit SET code = 'kg' WHERE id = (SELECT unit_id FROM revision LIMIT 1)", ["ROWS_CHANGED"] },
        { "UPDATE series SET organization = 'yaan'", ["ROWS_CHANGED"] },
        { "UPDATE series SET indicator = 'ZW21-12'", ["ROWS_CHANGED"] },
        { "DELETE FROM unit", ["ROWS_CHANGED"] },
        { "DELETE FROM revision WHERE id = (SELECT MIN(id) FROM revision)", ["ROW_COUNTS", "SUPERSEDED_MISMATCH"] },
        { "UPDATE revision SET kind = 3 WHERE id = (SELECT MIN(id) FROM revision)", ["ROW_COUNTS", "SUPERSEDED_MISMATCH"] },
        { "UPDATE revision SET key = key + 1 WHERE id = (SELECT MIN(id) FROM revision)", ["CURRENT_MISMATCH", "SUPERSEDED_MISMATCH"] },
        { "INSERT INTO revision SELECT 999 << 32, key, kind, version_minor, value_mantissa, value_scale, NULL, NULL, NULL, NULL, unit_id, status, confidentiality, NULL, NULL, NULL, NULL, NULL FROM revision LIMIT 1", ["CHANGESET_MISMATCH"] },
        { "UPDATE current SET revision_id = (SELECT s.revision_id FROM superseded s WHERE s.key = current.key), asserted_id = (SELECT s.revision_id FROM superseded s WHERE s.key = current.key) WHERE key = (SELECT key FROM superseded ORDER BY key LIMIT 1)", ["CURRENT_MISMATCH"] },
        { "DELETE FROM current WHERE key = (SELECT MIN(key) FROM current)", ["CURRENT_MISMATCH"] },
        { "UPDATE current SET asserted_id = revision_id WHERE asserted_id <> revision_id", ["CURRENT_MISMATCH"] },
        { "UPDATE current SET revision_id = 77 << 32, asserted_id = 77 << 32 WHERE key = (SELECT MIN(key) FROM current)", ["UNRELEASED_VISIBLE"] },
        { "DELETE FROM superseded WHERE key = (SELECT key FROM superseded ORDER BY key LIMIT 1)", ["CURRENT_MISMATCH"] },
        { "UPDATE superseded SET revision_id = by_id", ["SUPERSEDED_MISMATCH"] },
    };

    public async ValueTask InitializeAsync()
    {
        _hub = await HubForCli.StartAsync();
        // Positions 1 and 2 are catalogues; then a report, a revision of it, one that is withdrawn, an affirmation.
        await SubmitAsync("r1", "500101,ZW21-11,2019,1,示例\n500101,ZW21-11,2020,2,示例\n500101,ZW21-11,2021,3,示例\n");
        await SubmitAsync("r2", "500101,ZW21-11,2019,10,示例\n");
        await SubmitAsync("r3", "500101,ZW21-11,2022,4,示例\n");
        Assert.Equal(0, (await _hub.RunAsync("withdraw", "r3", "--org", Org, "--reason", "示例")).ExitCode);
        await SubmitAsync("r4", "500101,ZW21-11,2021,3,示例\n");
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_ledger_without_a_fault_is_told_with_its_totals()
    {
        var run = await _hub.RunAsync("admin", "verify", "--format", "json");
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        using var result = JsonDocument.Parse(run.Out);
        Assert.Equal("7", result.RootElement.GetProperty("entryCount").GetString());
        Assert.Equal("7", result.RootElement.GetProperty("signedCount").GetString());
        Assert.Equal(
            [("VERIFY_STAGE_CHAIN", "7"), ("VERIFY_STAGE_CHANGESETS", "18"), ("VERIFY_STAGE_REVISIONS", "7"), ("VERIFY_STAGE_CURRENT", "4"), ("VERIFY_STAGE_SUPERSEDED", "2"), ("VERIFY_STAGE_ROWS", "7")],
            result.RootElement.GetProperty("totals").EnumerateArray().Select(total => (total.GetProperty("stage").GetString()!, total.GetProperty("itemCount").GetString()!)));

        var words = await _hub.RunAsync("admin", "verify");
        Assert.Equal(0, words.ExitCode);
        Assert.Contains("账本无误 no faults", words.Out, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Tampering))]
    public async Task What_was_tampered_with_is_named(string sql, string[] kinds)
    {
        _hub.Change(sql.Replace("rowid_is_first = 1", "key = (SELECT MIN(key) FROM catalog_row)", StringComparison.Ordinal));
        var run = await _hub.RunAsync("admin", "verify", "--format", "csv");
        Assert.Equal(1, run.ExitCode);
        var named = run.Lines.Skip(1).Select(line => line.Split(',')[0]).ToHashSet();
        Assert.True(kinds.All(named.Contains), $"{sql}\nexpected {string.Join(' ', kinds)}\n{run.Out}");
    }

    [Fact]
    public async Task A_signature_of_a_key_that_the_hub_does_not_have_is_counted_and_said_and_nothing_is_green()
    {
        _hub.Change("UPDATE ledger SET key_id = '0123456789abcdef' WHERE position IN (3, 4)");
        var run = await _hub.RunAsync("admin", "verify");
        // The entry's hash covers the key that it names.
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("✓", run.Out, StringComparison.Ordinal);
        Assert.Contains("--key", run.Out, StringComparison.Ordinal);
        foreach (var format in new[] { "csv", "json" })
        {
            var other = await _hub.RunAsync("admin", "verify", "--format", format);
            Assert.Equal(1, other.ExitCode);
            Assert.Contains("--key", other.Error, StringComparison.Ordinal);
        }
        Assert.Contains("2 signatures of key 0123456789abcdef cannot be checked", run.Out, StringComparison.Ordinal);
        Assert.Contains("5 有效 valid", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_whose_entries_nobody_signed_is_not_green()
    {
        _hub.Change("UPDATE ledger SET algorithm = NULL, key_id = NULL, signature = NULL");
        var run = await _hub.RunAsync("admin", "verify");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the ledger is not proven", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_faults_the_first_thousand_are_listed_and_all_are_counted()
    {
        var rows = string.Concat(Enumerable.Range(0, 1_200).Select(day => $"500101,ZW21-11,{new DateOnly(2001, 1, 1).AddDays(day):yyyy-MM-dd},1,示例\n"));
        await SubmitAsync("large", rows);
        _hub.Change("DELETE FROM current WHERE revision_id >> 32 = (SELECT MAX(id) FROM changeset)");
        var run = await _hub.RunAsync("admin", "verify", "--format", "json");
        Assert.Equal(1, run.ExitCode);
        using var result = JsonDocument.Parse(run.Out);
        Assert.Equal(1_000, result.RootElement.GetProperty("faults").GetArrayLength());
        Assert.Equal("1200", result.RootElement.GetProperty("totalSize").GetString());
        Assert.Contains("demo-500101|ZW21-11|500101|_T|1|2001-01-01", run.Out, StringComparison.Ordinal);
    }

    private async Task SubmitAsync(string report, string rows)
    {
        var run = await _hub.RunAsync("submit", _hub.Write(report + ".csv", Header + rows), "--org", Org, "--report", report);
        Assert.True(run.ExitCode == 0, run.Error + run.Out);
    }
}
