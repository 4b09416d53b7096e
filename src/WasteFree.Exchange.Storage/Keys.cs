using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

/// <summary>
/// The two numbers by which rows are found. Both are clustered keys: a revision id keeps the rows of an upload
/// together and makes storing a row twice impossible; an observation key is period-major, so a new period appends.
/// </summary>
internal static class Keys
{
    public const int SeriesBits = 38;
    public const long MaxSeries = (1L << SeriesBits) - 1;

    /// <summary>Beyond it the ids of revisions would be negative.</summary>
    public const long MaxChangeset = (1L << 31) - 1;

    private const int OffsetBits = 32;

    public static long Revision(long changeset, long offset) => (changeset << OffsetBits) | offset;

    public static long FirstRevision(long changeset) => changeset << OffsetBits;

    public static long LastRevision(long changeset) => (changeset << OffsetBits) | ((1L << OffsetBits) - 1);

    public static long Changeset(long revision) => revision >> OffsetBits;

    public static long Offset(long revision) => revision & ((1L << OffsetBits) - 1);

    public static long Observation(Period period, long series) => (period.Number << SeriesBits) | series;

    public static long Series(long key) => key & MaxSeries;

    public static Period Period(long key) => Values.Period.FromNumber(key >> SeriesBits);
}
