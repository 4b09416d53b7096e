using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>
/// Reads an instant of the ledger: a position, a time, or a date. <c>--as-of</c> a date means the end of that day, +08:00;
/// changes <c>--since</c> a date are those of that day too.
/// </summary>
internal static class AsOfText
{
    public static Option<AsOf?> Option() => Option("--as-of", "Read as it was at this ledger position, time or date (end of the day, +08:00)", wholeDay: true);

    /// <param name="name">The option.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="wholeDay">A date stands for the last instant of its day, otherwise for the last before it.</param>
    public static Option<AsOf?> Option(string name, string description, bool wholeDay) => new(name)
    {
        Description = description,
        HelpName = "POSITION|TIME|DATE",
        CustomParser = result =>
        {
            if (Parse(result.Tokens[0].Value, wholeDay) is { } asOf) return asOf;
            result.AddError($"{name} '{result.Tokens[0].Value}': 请填账本位置、时间或日期 write a position (42), a time (2024-05-01T08:00:00+08:00) or a date (2024-05-01).");
            return null;
        },
    };

    public static AsOf? Parse(string text, bool wholeDay = true)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return new AsOf { Position = position };
        // The hub takes the last position at or before a time; its clock counts microseconds.
        if (InstantText.DayOf(text, wholeDay) is { } day) return new AsOf { Time = Timestamp.FromDateTimeOffset(Before(day)) };
        return InstantText.TimeOf(text) is { } time ? new AsOf { Time = Timestamp.FromDateTimeOffset(time) } : null;
    }

    /// <summary>The first instant of the calendar has none before it.</summary>
    private static DateTimeOffset Before(DateTimeOffset instant) =>
        instant.UtcTicks < TimeSpan.TicksPerMicrosecond ? instant : instant.AddTicks(-TimeSpan.TicksPerMicrosecond);
}
