using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>Keeps what the security of a hub logs as a warning.</summary>
internal sealed class WarningLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _messages = [];

    public IReadOnlyCollection<string> Messages => _messages;

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("WasteFree.Exchange.Server.Security", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _messages.Enqueue(formatter(state, exception));
    }

    public void Dispose()
    {
        // It holds nothing.
    }
}
