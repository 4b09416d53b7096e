using Google.Protobuf;
using Google.Protobuf.Collections;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>Limits of one page of a list, in rows and in bytes.</summary>
internal static class MetricPage
{
    public const int DefaultRows = 1_000;
    public const int MaxRows = 10_000;

    public const int Bytes = 1 << 20;

    /// <summary>Adds rows while they fit, the first one always.</summary>
    /// <param name="list">Takes the messages.</param>
    /// <param name="rows">What the store gave, each with its cursor.</param>
    /// <param name="next">Where the store goes on after them all; null: at the end.</param>
    /// <returns>The cursor after which the next page goes on; null: there is none.</returns>
    public static long? Fill<T>(RepeatedField<T> list, IEnumerable<(long Cursor, T Message)> rows, long? next)
        where T : IMessage
    {
        var bytes = 0;
        var after = 0L;
        foreach (var (cursor, message) in rows)
        {
            bytes += message.CalculateSize();
            if (bytes > Bytes && list.Count > 0) return after;
            list.Add(message);
            after = cursor;
        }
        return next;
    }
}
