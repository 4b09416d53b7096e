using System.Net.Http;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>
/// A connection to one hub; make one and keep it. Safe for concurrent use. Nothing is sent before the first call.
/// </summary>
public sealed class ExchangeConnection : IDisposable
{
    /// <summary>The largest request is a catalogue load of 4 MB of tables.</summary>
    private const int MaxSendBytes = 5 * 1024 * 1024;

    private readonly GrpcChannel _channel;

    /// <summary>Prepares a connection.</summary>
    /// <exception cref="ArgumentException">
    /// A certificate file does not hold what it should, or a certificate or token is to go to a hub without TLS.
    /// </exception>
    /// <exception cref="IOException">A certificate file cannot be read.</exception>
    public ExchangeConnection(ConnectionOptions options)
    {
        Options = options;
        _channel = GrpcChannel.ForAddress(options.Hub, new GrpcChannelOptions
        {
            Credentials = ConnectionSecurity.Credentials(options),
            HttpHandler = new SocketsHttpHandler
            {
                SslOptions = ConnectionSecurity.Tls(options),
                // Off by default; without them a peer that vanished is noticed only by TCP, after many minutes.
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                EnableMultipleHttp2Connections = true,
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            },
            DisposeHttpClient = true,
            MaxSendMessageSize = MaxSendBytes,
            // The channel has pauses of its own, up to two minutes by default: ours decide.
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(250),
            MaxReconnectBackoff = options.LongestPause,
            ServiceConfig = new ServiceConfig { MethodConfigs = { Reads() } },
        });
        Invoker = _channel.Intercept(Identify);
        Client = new ExchangeClient(this);
        Uploader = new ReportUploader(this);
    }

    /// <summary>As given.</summary>
    public ConnectionOptions Options { get; }

    /// <summary>Queries and single calls.</summary>
    public ExchangeClient Client { get; }

    /// <summary>Streams reports in.</summary>
    public ReportUploader Uploader { get; }

    internal CallInvoker Invoker { get; }

    /// <summary>Ends the connection; calls under way fail.</summary>
    public void Dispose() => _channel.Dispose();

    private Metadata Identify(Metadata headers)
    {
        if (Options.Hub.Scheme == Uri.UriSchemeHttps) return headers;
        if (Options.Organization is { Length: > 0 } organization) headers.Add("wfx-organization", organization);
        if (Options.Roles.Count > 0) headers.Add("wfx-roles", string.Join(',', Options.Roles));
        return headers;
    }

    private static readonly ServiceDescriptor[] Services =
    [
        AdminService.Descriptor, AuditService.Descriptor, CatalogService.Descriptor, FeedService.Descriptor, MetricService.Descriptor, ReportService.Descriptor,
    ];

    /// <summary>What the contract says has no side effects may be repeated by the channel; uploads and streams resume by their own rules instead.</summary>
    internal static bool IsRead(MethodDescriptor method) =>
        !method.IsClientStreaming && !method.IsServerStreaming && method.GetOptions()?.IdempotencyLevel == MethodOptions.Types.IdempotencyLevel.NoSideEffects;

    private static MethodConfig Reads()
    {
        var config = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 4,
                InitialBackoff = TimeSpan.FromMilliseconds(200),
                MaxBackoff = TimeSpan.FromSeconds(2),
                BackoffMultiplier = 2,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var method in Services.SelectMany(service => service.Methods).Where(IsRead))
            config.Names.Add(new MethodName { Service = method.Service.FullName, Method = method.Name });
        return config;
    }
}
