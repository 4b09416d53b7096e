namespace WasteFree.Exchange.Storage;

/// <summary>The writers of a report that others have overtaken, as they are stored: joined by blanks, the last ones.</summary>
internal static class EarlierWriters
{
    /// <summary>They fit into a column of 4,000 characters.</summary>
    private const int Most = 50;

    public static bool Has(string earlier, string writer) => writer.Length > 0 && earlier.Split(' ').Contains(writer);

    public static string With(string earlier, string writer) => string.Join(' ', earlier.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(one => one != writer).Append(writer).TakeLast(Most));
}
