using Google.Protobuf;
using Google.Protobuf.Collections;

namespace WasteFree.Exchange.Server;

/// <summary>
/// The limits of one answer, in rows and in bytes. A client takes 4 MiB unless it is told otherwise; an answer is closed at 1 MiB,
/// and holds more only where its one element does.
/// </summary>
internal static class AnswerPage
{
    public const int DefaultRows = 1_000;
    public const int MaxRows = 10_000;

    /// <summary>What is around the elements: tokens, positions, times.</summary>
    private const int Envelope = 4 << 10;

    /// <summary>Bytes of an answer.</summary>
    public const int AnswerBytes = 1 << 20;

    /// <summary>Bytes of all elements of an answer.</summary>
    public const int Bytes = AnswerBytes - Envelope;

    /// <summary>Tag and length stand before an element of a list.</summary>
    private const int ElementHead = 6;

    /// <summary>What an element takes of an answer.</summary>
    public static int SizeOf(IMessage element) => element.CalculateSize() + ElementHead;

    /// <summary>Adds rows while they fit, the first one always.</summary>
    /// <param name="list">Takes the messages.</param>
    /// <param name="rows">What there is, each with its cursor.</param>
    /// <param name="next">Where the list goes on after them all; null: at the end.</param>
    /// <returns>The cursor after which the next page goes on; null: there is none.</returns>
    public static long? Fill<T>(RepeatedField<T> list, IEnumerable<(long Cursor, T Message)> rows, long? next)
        where T : IMessage
    {
        var bytes = 0;
        var after = 0L;
        foreach (var (cursor, message) in rows)
        {
            bytes += SizeOf(message);
            if (bytes > Bytes && list.Count > 0) return after;
            list.Add(message);
            after = cursor;
        }
        return next;
    }

    /// <summary>How many of them fit into one answer, the first one always.</summary>
    public static int Fitting(IReadOnlyList<IMessage> elements)
    {
        var bytes = 0;
        for (var i = 0; i < elements.Count; i++)
        {
            bytes += SizeOf(elements[i]);
            if (bytes > Bytes && i > 0) return i;
        }
        return elements.Count;
    }
}
