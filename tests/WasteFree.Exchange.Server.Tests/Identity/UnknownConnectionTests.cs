using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>A connection shows a credential in time, or ends.</summary>
public sealed class UnknownConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_that_has_shown_its_credential_stays_and_one_that_has_shown_none_ends()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await SecuredHub.StartAsync(time: time);
        using var silent = new TcpClient();
        await silent.ConnectAsync(hub.Address.Host, hub.Address.Port, Cancelled);
        using var nobody = new Connections(hub, name: null);
        await SecuredHub.RefuseAsync(nobody.Channel);
        using var known = new Connections(hub, SecuredHub.Yaan);
        await SecuredHub.ReadAsync(known.Channel);
        Assert.Equal((1, 1), (nobody.Opened, known.Opened));

        for (var seconds = 0; seconds < 60; seconds += 5) time.Advance(TimeSpan.FromSeconds(5));

        await UntilClosedAsync(silent).WaitAsync(Patience, Cancelled);
        await nobody.UntilClosedAsync().WaitAsync(Patience, Cancelled);
        await SecuredHub.RefuseAsync(nobody.Channel);
        await SecuredHub.ReadAsync(known.Channel);
        Assert.Equal((2, 1), (nobody.Opened, known.Opened));
    }

    private static async Task UntilClosedAsync(TcpClient client)
    {
        try
        {
            while (await client.GetStream().ReadAsync(new byte[64], Cancelled) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Cut off.
        }
    }

    /// <summary>A client that counts the connections that it had to open.</summary>
    private sealed class Connections : IDisposable
    {
        private int _opened;
        private Socket? _socket;

        public Connections(SecuredHub hub, string? name)
        {
            Channel = GrpcChannel.ForAddress(hub.Address, new GrpcChannelOptions
            {
                HttpHandler = new SocketsHttpHandler
                {
                    SslOptions = hub.Tls(name is null ? null : hub.Issue(name)),
                    ConnectCallback = async (context, cancellationToken) =>
                    {
                        Interlocked.Increment(ref _opened);
                        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                        _socket = socket;
                        return new NetworkStream(socket, ownsSocket: true);
                    },
                },
                DisposeHttpClient = true,
            });
        }

        public GrpcChannel Channel { get; }

        public int Opened => _opened;

        /// <summary>Until this side has seen that the last connection has ended: a call that is sent before has no status.</summary>
        public Task UntilClosedAsync() => Eventually.IsAsync(() => _socket is { SafeHandle.IsClosed: true });

        public void Dispose() => Channel.Dispose();
    }
}
