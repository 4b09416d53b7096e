using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace WasteFree.Exchange.Server.Tests.Abuse;

/// <summary>A peer that writes HTTP/2 frames as it likes (RFC 9113) and reads without looking.</summary>
internal sealed class RawHttp2 : IAsyncDisposable
{
    private const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6;
    private const byte EndStream = 1, EndHeaders = 4;

    private static readonly byte[] Preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly MemoryStream _pending = new();
    private NetworkStream? _stream;

    /// <summary>Completes when the hub has closed the connection.</summary>
    public Task Closed { get; private set; } = Task.CompletedTask;

    public static async Task<RawHttp2> ConnectAsync(RunningHub hub, bool reads = true)
    {
        var peer = new RawHttp2();
        var address = new Uri(hub.Address);
        await peer._client.ConnectAsync(address.Host, address.Port);
        peer._stream = peer._client.GetStream();
        await peer._stream.WriteAsync(Preface);
        peer.Frame(Settings, 0, 0, []);
        await peer.FlushAsync();
        if (reads) peer.Closed = Task.Run(peer.ReadAsync);
        return peer;
    }

    /// <summary>A request for a method, written with the next flush.</summary>
    public void Request(int stream, string path, bool ends, params (string Name, string Value)[] more)
    {
        using var block = new MemoryStream();
        (string, string)[] always = [(":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "hub"), ("te", "trailers"), ("content-type", "application/grpc")];
        foreach (var (name, value) in always.Concat(more))
        {
            block.WriteByte(0); // literal, not indexed, new name
            Text(block, name);
            Text(block, value);
        }
        Frame(Headers, (byte)(EndHeaders | (ends ? EndStream : 0)), stream, block.ToArray());
    }

    public void Body(int stream, ReadOnlySpan<byte> bytes, bool ends) => Frame(Data, ends ? EndStream : (byte)0, stream, bytes);

    public void Cancel(int stream) => Frame(Reset, 0, stream, [0, 0, 0, 8]);

    public void PingOnce() => Frame(Ping, 0, 0, new byte[8]);

    public void SettingsOnce() => Frame(Settings, 0, 0, []);

    public void Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[9];
        BinaryPrimitives.WriteInt32BigEndian(header, payload.Length << 8);
        header[3] = type;
        header[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], stream);
        _pending.Write(header);
        _pending.Write(payload);
    }

    /// <returns>False: the hub has closed the connection.</returns>
    public async Task<bool> FlushAsync()
    {
        try
        {
            await _stream!.WriteAsync(_pending.GetBuffer().AsMemory(0, (int)_pending.Length));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        finally
        {
            _pending.SetLength(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Closed;
        await _pending.DisposeAsync();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await _stream!.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Closed by either side.
        }
    }

    /// <summary>A string without Huffman coding; its length as an integer with a prefix of seven bits.</summary>
    private static void Text(MemoryStream block, string text)
    {
        var rest = text.Length;
        if (rest < 127)
        {
            block.WriteByte((byte)rest);
        }
        else
        {
            block.WriteByte(127);
            for (rest -= 127; rest >= 128; rest >>= 7) block.WriteByte((byte)((rest & 127) | 128));
            block.WriteByte((byte)rest);
        }
        block.Write(Encoding.ASCII.GetBytes(text));
    }
}
