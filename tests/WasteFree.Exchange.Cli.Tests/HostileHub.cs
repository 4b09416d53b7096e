using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.V1;
using Status = Google.Rpc.Status;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>A hub whose every text steers the terminal of whoever asks it.</summary>
internal sealed class HostileHub : IAsyncDisposable
{
    /// <summary>Clears the screen, turns the direction of writing, ends the line, and then says what this program says.</summary>
    public const string Text = "x\u001b[2J\u009b31m\u0000\u0007\r\u0085\u007f\u202Eabc\u202C\u2066def\u2069\u200F\u2028\u2029\uFEFF\n\u2713 forged";

    private readonly WebApplication _app;

    private HostileHub(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<HostileHub> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<Catalog>();
        app.MapGrpcService<Metrics>();
        app.MapGrpcService<Feed>();
        app.MapGrpcService<Audit>();
        app.MapGrpcService<Admin>();
        await app.StartAsync(cancellationToken);
        return new HostileHub(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static RpcException Refusal()
    {
        var status = new Status { Code = (int)StatusCode.InvalidArgument, Message = Text };
        status.Details.Add(Any.Pack(new ErrorDetail { Reason = ErrorReason.FieldInvalid, Field = Text, MessageZh = Text, MessageEn = Text, Metadata = { [Text] = Text } }));
        return status.ToRpcException();
    }

    private static ObservationRecord Record() => new()
    {
        Observation = new Observation
        {
            Region = Text, Indicator = Text, Version = Text, Scope = Text, Category = Text, Period = "2023", Value = "1", Unit = Text, Confidentiality = Text, Note = Text, CollectionMethod = Text,
            Evidence = Text, Status = { Text },
        },
        Organization = Text, Report = Text, Position = 1, CommitTime = Timestamp.FromDateTime(DateTime.UnixEpoch), AffirmedReport = Text, DerivedValue = Text,
    };

    private sealed class Catalog : CatalogService.CatalogServiceBase
    {
        public override Task<ListOrganizationsResponse> ListOrganizations(ListOrganizationsRequest request, ServerCallContext context) => Task.FromResult(new ListOrganizationsResponse
        {
            Organizations = { new Organization { Id = Text, NameZh = Text, NameEn = Text, Regions = { Text }, Columns = { ["id"] = Text, ["name_zh"] = Text } } },
        });

        public override Task<ListIndicatorsResponse> ListIndicators(ListIndicatorsRequest request, ServerCallContext context) => Task.FromResult(new ListIndicatorsResponse());

        public override Task<ListRegionsResponse> ListRegions(ListRegionsRequest request, ServerCallContext context) => Task.FromResult(new ListRegionsResponse());

        public override Task<ListRegionSchemesResponse> ListRegionSchemes(ListRegionSchemesRequest request, ServerCallContext context) => Task.FromResult(new ListRegionSchemesResponse());

        public override Task<ListCategoriesResponse> ListCategories(ListCategoriesRequest request, ServerCallContext context) => Task.FromResult(new ListCategoriesResponse());
    }

    private sealed class Metrics : MetricService.MetricServiceBase
    {
        public override async Task StreamObservations(StreamObservationsRequest request, IServerStreamWriter<StreamObservationsResponse> responseStream, ServerCallContext context)
        {
            await responseStream.WriteAsync(new StreamObservationsResponse { Batch = new ObservationBatch { Observations = { Record() }, Position = 1 } });
            throw Refusal();
        }

        public override Task<CompareMetricsResponse> CompareMetrics(CompareMetricsRequest request, ServerCallContext context) => throw Refusal();
    }

    private sealed class Feed : FeedService.FeedServiceBase
    {
        public override async Task Watch(WatchRequest request, IServerStreamWriter<WatchResponse> responseStream, ServerCallContext context)
        {
            await responseStream.WriteAsync(new WatchResponse
            {
                Change = new WatchChange
                {
                    Position = 1, Kind = WatchChangeKind.ReportCommitted, Report = Text, CommitTime = Timestamp.FromDateTime(DateTime.UnixEpoch), Last = true,
                    Observations = { new ObservationChange { Action = ObservationAction.Set, Record = Record() } },
                },
            });
            throw Refusal();
        }
    }

    private sealed class Audit : AuditService.AuditServiceBase
    {
        public override Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context) => Task.FromResult(new ListAuditEntriesResponse
        {
            Entries =
            {
                new AuditEntry
                {
                    Position = 1, RecordTime = Timestamp.FromDateTime(DateTime.UnixEpoch), Organization = Text, Credential = Text, Roles = { (Role)77 }, Operation = Text, Resource = Text,
                    Status = (AuditStatus)77, Reason = (ErrorReason)7777, CallCount = 1, Owners = { Text },
                },
            },
        });

        public override Task VerifyAudit(VerifyAuditRequest request, IServerStreamWriter<VerifyAuditResponse> responseStream, ServerCallContext context) => responseStream.WriteAsync(
            new VerifyAuditResponse { Result = new VerifyAuditResult { TotalSize = 1, Faults = { new AuditFault { Position = 1, MessageZh = Text, MessageEn = Text } } } });
    }

    private sealed class Admin : AdminService.AdminServiceBase
    {
        public override Task VerifyLedger(VerifyLedgerRequest request, IServerStreamWriter<VerifyLedgerResponse> responseStream, ServerCallContext context) => responseStream.WriteAsync(
            new VerifyLedgerResponse { Result = new VerifyLedgerResult { TotalSize = 1, Faults = { new LedgerFault { Position = 1, Subject = Text, MessageZh = Text, MessageEn = Text } } } });
    }
}
