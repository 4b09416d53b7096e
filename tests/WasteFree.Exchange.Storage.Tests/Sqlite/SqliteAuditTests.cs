using Dapper;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>What somebody who may write the database, and has not the hub's key, can do to the audit log: all of it is found.</summary>
public sealed class SqliteAuditTests : IAsyncLifetime
{
    private const int Entries = 6;

    private readonly SqliteDatabase _database = new();
    private readonly EcdsaP256 _key = new(EcdsaP256.NewKeyPem());
    private SqliteStore _store = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>What is done, and the kinds of fault that are named; each fault once.</summary>
    public static TheoryData<string, AuditFaultKind[]> Tampering => new()
    {
        { "UPDATE audit SET organization = 'yaan' WHERE position = 3", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET credential = 'x' WHERE position = 3", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET roles = 'admin' WHERE position = 3", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET action = 'x' WHERE position = 3", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET resource = 'r9' WHERE position = 3", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET organization = organization || substr(credential, 1, 1), credential = substr(credential, 2) WHERE position = 3", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET status = 'PERMISSION_DENIED' WHERE position = 3", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET reason = 'REJECTED' WHERE position = 3", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET rows_read = 8 WHERE position = 3", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET rows_read = 0 WHERE position = 4", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET calls = 2 WHERE position = 3", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET recorded_at = recorded_at + 1 WHERE position = 6", [AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET recorded_at = 1 WHERE position = 3", [AuditFaultKind.InstantOrder, AuditFaultKind.EntryChanged] },
        { "UPDATE audit SET previous_hash = zeroblob(32) WHERE position = 3", [AuditFaultKind.ChainBroken, AuditFaultKind.EntryChanged] },
        { "DELETE FROM audit WHERE position = 1", [AuditFaultKind.PositionMissing, AuditFaultKind.ChainBroken] },
        { "DELETE FROM audit WHERE position = 3", [AuditFaultKind.PositionMissing, AuditFaultKind.ChainBroken] },
        { "DELETE FROM audit WHERE position > 4", [AuditFaultKind.HeadMismatch] },
        { "DELETE FROM audit", [AuditFaultKind.HeadMismatch] },
        { "DELETE FROM audit; UPDATE audit_head SET position = 0, hash = zeroblob(32)", [AuditFaultKind.HeadMismatch] },
        { "DELETE FROM audit_head", [AuditFaultKind.HeadMismatch] },
        // Cut off, with a head to match: it is the head's signature that is missed.
        { "DELETE FROM audit WHERE position > 4; UPDATE audit_head SET (position, hash) = (SELECT position, hash FROM audit WHERE position = 4)", [AuditFaultKind.SignatureInvalid] },
        { "UPDATE audit_head SET signature = NULL", [AuditFaultKind.SignatureInvalid] },
        { "UPDATE audit_head SET signature = zeroblob(64)", [AuditFaultKind.SignatureInvalid] },
        { "UPDATE audit_head SET signature = x'00'", [AuditFaultKind.SignatureInvalid] },
        { "UPDATE audit_head SET key_id = '0123456789abcdef'", [AuditFaultKind.SignatureInvalid] },
        // Two entries change places.
        { "UPDATE audit SET position = -position WHERE position IN (3, 4); UPDATE audit SET position = 7 + position WHERE position < 0", [AuditFaultKind.InstantOrder, AuditFaultKind.ChainBroken, AuditFaultKind.EntryChanged] },
        { "INSERT INTO audit SELECT 7, recorded_at + 1, organization, credential, roles, action, resource, status, reason, owners, rows_read, calls, hash, salt, hash FROM audit WHERE position = 6", [AuditFaultKind.HeadMismatch] },
    };

