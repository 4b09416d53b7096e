using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Tests.Shared;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>What works in the background does not end unnoticed.</summary>
public sealed class BackgroundWatchTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_background_service_that_ends_by_itself_ends_the_hub_and_the_log_says_which()
    {
        await using var folder = await HubFolder.CreateAsync();
        await using var app = Hub.Build(folder.Options(allowIllustrative: false, new FailingClock(TimeSpan.FromHours(1))));
        using var errors = new ErrorLog();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(errors);
        await app.StartAsync(Cancelled);

        await app.WaitForShutdownAsync(Cancelled).WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

        Assert.Equal("UploadExpiry", app.Services.GetRequiredService<BackgroundWatch>().Ended);
        Assert.Contains("UploadExpiry", Assert.Single(errors.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_of_the_store_that_ends_by_itself_ends_the_hub()
    {
        HubFolder.RequireSqlite();
        await using var folder = await HubFolder.CreateAsync();
        var clock = new StumblingClock();
        await using var app = Hub.Build(folder.Options(allowIllustrative: false, clock));
        using var errors = new ErrorLog();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(errors);
        await app.StartAsync(Cancelled);
        app.Lifetime.ApplicationStopping.Register(() => clock.IsStumbling = false);
        clock.IsStumbling = true;

        await Assert.ThrowsAnyAsync<Exception>(() => app.Services.GetRequiredService<IExchangeStore>().DropAsync(1, Cancelled));
        await app.WaitForShutdownAsync(Cancelled).WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

        Assert.NotNull(app.Services.GetRequiredService<BackgroundWatch>().Ended);
        Assert.Contains(errors.Messages, message => message.Contains("StoreWriter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_end_that_was_asked_for_is_no_fault()
    {
        await using var folder = await HubFolder.CreateAsync();
        await using var app = Hub.Build(folder.Options(allowIllustrative: false, time: null));
        using var errors = new ErrorLog();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(errors);
        await app.StartAsync(Cancelled);

        await app.StopAsync(Cancelled);

        Assert.Null(app.Services.GetRequiredService<BackgroundWatch>().Ended);
        Assert.Empty(errors.Messages);
    }

    /// <summary>Fails whoever asks how long something has taken, once it does.</summary>
    private sealed class StumblingClock : TimeProvider
    {
        public bool IsStumbling { get; set; }

        public override long GetTimestamp() => IsStumbling ? throw new InvalidOperationException("no time") : base.GetTimestamp();
    }
}
