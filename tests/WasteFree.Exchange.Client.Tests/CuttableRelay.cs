using System.Net;
using System.Net.Sockets;

namespace WasteFree.Exchange.Client.Tests;

/// <summary>
/// Passes bytes between a client and a hub, and cuts every connection the first time so many bytes have passed in one
/// direction: a cable pulled at a place that the test chooses.
/// </summary>
internal sealed class CuttableRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _sockets = [];
    private readonly Lock _lock = new();
    private readonly IPEndPoint _hub;
    private readonly long _cutAtSent;
    private readonly long _cutAtReceived;
    private readonly Task _accepting;
    private long _sent;
    private long _received;
    private byte[] _last = [];
    private Func<Task>? _beforeCut;
    private volatile bool _holding;

    public CuttableRelay(Uri hub, long cutAtSent = long.MaxValue, long cutAtReceived = long.MaxValue)
    {
        _hub = new IPEndPoint(IPAddress.Parse(hub.Host), hub.Port);
        _cutAtSent = cutAtSent;
        _cutAtReceived = cutAtReceived;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Lets no answer through any more once these bytes have gone to the hub, and cuts when <paramref name="beforeCut"/> is done.</summary>
    public void CutAfter(byte[] last, Func<Task> beforeCut) => (_last, _beforeCut) = (last, beforeCut);

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public bool WasCut { get; private set; }

    /// <summary>Bytes from the client to the hub, over all connections.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        CloseAll();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var pumps = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                break;
            }
            var hub = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await hub.ConnectAsync(_hub);
            lock (_lock) _sockets.AddRange([client, hub]);
            pumps.Add(PumpAsync(client, hub, toHub: true, bytes => Interlocked.Add(ref _sent, bytes) >= _cutAtSent));
            pumps.Add(PumpAsync(hub, client, toHub: false, bytes => Interlocked.Add(ref _received, bytes) >= _cutAtReceived));
        }
        await Task.WhenAll(pumps);
    }

    private async Task PumpAsync(Socket from, Socket to, bool toHub, Func<int, bool> isPlaceToCut)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                if (isPlaceToCut(read) && !WasCut)
                {
                    WasCut = true;
                    CloseAll();
                    return;
                }
                if (_holding && !toHub) continue;
                for (var at = 0; at < read;) at += await to.SendAsync(buffer.AsMemory(at, read - at));
                if (_holding || WasCut || _last.Length == 0 || buffer.AsSpan(0, read).IndexOf(_last) < 0) continue;
                _holding = true;
                await _beforeCut!();
                (WasCut, _holding) = (true, false);
                CloseAll();
                return;
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other side has gone.
        }
        from.Dispose();
        to.Dispose();
    }

    private void CloseAll()
    {
        lock (_lock)
        {
            foreach (var socket in _sockets) socket.Dispose();
            _sockets.Clear();
        }
    }
}
