using System.Net;
using Microsoft.AspNetCore.Connections;
using WasteFree.Exchange.Server.Limits;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Abuse;

public sealed class ConnectionLimitTests
{
    [Fact]
    public void A_place_is_free_again_when_the_socket_has_ended()
    {
        var limit = new ConnectionLimit(2);
        var last = new Connection();
        Assert.True(limit.TryEnter(new Connection()));
        Assert.True(limit.TryEnter(last));
        Assert.False(limit.TryEnter(new Connection()));

        for (var i = 0; i < 100; i++)
        {
            last.End();
            last = new Connection();
            Assert.True(limit.TryEnter(last));
            Assert.False(limit.TryEnter(new Connection()));
        }
    }

    [Fact]
    public async Task Those_turned_away_take_no_place_however_many_come_at_once()
    {
        var limit = new ConnectionLimit(8);
        var connections = Enumerable.Range(0, 64).Select(_ => new Connection()).ToList();
        var entered = await Task.WhenAll(connections.Select(connection => Task.Run(() => limit.TryEnter(connection))));
        Assert.Equal(8, entered.Count(isIn => isIn));
        foreach (var (connection, _) in connections.Zip(entered).Where(pair => pair.Second)) connection.End();
        for (var i = 0; i < 8; i++) Assert.True(limit.TryEnter(new Connection()));
        Assert.False(limit.TryEnter(new Connection()));
    }

    [Fact]
    public async Task A_connection_without_a_place_is_closed_before_the_next_is_accepted()
    {
        var sockets = new Sockets();
        var listener = await new BoundedTransport(sockets, new ConnectionLimit(1)).BindAsync(new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);

        var first = Assert.IsType<Connection>(await listener.AcceptAsync(TestContext.Current.CancellationToken));
        sockets.EndAfter(first, 20);
        var second = Assert.IsType<Connection>(await listener.AcceptAsync(TestContext.Current.CancellationToken));

        Assert.Equal(22, sockets.Accepted.Count);
        Assert.All(sockets.Accepted[1..21], connection => Assert.True(connection.IsClosed));
        Assert.False(first.IsClosed);
        Assert.False(second.IsClosed);
        Assert.Equal(1, sockets.MostOpen);
    }

    /// <summary>Has a new connection whenever one is asked for.</summary>
    private sealed class Sockets : IConnectionListenerFactory, IConnectionListener
    {
        private (Connection Connection, int Accepted)? _end;

        public List<Connection> Accepted { get; } = [];

        /// <summary>Connections without a place that were open when another one was asked for, the one in its place among them.</summary>
        public int MostOpen { get; private set; }

        public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 1);

        public void EndAfter(Connection connection, int accepted) => _end = (connection, Accepted.Count + accepted);

        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            MostOpen = Math.Max(MostOpen, Accepted.Count(accepted => !accepted.IsClosed));
            if (_end is { } end && Accepted.Count == end.Accepted) end.Connection.End();
            Accepted.Add(new Connection());
            return new ValueTask<ConnectionContext?>(Accepted[^1]);
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => default;

        public ValueTask DisposeAsync() => default;
    }

    private sealed class Connection : DefaultConnectionContext
    {
        private readonly CancellationTokenSource _closed = new();
        private bool _aborted;

        public Connection() => ConnectionClosed = _closed.Token;

        public bool IsClosed { get; private set; }

        public void End() => _closed.Cancel();

        public override void Abort(ConnectionAbortedException abortReason) => _aborted = true;

        public override ValueTask DisposeAsync()
        {
            IsClosed = _aborted;
            return base.DisposeAsync();
        }
    }
}
