using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Identity;
using Xunit;

namespace WasteFree.Exchange.Tests.Audit;

/// <summary>The hash of an entry as the contract's guide describes it, made by hand here: logs outlive programs.</summary>
public sealed class AuditHashTests
{
    [Theory]
    [InlineData("organizations/yaan/reports/r1", 2L)]
    [InlineData("万州区", null)]
    public void The_hash_is_the_one_that_partners_are_told_to_make(string resource, long? rows)
    {
        var entry = AuditEntry.Of(new AuditCall(new Principal("yaan", new HashSet<string> { "reporter", "reader" }) { Credential = "" }, "A/B"), resource, rows: rows);
        Assert.Equal(resource.StartsWith("organizations/", StringComparison.Ordinal) ? "yaan" : "", entry.Owners);
        var previous = SHA256.HashData([1]);
        var salt = SHA256.HashData([2]);
        var long300 = entry with { Credential = new string('x', 300) };

        Assert.Equal(Hash([.. Text(12, "wfx-audit-v1"), .. Text(2, "id"), .. previous, .. salt, .. Number(7), .. Number(1_712_707_200_000_001), .. Text(4, "yaan"), 0, .. Text(15, "reader,reporter"), .. Text(3, "A/B"),
            .. Text((byte)Encoding.UTF8.GetByteCount(resource), resource), .. Text(2, "OK"), 0, .. Text((byte)entry.Owners.Length, entry.Owners), (byte)(rows is null ? 0 : 1), .. Number(rows ?? 0), .. Number(1)]),
            Convert.ToHexStringLower(entry.Hash("id", 7, 1_712_707_200_000_001, previous, salt)));
        // 300 = 0b10_0101100: low seven bits first.
        Assert.Equal(Hash([.. Text(12, "wfx-audit-v1"), .. Text(2, "id"), .. previous, .. salt, .. Number(7), .. Number(9), .. Text(4, "yaan"), 0xAC, 0x02, .. Encoding.UTF8.GetBytes(long300.Credential), .. Text(15, "reader,reporter"),
            .. Text(3, "A/B"), .. Text((byte)Encoding.UTF8.GetByteCount(resource), resource), .. Text(2, "OK"), 0, .. Text((byte)entry.Owners.Length, entry.Owners), (byte)(rows is null ? 0 : 1), .. Number(rows ?? 0), .. Number(1)]),
            Convert.ToHexStringLower(long300.Hash("id", 7, 9, previous, salt)));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Number(long number) => [.. Enumerable.Range(0, 8).Select(i => (byte)(number >> (8 * i)))];

    private static byte[] Text(byte length, string text) => [length, .. Encoding.UTF8.GetBytes(text)];
}
