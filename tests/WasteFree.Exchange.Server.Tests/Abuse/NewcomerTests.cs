using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Server.Limits;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Abuse;

/// <summary>Connections that have shown no credential: few of one address, for a short time, with few calls.</summary>
public sealed class NewcomerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly Newcomers _newcomers;

    public NewcomerTests() => _newcomers = new Newcomers(mostOfAddress: 2, Patience, _time);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void One_address_has_few_and_a_place_is_free_when_one_has_shown_its_credential_or_ended()
    {
        var first = new Connection("192.0.2.1");
        var second = new Connection("192.0.2.1");
        Assert.True(_newcomers.TryEnter(first));
        Assert.True(_newcomers.TryEnter(second));
        Assert.False(_newcomers.TryEnter(new Connection("192.0.2.1")));
        Assert.False(_newcomers.TryEnter(new Connection("::ffff:192.0.2.1")));
        Assert.True(_newcomers.TryEnter(new Connection("192.0.2.2")));

        first.Newcomer.Welcome();
        first.End();
        Assert.True(_newcomers.TryEnter(new Connection("192.0.2.1")));
        Assert.False(_newcomers.TryEnter(new Connection("192.0.2.1")));
        second.End();
        Assert.True(_newcomers.TryEnter(new Connection("192.0.2.1")));
        Assert.False(_newcomers.TryEnter(new Connection("192.0.2.1")));
    }

    [Fact]
    public void Addresses_that_one_subscriber_of_IPv6_makes_up_are_one()
    {
        Assert.True(_newcomers.TryEnter(new Connection("2001:db8:1:2::1")));
        Assert.True(_newcomers.TryEnter(new Connection("2001:db8:1:2:3::1")));
        Assert.False(_newcomers.TryEnter(new Connection("2001:db8:1:2:ffff::1")));
        Assert.True(_newcomers.TryEnter(new Connection("2001:db8:1:3::1")));
    }

    [Fact]
    public void One_that_shows_nothing_is_told_to_close_and_then_cut_off()
    {
        var silent = new Connection("192.0.2.1");
        var known = new Connection("192.0.2.1");
        Assert.True(_newcomers.TryEnter(silent));
        Assert.True(_newcomers.TryEnter(known));
        _time.Advance(Patience - TimeSpan.FromSeconds(1));
        known.Newcomer.Welcome();
        Assert.False(silent.ToldToClose);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(silent.ToldToClose);
        Assert.False(silent.Aborted);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(silent.Aborted);
        Assert.False(known.ToldToClose);
        Assert.False(known.Aborted);
    }

    [Fact]
    public async Task Few_of_its_calls_are_looked_at_at_one_time_and_the_others_wait_until_it_is_known()
    {
        var connection = new Connection("192.0.2.1");
        Assert.True(_newcomers.TryEnter(connection));
        var newcomer = connection.Newcomer;
        var turns = new List<IDisposable?>();
        for (var i = 0; i < 4; i++) turns.Add(await newcomer.CredentialAsync(Cancelled));
        var fifth = newcomer.CredentialAsync(Cancelled);
        Assert.False(fifth.IsCompleted);
        // Health and reflection have turns of their own.
        using (await newcomer.OpenCallAsync(Cancelled))
        {
        }
        turns[0]!.Dispose();
        using var turn = await fifth;

        newcomer.Welcome();
        for (var i = 0; i < 100; i++) Assert.Null(await newcomer.CredentialAsync(Cancelled));
    }

    private sealed class Connection : DefaultConnectionContext, IConnectionLifetimeNotificationFeature
    {
        private readonly CancellationTokenSource _closed = new();

        public Connection(string address)
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1);
            ConnectionClosed = _closed.Token;
            Features.Set<IConnectionLifetimeNotificationFeature>(this);
        }

        public Newcomer Newcomer => Features.Get<Newcomer>()!;

        public bool ToldToClose { get; private set; }

        public bool Aborted { get; private set; }

        CancellationToken IConnectionLifetimeNotificationFeature.ConnectionClosedRequested { get; set; }

        public void End() => _closed.Cancel();

        public void RequestClose() => ToldToClose = true;

        public override void Abort(ConnectionAbortedException abortReason) => Aborted = true;
    }
}
