using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace WasteFree.Exchange.Faults.Network;

/// <summary>
/// Stands between clients and a hub and does to each connection what it is told: a cable that is pulled after a chosen
/// byte of a chosen direction, a peer that vanishes, a line of one byte a second.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<IPEndPoint?> _target;
    private readonly Func<ConnectionFault?> _next;
    private readonly Task _accepting;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private int _cuts;
    private int _connections;
    private long _toHub;
    private long _toClient;

    /// <param name="target">Where the hub is at the moment a client connects; null: it is down.</param>
    /// <param name="next">What shall become of the next connection; null: nothing.</param>
    public FaultProxy(Func<IPEndPoint?> target, Func<ConnectionFault?> next)
    {
        _target = target;
        _next = next;
        _listener.Start(512);
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Connections cut at their byte.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Bytes passed in a direction over all connections.</summary>
    public long Passed(Direction direction) => Interlocked.Read(ref direction == Direction.ToHub ? ref _toHub : ref _toClient);

    /// <summary>Waits until so many bytes have passed.</summary>
    public async Task HasPassedAsync(Direction direction, long bytes, CancellationToken cancellationToken)
    {
        while (Passed(direction) < bytes) await Task.Delay(20, cancellationToken);
    }

    /// <summary>Ends every connection there is now.</summary>
    public void CutAll()
    {
        foreach (var connection in _open.Keys) connection.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            Interlocked.Increment(ref _connections);
            _ = ServeAsync(client, _next());
        }
    }

    private async Task ServeAsync(Socket client, ConnectionFault? fault)
    {
        using var hub = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var mine = client;
        try
        {
            _open[client] = true;
            client.NoDelay = true;
            if (_target() is not { } target) return;
            await hub.ConnectAsync(target, _stop.Token);
            var vanished = new TaskCompletionSource();
            var toHub = PumpAsync(client, hub, Direction.ToHub, fault, vanished);
            var toClient = PumpAsync(hub, client, Direction.ToClient, fault, vanished);
            await await Task.WhenAny(toHub, toClient);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side has gone, and the other one goes with it.
        }
        finally
        {
            _open.TryRemove(client, out _);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Direction direction, ConnectionFault? fault, TaskCompletionSource vanished)
    {
        var buffer = new byte[32 * 1024];
        long passed = 0;
        var pending = fault?.Direction == direction ? fault : null;
        while (true)
        {
            if (pending?.After == passed)
            {
                if (pending.Kind == FaultKind.Cut)
                {
                    Interlocked.Increment(ref _cuts);
                    return;
                }
                if (pending.Kind == FaultKind.Blackhole) vanished.TrySetResult();
                if (pending.Kind == FaultKind.Stall) await Task.Delay(pending.Pause, _stop.Token);
                if (pending.Kind != FaultKind.Throttle) pending = null;
            }
            var throttled = pending is { Kind: FaultKind.Throttle } && passed >= pending.After;
            // Exactly up to the byte at which something happens.
            var most = throttled ? 1 : (int)Math.Min(buffer.Length, pending is null ? buffer.Length : pending.After - passed);
            var read = await from.ReceiveAsync(buffer.AsMemory(0, most), _stop.Token);
            if (read == 0) return;
            if (vanished.Task.IsCompleted) continue;
            if (throttled) await Task.Delay(pending!.Pause, _stop.Token);
            for (var at = 0; at < read;) at += await to.SendAsync(buffer.AsMemory(at, read - at), _stop.Token);
            passed += read;
            Interlocked.Add(ref direction == Direction.ToHub ? ref _toHub : ref _toClient, read);
        }
    }
}
