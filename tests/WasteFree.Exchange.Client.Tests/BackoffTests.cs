using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class BackoffTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_gives_up_when_the_time_without_progress_is_over()
    {
        var backoff = new Backoff(_time, TimeSpan.FromMinutes(5), Longest);
        Assert.NotNull(backoff.Next(null));
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.NotNull(backoff.Next(null));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(backoff.Next(null));
    }

    [Fact]
    public void Progress_gives_it_all_the_time_again()
    {
        var backoff = new Backoff(_time, TimeSpan.FromMinutes(5), Longest);
        backoff.Next(null);
        _time.Advance(TimeSpan.FromMinutes(4));
        backoff.Progressed();
        backoff.Next(null);
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.NotNull(backoff.Next(null));
    }

    [Fact]
    public void It_waits_at_least_as_long_as_the_hub_asks()
    {
        var backoff = new Backoff(_time, TimeSpan.FromMinutes(5), Longest);
        Assert.True(backoff.Next(TimeSpan.FromSeconds(7)) >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void A_pause_grows_to_its_cap_and_no_further()
    {
        var backoff = new Backoff(_time, TimeSpan.FromHours(1), Longest);
        var pauses = Enumerable.Range(0, 400).Select(_ => backoff.Next(null)!.Value).ToArray();
        Assert.True(pauses[0] <= TimeSpan.FromMilliseconds(500));
        Assert.All(pauses, pause => Assert.True(pause <= TimeSpan.FromSeconds(30)));
        // Full jitter spreads over the whole range: of 390 pauses up to 30 s some are long and some are short.
        Assert.Contains(pauses[10..], pause => pause > TimeSpan.FromSeconds(20));
        Assert.Contains(pauses[10..], pause => pause < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_token_that_has_ended_is_worth_one_more_call_where_there_may_be_a_new_one()
    {
        var expired = new ExchangeException("ended") { Reason = ErrorReason.CredentialExpired };
        var renewing = new Backoff(_time, TimeSpan.FromHours(1), Longest, hasTokens: true);
        Assert.Equal(TimeSpan.Zero, renewing.After(expired));
        Assert.Null(renewing.After(expired));
        renewing.Progressed();
        Assert.Equal(TimeSpan.Zero, renewing.After(expired));
        Assert.Null(new Backoff(_time, TimeSpan.FromHours(1), Longest).After(expired));
    }

    [Fact]
    public void What_does_not_pass_by_itself_is_not_tried_again()
    {
        var backoff = new Backoff(_time, TimeSpan.FromHours(1), Longest, hasTokens: true);
        Assert.Null(backoff.After(new ExchangeException("refused") { Reason = ErrorReason.CredentialRefused }));
        Assert.Null(backoff.After(new InvalidOperationException()));
        Assert.NotNull(backoff.After(new HubUnreachableException("away")));
        Assert.True(backoff.After(new ExchangeException("later") { Retriable = true, RetryAfter = TimeSpan.FromSeconds(7) }) >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void A_certificate_or_token_does_not_go_to_a_hub_without_TLS()
    {
        var plain = new ConnectionOptions { Hub = new Uri("http://127.0.0.1:5080") };
        Assert.Throws<ArgumentException>(() => new ExchangeConnection(plain with { Token = _ => Task.FromResult("secret") }));
        Assert.Throws<ArgumentException>(() => new ExchangeConnection(plain with { CertificateFile = "cert.pem", KeyFile = "key.pem" }));
        Assert.Throws<ArgumentException>(() => new ExchangeConnection(plain with { AuthorityFile = "ca.pem" }));
        Assert.Throws<ArgumentException>(() => new ExchangeConnection(new ConnectionOptions { Hub = new Uri("https://127.0.0.1:5443"), KeyFile = "key.pem" }));
    }
}
