using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog;

/// <summary>Which periods an indicator is reported for, and which of them may be meant as another.</summary>
public static class Frequencies
{
    /// <summary>Whether reports may use it. An event is a day, whatever its definition lists.</summary>
    public static bool Takes(this Indicator definition, Frequency frequency) => definition.Kind == IndicatorKind.Event
        ? frequency == Frequency.Daily
        : definition.Frequencies.Count == 0 || definition.Frequencies.Contains(frequency);

    /// <summary>
    /// Whether a value of the frequency says nothing of the longest period that the definition lists: the quotient, number
    /// or fact of a part is not that of the whole. Amounts add up to it, and a stock is that of its day.
    /// </summary>
    public static bool IsOfPart(this Indicator definition, Frequency frequency) =>
        definition.Kind is IndicatorKind.Ratio or IndicatorKind.Intensity or IndicatorKind.Count or IndicatorKind.Flag
        && definition.Frequencies.Count > 0
        && frequency > definition.Frequencies.Min();

    /// <summary>
    /// Whether a day may be a month in disguise: spreadsheets and databases write a month as its first or last day. A
    /// definition that lists days means them, and an event is one.
    /// </summary>
    public static bool MayMeanMonth(this Indicator definition, Period period) =>
        period.Frequency == Frequency.Daily
        && (period.Start.Day == 1 || period.End.Day == 1)
        && definition is { Frequencies.Count: 0, Kind: not IndicatorKind.Event };
}
