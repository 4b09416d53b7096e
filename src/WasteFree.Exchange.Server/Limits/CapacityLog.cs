using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>Says at the start what the hub takes on.</summary>
internal sealed partial class CapacityLog(Capacity capacity, MachineGrant grant, ILogger<CapacityLog> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var descriptors = grant.Descriptors is { } left ? $"{left}" : "any number of";
        LogCapacity(logger, capacity.Connections, capacity.NewcomersOfAddress, capacity.MessageBytes >> 20, capacity.Questions, descriptors, grant.MemoryBytes >> 20);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "At one time the hub takes {Connections} connections ({Newcomers} of one address before they show a credential), {MessageMegabytes} MB of messages and {Questions} questions: "
            + "the machine grants it {Descriptors} file descriptors and {MemoryMegabytes} MB of memory.")]
    private static partial void LogCapacity(
        ILogger logger, int connections, int newcomers, long messageMegabytes, int questions, string descriptors, long memoryMegabytes);
}
