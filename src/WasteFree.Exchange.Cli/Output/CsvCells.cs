using CsvHelper;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>
/// The one way in which CSV is written: lines end with LF, no cell is a formula, and none steers whoever looks at the file.
/// </summary>
internal static class CsvCells
{
    public static CsvWriter WriterOf(TextWriter output, bool leaveOpen = true) =>
        CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen);

    public static void WriteRecord(this CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells) csv.WriteCell(cell);
        csv.EndRecord();
    }

    /// <summary>A ledger position; empty where there is none.</summary>
    public static string Position(long position) => position > 0 ? position.ToString() : "";

    public static void WriteCell(this CsvWriter csv, string text) => csv.WriteField(FormulaGuard.Protect(VisibleText.Steady(text)));
}
