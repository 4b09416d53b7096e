namespace WasteFree.Exchange.Values;

/// <summary>China Standard Time, +08:00 all year: the days of deadlines and grants are its days.</summary>
public static class ChinaTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The day in China; the last instant of the calendar has none later.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(new DateTime(Math.Min(instant.UtcTicks + Offset.Ticks, DateTime.MaxValue.Ticks)));
}
