using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Dense positions, one chain, time that never goes back.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task An_empty_ledger_has_its_head_at_0()
    {
        var head = await Store.ReadHeadAsync(Cancelled);

        Assert.Equal((0, 0), (head.Position, head.CatalogVersion));
    }

    [Fact]
    public async Task Commits_withdrawals_and_catalogue_loads_take_the_next_position_and_nothing_else_does()
    {
        var first = await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Wanzhou.SubmitAsync("refused", RowPolicy.RejectReport, Row("2024", "1"), null);
        var catalog = await LoadCatalogAsync();
        var check = await Wanzhou.OpenAsync("check", validateOnly: true);
        await check.AppendAsync(Row("2024", "2"));
        await check.CommitAsync();
        var withdrawn = await Wanzhou.WithdrawAsync("r1");
        var last = await Yaan.CommitAsync("r1", Row("2024", "3"));

        Assert.Equal([1, 2, 3, 4], [first.Position, catalog, withdrawn.Report.WithdrawPosition, last.Position]);
        Assert.Equal(new LedgerHead(4, last.CommittedAt, catalog), await Store.ReadHeadAsync(Cancelled));
    }

    [Fact]
    public async Task A_receipt_carries_the_chain_that_anyone_can_recompute()
    {
        var first = await Wanzhou.CommitAsync("r1", Row("2023", "1"), Row("2024", "1"));
        var second = await Wanzhou.CommitAsync("r2", Row("2023", "1"), Row("2023", "1"), Row("2024", "2"));

        Assert.Equal(new byte[32], first.PreviousHash);
        Assert.Equal(first.EntryHash, second.PreviousHash);
        Assert.Equal(EntryOf(first).Hash(new byte[32]), first.EntryHash);
        Assert.Equal(EntryOf(second).Hash(first.EntryHash), second.EntryHash);
        Assert.Equal(new RowCounts { Submitted = 3, Revised = 1, Unchanged = 1, Duplicate = 1, Findings = 1 }, second.Counts);
    }

    [Fact]
    public async Task The_chain_goes_through_withdrawals_and_catalogue_loads_each_with_a_salt_of_its_own()
    {
        var ledger = await Store.ReadLedgerIdAsync(Cancelled);
        var first = await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        Clock.Advance(TimeSpan.FromHours(1));
        await Wanzhou.WithdrawAsync("r1", "误报");
        Clock.Advance(TimeSpan.FromHours(1));
        CatalogRow[] rows = [new("regions", "500101", """{"name":"万州区"}"""), new("indicators", "X\t1.0", "{}")];
        Assert.Equal(3, await Store.AppendCatalogAsync(rows, 0, Callers.Admin, Cancelled));
        var last = await Wanzhou.CommitAsync("r2", Row("2024", "1"));

        var entries = await Store.ReadLedgerAsync(0, 10, Cancelled);
        var tombstones = new StoredDigest();
        tombstones.Append(StoredRow.Of("wanzhou", 0, Row("2024", null)));
        var withdrawal = new LedgerEntry
        {
            LedgerId = ledger,
            Position = 2,
            CommittedAtMicroseconds = first.CommittedAt.AddHours(1).ToMicroseconds(),
            Kind = LedgerEntryKind.ReportWithdrawn,
            Subject = "organizations/wanzhou/reports/r1",
            Digest = SHA256.HashData(Encoding.UTF8.GetBytes("误报")),
            StoredDigest = tombstones.Value,
            Counts = new RowCounts { Submitted = 1 },
            SignatureAlgorithm = "",
            KeyId = "",
            Salt = entries[1].Salt,
        };
        var loaded = SHA256.HashData(Encoding.UTF8.GetBytes("indicators\tX\t1.0\t{}\nregions\t500101\t{\"name\":\"万州区\"}\n"));
        var load = withdrawal with
        {
            Position = 3,
            CommittedAtMicroseconds = first.CommittedAt.AddHours(2).ToMicroseconds(),
            Kind = LedgerEntryKind.CatalogChanged,
            Subject = "catalog",
            Digest = loaded,
            StoredDigest = loaded,
            Counts = new RowCounts { Submitted = 2 },
            Salt = entries[2].Salt,
        };

        Assert.Equal(load.Hash(withdrawal.Hash(first.EntryHash)), last.PreviousHash);
        Assert.All(entries, entry => Assert.Equal(LedgerEntry.SaltSize, entry.Salt.Length));
        Assert.Equal(4, entries.Select(entry => Convert.ToHexStringLower(entry.Salt)).Distinct().Count());
    }

    [Fact]
    public async Task The_line_of_an_entry_is_the_documented_text()
    {
        var receipt = await Wanzhou.CommitAsync("r1", Row("2024", "1"), Row("2024", "1"));

        static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
        var line = $"wfx-entry-v1\t{receipt.LedgerId}\t1\t{receipt.CommittedAt.ToMicroseconds()}\t1\torganizations/wanzhou/reports/r1\tSHA-256\t"
            + $"DIGEST_RULE_ROWS_SHA256\t{Hex(receipt.Digest)}\tDIGEST_RULE_STORED_SHA256\t{Hex(receipt.StoredDigest)}\t2\t0\t1\t0\t0\t1\t1\t\t\t"
            + $"{new string('0', 64)}\t{Hex(receipt.Salt)}\n";
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(line)), receipt.EntryHash);
        Assert.Matches("^[0-9a-f]{32}$", receipt.LedgerId);
    }

    [Fact]
    public async Task Time_never_goes_back_or_stands_still_whatever_the_clock_does()
    {
        var first = await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        var same = await Wanzhou.CommitAsync("r2", Row("2024", "2"));
        Clock.AdjustTime(At(4, 9));
        var back = await Wanzhou.CommitAsync("r3", Row("2024", "3"));
        Clock.SetUtcNow(At(4, 11));
        var ahead = await Wanzhou.CommitAsync("r4", Row("2024", "4"));

        Assert.Equal(At(4, 10), first.CommittedAt);
        Assert.Equal(first.CommittedAt.AddMicroseconds(1), same.CommittedAt);
        Assert.Equal(first.CommittedAt.AddMicroseconds(2), back.CommittedAt);
        Assert.Equal(At(4, 11), ahead.CommittedAt);
        Assert.Equal(2, (await Store.FindPositionAsync(same.CommittedAt, Cancelled))?.Position);
    }

    private static LedgerEntry EntryOf(Receipt receipt) => new()
    {
        LedgerId = receipt.LedgerId,
        Position = receipt.Position,
        CommittedAtMicroseconds = receipt.CommittedAt.ToMicroseconds(),
        Kind = LedgerEntryKind.ReportCommitted,
        Subject = receipt.Report.ToString(),
        Digest = receipt.Digest,
        StoredDigest = receipt.StoredDigest,
        Counts = receipt.Counts,
        SignatureAlgorithm = receipt.Signature?.Algorithm ?? "",
        KeyId = receipt.Signature?.KeyId ?? "",
        Salt = receipt.Salt,
    };
}