    public async ValueTask InitializeAsync()
    {
        _store = Open(_key);
        await _store.MigrateAsync(Cancelled);
        for (var i = 1; i <= Entries; i++)
            await _store.AppendAuditAsync([AuditEntry.Of(Callers.Of("wanzhou", "A/B"), $"r{i}", rows: i == 4 ? null : i)], Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _key.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_log_that_nobody_touched_has_no_fault()
    {
        var verification = new AuditVerification(_store, _key);

        Assert.Empty(await FaultsAsync(verification));
        Assert.Equal((Entries, Entries), (verification.Chain.Entries, verification.Chain.Position));
        Assert.Equal((await _store.ReadAuditHeadAsync(Cancelled))!.Hash, verification.Chain.Hash);
    }

    [Theory, MemberData(nameof(Tampering))]
    public async Task What_was_tampered_with_is_named(string sql, AuditFaultKind[] kinds)
    {
        await ExecuteAsync(sql);

        Assert.Equal(kinds.Order(), (await FaultsAsync(new AuditVerification(_store, _key))).Select(fault => fault.Kind).Distinct().Order());
    }

    [Theory]
    [InlineData("UPDATE audit SET organization = 'yaan' WHERE position = 3")]
    [InlineData("DELETE FROM audit WHERE position = 3")]
    [InlineData("DELETE FROM audit WHERE position = 6")]
    [InlineData("UPDATE audit SET resource = CASE position WHEN 3 THEN 'r4' ELSE 'r3' END WHERE position IN (3, 4)")]
    public async Task Who_makes_all_hashes_anew_still_has_not_the_key(string sql)
    {
        await ExecuteAsync(sql);
        using var other = new EcdsaP256(EcdsaP256.NewKeyPem());
        await ChainAnewAsync(_key, signature: null);
        Assert.Equal([AuditFaultKind.SignatureInvalid], (await FaultsAsync(new AuditVerification(_store, _key))).Select(fault => fault.Kind));
        await ChainAnewAsync(other, other);
        Assert.Equal([AuditFaultKind.SignatureInvalid], (await FaultsAsync(new AuditVerification(_store, _key))).Select(fault => fault.Kind));
        // The name of the key is taken for nothing.
        await ChainAnewAsync(_key, other);
        Assert.Equal([AuditFaultKind.SignatureInvalid], (await FaultsAsync(new AuditVerification(_store, _key))).Select(fault => fault.Kind));
    }

    [Fact]
    public async Task A_hub_that_goes_on_over_a_changed_entry_does_not_hide_it()
    {
        await ExecuteAsync("UPDATE audit SET organization = 'yaan' WHERE position = 3");
        await _store.AppendAuditAsync([AuditEntry.Of(Callers.Admin, "later")], Cancelled);

        var fault = Assert.Single(await FaultsAsync(new AuditVerification(_store, _key)));

        Assert.Equal((AuditFaultKind.EntryChanged, 3), (fault.Kind, fault.Position));
    }

    [Fact]
    public async Task A_log_that_grows_during_the_check_has_no_fault()
    {
        await _store.AppendAuditAsync([.. Enumerable.Range(0, 5_000).Select(i => AuditEntry.Of(Callers.Admin, $"{i}"))], Cancelled);
        var faults = new List<AuditFault>();
        await foreach (var page in new AuditVerification(_store, _key).RunAsync(Cancelled))
        {
            faults.AddRange(page);
            await _store.AppendAuditAsync([AuditEntry.Of(Callers.Admin, "meanwhile")], Cancelled);
        }
        Assert.Empty(faults);
    }

    private static async Task<List<AuditFault>> FaultsAsync(AuditVerification verification) =>
        [.. (await verification.RunAsync(Cancelled).ToListAsync(Cancelled)).SelectMany(faults => faults)];

    private SqliteStore Open(ILedgerSigner key) => new(_database.Path, new FakeTimeProvider(new DateTimeOffset(2024, 4, 10, 0, 0, 0, TimeSpan.Zero)), key);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _database.ConnectAsync(Cancelled);
        Assert.True(await connection.ExecuteAsync(sql) > 0, "nothing was changed");
    }

    /// <summary>What is stored, written again as a log that was always so; the old signature stays where there is no new one.</summary>
    private async Task ChainAnewAsync(EcdsaP256 name, EcdsaP256? signature)
    {
        var records = await _store.ReadAuditAsync(0, 100, Cancelled);
        await using var connection = await _database.ConnectAsync(Cancelled);
        await connection.ExecuteAsync("DELETE FROM audit");
        var (hash, position, at) = (new byte[32], 0L, 0L);
        foreach (var record in records)
        {
            var row = AuditRow.Of(record.Entry, record.LedgerId, ++position, at = record.RecordedAt.ToMicroseconds(), hash, record.Salt);
            hash = row.Hash;
            await connection.ExecuteAsync(AuditSql.Insert.Text, row);
        }
        await connection.ExecuteAsync(
            "UPDATE audit_head SET position = @position, recorded_at = @at, hash = @hash, key_id = @keyId, signature = COALESCE(@signature, signature)",
            new { position, at, hash, keyId = name.KeyId, signature = signature?.Sign(hash) });
    }
}
