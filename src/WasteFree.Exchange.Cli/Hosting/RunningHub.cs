using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WasteFree.Exchange.Server;
using WasteFree.Exchange.Storage;

namespace WasteFree.Exchange.Cli.Hosting;

/// <summary>A hub in this process.</summary>
internal sealed class RunningHub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningHub(WebApplication app) => _app = app;

    /// <summary>The address it listens on, with the port it took.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <exception cref="IOException">The port is taken, or the data folder cannot be used; the message says which.</exception>
    public static async Task<RunningHub> StartAsync(HubOptions options, CancellationToken cancellationToken)
    {
        try
        {
            PrivateFolder.Make(options.DataDirectory);
            await using var probe = new FileStream(
                Path.Combine(options.DataDirectory, $".wfx-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"数据目录无法写入 The data folder {options.DataDirectory} cannot be written: {exception.Message}", exception);
        }

        var app = Hub.Build(options);
        try
        {
            await app.StartAsync(cancellationToken);
            return new RunningHub(app);
        }
        catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await app.DisposeAsync();
            throw new IOException($"端口已被占用，请换一个 The port of {options.Url} is in use: choose another with --urls.", exception);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the token or a signal of the system, then lets the calls under way finish.</summary>
    /// <exception cref="HubFaultException">The hub has ended by a fault of its own.</exception>
    public async Task UntilToldToEndAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = cancellationToken.Register(() => ended.TrySetResult());
        var lifetime = _app.Services.GetRequiredService<IHostApplicationLifetime>();
        await using var stopping = lifetime.ApplicationStopping.Register(() => ended.TrySetResult());
        await ended.Task;
        await _app.StopAsync(CancellationToken.None);
        if (_app.Services.GetRequiredService<BackgroundWatch>().Ended is { } service) throw new HubFaultException(service);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
