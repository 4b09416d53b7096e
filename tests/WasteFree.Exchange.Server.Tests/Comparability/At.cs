using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>Instants of tests.</summary>
internal static class At
{
    public static DateTimeOffset Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Clock(int year, int month, int day) => new(Utc(year, month, day));

    public static AsOf Position(long position) => new() { Position = position };

    public static AsOf Time(DateTimeOffset time) => new() { Time = time.ToTimestamp() };
}
