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

    public static void WriteCell(this CsvWriter csv, string text) => csv.WriteField(FormulaGuard.Protect(VisibleText.Steady(text)));
}
