using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Times and dates as they are written on a command line; without an offset they are those of China.</summary>
internal static class InstantText
{
    private const int DateLength = 10; // yyyy-MM-dd

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
    public static DateTimeOffset? DayOf(string text, bool after)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return null;
        var begin = date.ToDateTime(TimeOnly.MinValue).Ticks;
        return InChina(after ? begin + TimeSpan.TicksPerDay : begin);
    }

    /// <summary>Null: not a time, or one outside the calendar.</summary>
    public static DateTimeOffset? TimeOf(string text)
    {
        if (text.Length <= DateLength || text[DateLength] != 'T') return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return null;
        var hasOffset = text.AsSpan(DateLength + 1).ContainsAny('Z', '+', '-');
        return hasOffset ? instant : InChina(instant.UtcTicks);
    }

    /// <summary>The instant at which clocks in China show this; at the ends of the calendar the first or last there is.</summary>
    private static DateTimeOffset InChina(long ticks) =>
        new(Math.Clamp(ticks - China.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
