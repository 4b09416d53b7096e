using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>The log for machines: one object a line, whatever is in the texts.</summary>
public sealed partial class JsonLinesTests : IDisposable
{
    private readonly StringWriter _written = new();

    public void Dispose() => _written.Dispose();

    [Fact]
    public void An_entry_is_one_line_of_ascii_with_time_level_category_event_message_and_fields()
    {
        LogSomething(new Lines(_written), "万州\n\u001b[31m\u202e", 7, new InvalidOperationException("first\nsecond"));

        var line = Assert.Single(_written.ToString().Split(_written.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(line, character => Assert.InRange(character, ' ', '~'));
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        Assert.Equal(
            ("2024-04-10T00:00:00.000Z", "Warning", "the.category", "LogSomething", "Saw 万州\n\u001b[31m\u202e 7 times."),
            (Text("time"), Text("level"), Text("category"), Text("event"), Text("message")));
        Assert.True(root.GetProperty("event_id").GetInt32() != 0);
        Assert.Equal(["what=万州\n\u001b[31m\u202e", "count=7"], root.GetProperty("fields").EnumerateObject().Select(field => $"{field.Name}={field.Value.GetString()}"));
        Assert.Contains("second", Text("exception"), StringComparison.Ordinal);

        string? Text(string name) => root.GetProperty(name).GetString();
    }

    [Fact]
    public void Each_entry_has_a_line_of_its_own()
    {
        for (var i = 0; i < 3; i++) LogSomething(new Lines(_written), "\r\n", i, null);

        Assert.Equal(3, _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Saw {what} {count} times.")]
    private static partial void LogSomething(ILogger logger, string what, int count, Exception? exception);

    /// <summary>A logger that hands on to the formatter as the console does.</summary>
    private sealed class Lines(StringWriter written) : ILogger
    {
        private readonly JsonLines _lines = new(new FakeTimeProvider(new DateTimeOffset(2024, 4, 10, 0, 0, 0, TimeSpan.Zero)));

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Write(new LogEntry<TState>(logLevel, "the.category", eventId, state, exception, formatter), scopeProvider: null, written);
    }
}
