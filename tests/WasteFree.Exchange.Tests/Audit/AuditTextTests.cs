using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Identity;
using Xunit;

namespace WasteFree.Exchange.Tests.Audit;

/// <summary>What a caller sends cannot make the log say something else.</summary>
public sealed class AuditTextTests
{
    [Theory]
    [InlineData("organizations/wanzhou/reports/r1", "organizations/wanzhou/reports/r1")]
    [InlineData("万州区 =1+1 \\n", "万州区 =1+1 \\n")]
    [InlineData("r1\n2024-04-10 admin OK", "r1\\u000a2024-04-10 admin OK")]
    [InlineData("\r\t\0\u001b[2J\u007f\u0085", "\\u000d\\u0009\\u0000\\u001b[2J\\u007f\\u0085")]
    [InlineData("a\u2028b\u2029c\u202ed\u2066e\u200bf\ufeff", "a\\u2028b\\u2029c\\u202ed\\u2066e\\u200bf\\ufeff")]
    [InlineData("𠀋\U000e0001", "𠀋\\ue0001")]
    [InlineData("500101\u00a0\ufe0f\u3000", "500101\\u00a0\\ufe0f\\u3000")]
    public void Characters_that_deceive_a_reader_are_written_out(string text, string expected) => Assert.Equal(expected, AuditText.Of(text, 200));

    [Theory]
    [InlineData('\ud800')]
    [InlineData('\udc00')]
    public void Half_a_surrogate_pair_is_replaced(char half) => Assert.Equal("a\ufffdb", AuditText.Of($"a{half}b", 200));

    [Theory]
    [InlineData("x")]
    [InlineData("渝")]
    [InlineData("𠀋")]
    [InlineData("\n")]
    public void No_text_is_longer_than_it_may_be_or_cut_within_a_character(string one)
    {
        for (var most = 10; most < 30; most++)
        {
            var text = AuditText.Of(string.Concat(Enumerable.Repeat(one, 100)), most);
            Assert.InRange(text.Length, most - 6, most);
            Assert.Equal(text, AuditText.Of(text, most));
            Assert.EndsWith("…", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_text_of_an_entry_is_bounded_and_made_safe()
    {
        var bad = new string('\n', 1_000);
        var entry = AuditEntry.Of(new AuditCall(new Principal(bad, new HashSet<string> { bad }) { Credential = bad }, bad), bad, bad, bad);

        Assert.All(
            new[]
            {
                (entry.Organization, AuditEntry.MaxOrganization), (entry.Credential, AuditEntry.MaxCredential), (entry.Roles, AuditEntry.MaxRoles),
                (entry.Action, AuditEntry.MaxAction), (entry.Resource, AuditEntry.MaxResource), (entry.Status, AuditEntry.MaxWord), (entry.Reason, AuditEntry.MaxWord),
            },
            text =>
            {
                Assert.DoesNotContain(text.Item1, char.IsControl);
                Assert.InRange(text.Item1.Length, 1, text.Item2);
            });
    }
}
