using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Feed;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.Server.Catalogs;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Feed;
using WasteFree.Exchange.Server.Ledger;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.Server.Metrics;
using WasteFree.Exchange.Server.Reports;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Storage;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Storage.SqlServer;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server;

/// <summary>The hub as a web application: what it is made of, in the order in which a call meets it.</summary>
public static class Hub
{
    /// <summary>Builds the hub; start it with <c>StartAsync</c> or <c>RunAsync</c>.</summary>
    /// <exception cref="ArgumentException">The address is unsafe or malformed, or the security folder is not whole; the message says why.</exception>
    /// <exception cref="IOException">The data folder cannot be made, or the security folder not read.</exception>
    public static WebApplication Build(HubOptions options)
    {
        if (Failpoint.Problem is { } problem) throw new ArgumentException(problem);
        var policies = new MethodPolicies(MethodPolicies.Contract);
        var endPoint = options.EndPoint;
        var trust = options.SecurityDirectory is { } security ? new TrustStore(new SecurityFolder(security), options.Time) : null;
        PrivateFolder.Make(options.DataDirectory);
        var capacity = Capacity.Of(options.Machine);
        OwnAssemblies.Load();
        var newcomers = trust is null ? null : new Newcomers(capacity.NewcomersOfAddress, options.NewcomerPatience, options.Time);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(endPoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                if (trust is not null) listen.UseHttps(TlsEndPoint.Options(trust));
            });
            // A watcher may take its time: it costs no memory, and keepalive finds the dead ones.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.InitialConnectionWindowSize = Capacity.ConnectionWindowBytes;
            kestrel.Limits.Http2.InitialStreamWindowSize = Capacity.ConnectionWindowBytes / 2;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        });
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new BoundedTransport(
            ActivatorUtilities.CreateInstance<SocketTransportFactory>(services), new ConnectionLimit(capacity.Connections, newcomers)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (options.TellStart) builder.Logging.AddFilter(typeof(CapacityLog).FullName, LogLevel.Information);
        // A failed start is thrown to the caller, who says it in words; and standard output belongs to the caller's results.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // Lines, some with stacks, for each bad handshake, frame and message of a peer: it is refused, and cannot fill the disk.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Http2", LogLevel.None);
        builder.Logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.None);
        // A line for each probe that finds the hub unwell: why it is unwell is logged once, where it is found out.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Logging.AddConsoleFormatter<SteadyLogFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = options.JsonLogs ? JsonLines.Format : SteadyLogFormatter.FormatterName;
        });
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = TimeSpan.FromSeconds(5);
            // BackgroundWatch tells a fault from an end that was asked for.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton(policies);
        builder.Services.AddSingleton(_ => SigningKey.Read(options));
        builder.Services.AddSingleton<ILedgerSigner>(services => services.GetRequiredService<SigningKey>().Key);
        builder.Services.AddSingleton<IExchangeStore>(services => options.SqlServer is { } sqlServer
            ? new SqlServerStore(sqlServer, options.Time, services.GetRequiredService<ILedgerSigner>())
            : new SqliteStore(
                Path.Combine(options.DataDirectory, HubOptions.DatabaseFile), options.Time, services.GetRequiredService<ILedgerSigner>(), options.MaxDatabasePages));
        builder.Services.AddSingleton(capacity);
        builder.Services.AddSingleton(options.Machine);
        builder.Services.AddSingleton<Heap>();
        builder.Services.AddSingleton(options.LimitsInForce);
        builder.Services.AddSingleton<Quotas>();
        builder.Services.AddSingleton(new QuestionPlaces(capacity.Questions));
        builder.Services.AddSingleton(new MessageMemory(capacity.MessageBytes));
        builder.Services.AddHostedService<CapacityLog>();
        builder.Services.AddSingleton<DatabaseSize>();
        builder.Services.AddSingleton<CatalogHistory>();
        builder.Services.AddSingleton(services => new LedgerTail(services.GetRequiredService<IExchangeStore>()));
        builder.Services.AddSingleton<LedgerFeed>();
        builder.Services.AddSingleton<CatalogDesk>();
        builder.Services.AddSingleton<TokenSeal>();
        builder.Services.AddSingleton<PageTokens>();
        builder.Services.AddSingleton<ResumeTokens>();
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());
        builder.Services.AddSingleton<LedgerVerifier>();
        builder.Services.AddSingleton<LedgerKeys>();
        builder.Services.AddSingleton<ServerInfo>();
        builder.Services.AddSingleton<StreamLifetime>();
        builder.Services.AddSingleton<StorageQuota>();
        builder.Services.AddSingleton<UploadDesk>();
        builder.Services.AddSingleton<AsOfReader>();
        builder.Services.AddSingleton<ReadingRights>();
        builder.Services.AddSingleton<StoreOutages>();
        builder.Services.AddSingleton<CredentialLog>();
        builder.Services.AddSingleton<CredentialWatch>();
        AddCallers(builder.Services, trust);
        builder.Services.AddSingleton<FaultInterceptor>();
        builder.Services.AddSingleton<Admission>();
        builder.Services.AddSingleton<DisclosureDesk>();
        builder.Services.AddSingleton<ComparisonDesk>();
        builder.Services.AddSingleton<RevisionDesk>();
        builder.Services.AddSingleton<DifferenceDesk>();
        builder.Services.AddSingleton<AttainmentDesk>();
        builder.Services.AddSingleton<CatalogPages>();
        builder.Services.AddSingleton<KnownStore>();
        builder.Services.AddSingleton<LedgerEnd>();
        builder.Services.AddHostedService<StoreStartup>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LedgerEnd>());
        builder.Services.AddHostedService<UploadExpiry>();
        builder.Services.AddHostedService<StoreWatch>();
        builder.Services.AddScoped<ReadOwners>();
        builder.Services.AddSingleton<RefusalLog>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RefusalLog>());
        builder.Services.AddSingleton<BackgroundWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BackgroundWatch>());

        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = ReportLimits.MaxMessageBytes;
            grpc.Interceptors.Add<FaultInterceptor>();
            grpc.Interceptors.Add<AuditRefusals>();
            grpc.Interceptors.Add<IdentityInterceptor>();
            grpc.Interceptors.Add<AuditReading>();
            grpc.Interceptors.Add<QuotaInterceptor>();
            grpc.Interceptors.Add<ClosedVocabularies>();
        });
        builder.Services.AddGrpc().AddServiceOptions<AdminService>(admin => admin.MaxReceiveMessageSize = AdminService.MaxMessageBytes);
        builder.Services.AddGrpcReflection();
        HubHealth.AddTo(builder.Services);

        var app = builder.Build();
        app.Use(app.Services.GetRequiredService<FaultInterceptor>().AnswerAsync);
        app.Use(TransportStatus.AddDetailsAsync);
        app.Use(app.Services.GetRequiredService<Admission>().AdmitAsync);
        app.MapGrpcService<CatalogService>();
        app.MapGrpcService<ReportService>();
        app.MapGrpcService<MetricService>();
        app.MapGrpcService<FeedService>();
        app.MapGrpcService<AdminService>();
        app.MapGrpcService<AuditService>();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        policies.Require(ServedBy(app));
        return app;
    }

    private static IEnumerable<string> ServedBy(IEndpointRouteBuilder app) =>
        app.DataSources.SelectMany(source => source.Endpoints).Select(endPoint => endPoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName).OfType<string>();

    private static void AddCallers(IServiceCollection services, TrustStore? trust)
    {
        if (trust is null)
        {
            services.AddSingleton<ICallers, DevelopmentCallers>();
            return;
        }
        services.AddSingleton(trust);
        services.AddSingleton<TrustEnds>();
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<ICallers, TrustedCallers>();
        services.AddHostedService<TrustReload>();
        services.AddHostedService<IssuerReload>();
    }
}
