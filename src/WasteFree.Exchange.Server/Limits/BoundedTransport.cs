using System.Net;
using Microsoft.AspNetCore.Connections;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// Accepts connections for which there is a place, and closes each other one before the next is accepted: a flood of them holds
/// one descriptor more than there are places, not as many as it sends while their handlers wait for a thread.
/// </summary>
internal sealed class BoundedTransport(IConnectionListenerFactory sockets, ConnectionLimit limit) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken).ConfigureAwait(false), limit);

    private sealed class Listener(IConnectionListener listener, ConnectionLimit limit) : IConnectionListener
    {
        public EndPoint EndPoint => listener.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await listener.AcceptAsync(cancellationToken).ConfigureAwait(false) is { } connection)
            {
                if (limit.TryEnter(connection)) return connection;
                connection.Abort();
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => listener.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => listener.DisposeAsync();
    }
}
