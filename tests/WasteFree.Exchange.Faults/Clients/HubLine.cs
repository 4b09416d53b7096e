using Grpc.Core;
using Grpc.Net.Client;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>A connection of the generated stubs: no SDK, hence no retry and no manners.</summary>
internal sealed class HubLine : IDisposable
{
    private readonly GrpcChannel _channel;

    public HubLine(Uri address) => _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), EnableMultipleHttp2Connections = true },
        DisposeHttpClient = true,
    });

    public ReportService.ReportServiceClient Reports => new(_channel);

    public MetricService.MetricServiceClient Metrics => new(_channel);

    public FeedService.FeedServiceClient Feed => new(_channel);

    public static Metadata As(int organization) => new() { { "wfx-organization", Cell.Organizations[organization].Id } };

    public void Dispose() => _channel.Dispose();
}
