using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Server.Security;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>Lines about refused credentials: one for each kind, and no more than a disk can take.</summary>
public sealed class CredentialLogTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WarningLog _lines = new();
    private readonly LoggerFactory _factory;
    private readonly CredentialLog _log;

    public CredentialLogTests()
    {
        _factory = new LoggerFactory([_lines]);
        _log = new CredentialLog(_time, _factory.CreateLogger<CredentialLog>());
    }

    public void Dispose() => _factory.Dispose();

    [Fact]
    public void Of_one_rule_and_credential_there_is_a_line_at_once_and_a_count_after_a_minute()
    {
        for (var i = 0; i < 1_000; i++) _log.Add(CredentialRule.TokenAudience, ["caller:yaan"]);
        _log.Add(CredentialRule.TokenEnded, ["caller:yaan"]);
        Assert.Equal(2, _lines.Messages.Count);
        Assert.Contains("TokenAudience", _lines.Messages.First(), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(61));
        _log.Sum();
        Assert.StartsWith("999 more", Assert.Single(_lines.Messages.Skip(2)), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(61));
        _log.Sum();
        Assert.Equal(3, _lines.Messages.Count);
    }

    [Fact]
    public void A_flood_under_made_up_names_is_counted_together()
    {
        for (var i = 0; i < 10_000; i++) _log.Add(CredentialRule.TokenDenied, [$"subject:{i}"]);
        Assert.InRange(_lines.Messages.Count, CredentialLog.MostKinds, CredentialLog.MostKinds + 1);
    }

    [Fact]
    public void A_name_cannot_make_up_lines()
    {
        _log.Add(CredentialRule.TokenDenied, ["subject:x\u001b[2J\nwarn: all is well\u202E"]);
        var line = Assert.Single(_lines.Messages);
        Assert.DoesNotContain(line, c => char.IsControl(c) || c == '\u202E');
    }

    [Fact]
    public void Each_rule_has_words_of_its_own() =>
        Assert.Equal(Enum.GetValues<CredentialRule>().Length, Enum.GetValues<CredentialRule>().Select(CredentialRules.Words).Distinct().Count());
}
