using System.Net;
using System.Net.Sockets;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>Connections that say nothing: more of them than a hub has descriptors.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly List<Socket> _sockets = [];

    public static async Task<Crowd> ConnectAsync(IPEndPoint hub, int count, CancellationToken cancellationToken)
    {
        var crowd = new Crowd();
        try
        {
            for (var i = 0; i < count; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                crowd._sockets.Add(socket);
                await socket.ConnectAsync(hub, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // It is full, or gone.
        }
        return crowd;
    }

    public void Dispose()
    {
        foreach (var socket in _sockets) socket.Dispose();
    }
}
