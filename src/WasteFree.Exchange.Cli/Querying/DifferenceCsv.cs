using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>
/// A difference as one row: what it is, the fields that differ, the key, then before and after; a side on which nothing
/// was visible is empty.
/// </summary>
internal static class DifferenceCsv
{
    private static readonly NativeColumn[] Key =
        [NativeColumn.Region, NativeColumn.Indicator, NativeColumn.Scope, NativeColumn.Category, NativeColumn.Period];

    private static readonly NativeColumn[] Content = [.. NativeColumns.All.Except(Key)];

    private static readonly string[] Side = [.. Content.Select(NativeColumns.Name), "derived_value", "withheld", "report", "position", "commit_time"];

    public static readonly string[] Columns =
    [
        "change", "fields", .. Key.Select(NativeColumns.Name), "organization", "illustrative", "mark",
        .. Side.Select(name => $"before_{name}"), .. Side.Select(name => $"after_{name}"),
        "before_affirmed_report", "after_affirmed_report", "before_retracted_position", "after_retracted_position",
    ];

    public static string[] Cells(ObservationDifference difference)
    {
        var either = difference.After ?? difference.Before;
        return
        [
            Change(difference),
            string.Join(' ', Differing(difference)),
            .. Pick(either, Key),
            either.Organization,
            either.Illustrative ? "true" : "false",
            either.Illustrative ? Words.Illustrative : "",
            .. SideOf(difference.Before),
            .. SideOf(difference.After),
            difference.Before?.AffirmedReport ?? "",
            difference.After?.AffirmedReport ?? "",
            CsvCells.Position(difference.Before?.RetractedPosition ?? 0),
            CsvCells.Position(difference.After?.RetractedPosition ?? 0),
        ];
    }

    /// <summary>ADDED, REMOVED, CHANGED, or RESPELLED where the quantity is the same.</summary>
    public static string Change(ObservationDifference difference) => difference switch
    {
        { Before: null } => "ADDED",
        { After: null } => "REMOVED",
        { SpellingOnly: true } => "RESPELLED",
        _ => "CHANGED",
    };

    /// <summary>Names of the native columns in which the sides differ, both there; none where what differs is withheld.</summary>
    public static IEnumerable<string> Differing(ObservationDifference difference)
    {
        if (difference.Before is null || difference.After is null) return [];
        var (before, after) = (Pick(difference.Before, Content), Pick(difference.After, Content));
        return Content.Where((_, i) => before[i] != after[i]).Select(NativeColumns.Name);
    }

    private static string[] SideOf(ObservationRecord? record) => record is null
        ? [.. Side.Select(_ => "")]
        :
        [
            .. Pick(record, Content), record.DerivedValue, record.Withheld ? "true" : "false", record.Report,
            record.Position.ToString(), TimeText.Exact(record.CommitTime),
        ];

    private static string[] Pick(ObservationRecord record, NativeColumn[] columns)
    {
        var cells = NativeWriter.Cells(record.Observation);
        return [.. columns.Select(column => cells[(int)column])];
    }
}
