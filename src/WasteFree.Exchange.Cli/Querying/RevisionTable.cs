using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>The entries of a history, for the eye and as flat text.</summary>
internal static class RevisionTable
{
    /// <summary>A table is for the eye: more rows are for csv.</summary>
    private const int TableRows = 1000;

    /// <summary>Where an entry stands and what took its place, then the native columns; a withdrawal has those of the key only.</summary>
    public static readonly string[] Columns =
    [
        "position", "commit_time", "withdrawn", "superseded_position", "superseded_time", "report", "organization", "illustrative", "mark",
        "derived_value", "withheld", .. NativeColumns.All.Select(NativeColumns.Name), "spelling_only", "affirmed_report", "retracted_position",
    ];

    public static string[] Flat(Revision revision)
    {
        var record = revision.Observation;
        return
        [
            record.Position.ToString(),
            TimeText.Exact(record.CommitTime),
            revision.Withdrawn ? "true" : "false",
            CsvCells.Position(revision.SupersededPosition),
            revision.SupersededTime is { } time ? TimeText.Exact(time) : "",
            record.Report,
            record.Organization,
            record.Illustrative ? "true" : "false",
            record.Illustrative ? Words.Illustrative : "",
            record.DerivedValue,
            record.Withheld ? "true" : "false",
            .. NativeWriter.Cells(record.Observation),
            revision.SpellingOnly ? "true" : "false",
            record.AffirmedReport,
            CsvCells.Position(record.RetractedPosition),
        ];
    }

    public static async Task<long> ShowAsync(IAsyncEnumerable<Revision> revisions, CatalogNames names, Terminal terminal)
    {
        var shown = await revisions.Take(TableRows).ToListAsync();
        if (shown.Count > 0)
        {
            var key = shown[0].Observation.Observation;
            var category = key.Category == "_T" ? "" : $"  {key.Category}";
            terminal.Results.Say(
                $"{names.IndicatorName(key.Indicator)} {key.Indicator}  {names.RegionName(key.Region)}  {key.Period}  {Words.Scope(key.Scope)}{category}");
        }
        var table = new TextTable(
            TextColumn.Number("位置 Position"), TextColumn.Code("时间 Time"), TextColumn.Code("来源 Source"),
            TextColumn.Number("数值 Value"), TextColumn.Code("单位 Unit"), TextColumn.Code("状态"),
            TextColumn.Prose("报告 Report"), TextColumn.Number("至 Until"));
        foreach (var revision in shown)
        {
            var record = revision.Observation;
            table.Add(
                record.Position.ToString(),
                TimeText.Seconds(record.CommitTime),
                record.Organization + (record.Illustrative ? $" {Words.Illustrative}" : ""),
                revision.Withdrawn ? "撤回 withdrawn" : ObservationTable.Value(record),
                record.Observation.Unit,
                string.Join(' ', record.Observation.Status),
                Words.Reports(Id(record.Report), Id(record.AffirmedReport)) + (revision.SpellingOnly ? $"\n{Words.SpellingOnly}" : ""),
                CsvCells.Position(revision.SupersededPosition));
        }
        terminal.Results.Show(table);
        if (shown.Count == TableRows) terminal.Note($"至多显示{TableRows}行 at most {TableRows} rows are shown; --format csv 输出全部 gives all.");
        return shown.Count;
    }

    private static string Id(string report) => report[(report.LastIndexOf('/') + 1)..];
}
