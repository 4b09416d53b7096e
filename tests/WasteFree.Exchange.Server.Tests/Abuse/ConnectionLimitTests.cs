using Microsoft.AspNetCore.Connections;
using WasteFree.Exchange.Server.Limits;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Abuse;

public sealed class ConnectionLimitTests
{
    private readonly List<ConnectionContext> _served = [];

    [Fact]
    public void A_place_is_free_again_when_the_socket_has_ended_even_if_its_handler_never_returns()
    {
        var serve = new ConnectionLimit(2).Before(NeverReturnsAsync);
        var first = Connect(serve);
        var second = Connect(serve);
        Assert.Equal([first, second], _served);

        var third = Connect(serve);
        Assert.Equal([first, second], _served);
        Assert.True(third.Aborted);
        Assert.False(first.Aborted);

        for (var i = 0; i < 100; i++)
        {
            ((Connection)_served[^1]).End();
            var next = Connect(serve);
            Assert.Same(next, _served[^1]);
            Assert.True(Connect(serve).Aborted);
        }
    }

    [Fact]
    public async Task Those_turned_away_take_no_place_however_many_come_at_once()
    {
        var serve = new ConnectionLimit(8).Before(NeverReturnsAsync);
        var connections = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => Connect(serve))));
        Assert.Equal(8, connections.Count(connection => !connection.Aborted));
        foreach (var connection in connections) connection.End();
        for (var i = 0; i < 8; i++) Assert.False(Connect(serve).Aborted);
        Assert.True(Connect(serve).Aborted);
    }

    private static Connection Connect(ConnectionDelegate serve)
    {
        var connection = new Connection();
        _ = serve(connection);
        return connection;
    }

    private Task NeverReturnsAsync(ConnectionContext connection)
    {
        lock (_served) _served.Add(connection);
        return new TaskCompletionSource().Task;
    }

    private sealed class Connection : DefaultConnectionContext
    {
        private readonly CancellationTokenSource _closed = new();

        public Connection() => ConnectionClosed = _closed.Token;

        public bool Aborted { get; private set; }

        public void End() => _closed.Cancel();

        public override void Abort(ConnectionAbortedException abortReason) => Aborted = true;
    }
}
