using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Times and dates as they are written on a command line; without an offset they are those of China.</summary>
internal static class InstantText
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <param name="name">The option.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="wholeDay">A date stands for the end of its day, otherwise for the beginning.</param>
    public static Option<Timestamp?> Option(string name, string description, bool wholeDay) => new(name)
    {
        Description = description,
        HelpName = "TIME|DATE",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if ((DayOf(text, wholeDay) ?? TimeOf(text)) is { } instant) return Timestamp.FromDateTimeOffset(instant);
            result.AddError($"{name} '{text}': 请填时间或日期 write a time (2024-05-01T08:00:00+08:00) or a date (2024-05-01).");
            return null;
        },
    };

    /// <summary>The beginning of a day, or of the day after it; null: not a date.</summary>
    public static DateTimeOffset? DayOf(string text, bool after) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new DateTimeOffset(date.AddDays(after ? 1 : 0).ToDateTime(TimeOnly.MinValue), China)
            : null;

    /// <summary>Null: not a time.</summary>
    public static DateTimeOffset? TimeOf(string text)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) || !text.Contains('T', StringComparison.Ordinal)) return null;
        return time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, China) : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }
}
