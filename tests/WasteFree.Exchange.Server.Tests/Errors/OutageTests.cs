using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Errors;

/// <summary>What the log says of a database that does not answer: one line for an outage, and never a stack trace.</summary>
public sealed class OutageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_one_line_however_many_calls_it_refuses()
    {
        HubFolder.RequireSqlite();
        await using var folder = await HubFolder.CreateAsync();
        await using var app = Hub.Build(folder.Options(allowIllustrative: false, time: null) with { MaxDatabasePages = 1_500 });
        await app.StartAsync(Cancelled);
        var lines = new EveryLine();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        using var channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var reports = new ReportService.ReportServiceClient(channel);
        var (refused, audits) = (0, 0);
        for (var i = 0; i < 400 && refused < 40; i++)
        {
            try
            {
                await reports.SubmitReportAsync(
                    new SubmitReportRequest { Report = Rows.Name($"r{i}", "yaan"), Rows = { Rows.Days(1_000, 1_000 * (i % 30)) } }, RunningHub.As("yaan"), cancellationToken: Cancelled);
            }
            catch (RpcException)
            {
                refused++;
                // A refusal that has no place in the audit log either, and a look at the hub's health.
                audits += await IsRefusedAsync(new AdminService.AdminServiceClient(channel).LoadCatalogAsync(new LoadCatalogRequest(), RunningHub.As($"yaan-{i}"), cancellationToken: Cancelled)) ? 1 : 0;
                await new Grpc.Health.V1.Health.HealthClient(channel).CheckAsync(new Grpc.Health.V1.HealthCheckRequest(), cancellationToken: Cancelled);
            }
        }

        Assert.Equal((40, 40), (refused, audits));
        var said = Assert.Single(lines.Messages);
        Assert.Contains("The database", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outage_that_lasts_is_counted_every_ten_minutes_and_another_one_is_told_anew()
    {
        var (time, lines) = (new FakeTimeProvider(), new EveryLine());
        using var factory = new LoggerFactory([lines]);
        var outages = new StoreOutages(time, factory.CreateLogger<StoreOutages>());
        for (var second = 0; second < 1_500; second++)
        {
            outages.Tell("a test", new StoreUnavailableException("It does not answer."));
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(["first seen by a test", "600 more", "600 more"], [.. lines.Messages.Select((line, i) => i == 0 ? line[line.IndexOf("first", StringComparison.Ordinal)..line.IndexOf('.', line.IndexOf("first", StringComparison.Ordinal))] : line[line.IndexOf("600", StringComparison.Ordinal)..][..8])]);

        time.Advance(TimeSpan.FromMinutes(2));
        outages.Tell("another test", new StoreUnavailableException("It does not answer."));
        Assert.Contains("another test", lines.Messages.Last(), StringComparison.Ordinal);
    }

    private static async Task<bool> IsRefusedAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return false;
        }
        catch (RpcException)
        {
            return true;
        }
    }

    /// <summary>Warnings and errors with their stack traces, whoever writes them.</summary>
    private sealed class EveryLine : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _messages = [];

        public IReadOnlyCollection<string> Messages => _messages;

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) _messages.Enqueue($"{formatter(state, exception)}{exception}");
        }

        public void Dispose()
        {
        }
    }
}
