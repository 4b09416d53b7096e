using CsvHelper;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>Small tables as CSV, every line ended by LF.</summary>
internal static class CsvText
{
    public static void Write(TextWriter output, string[] header, IEnumerable<string[]> rows)
    {
        using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        foreach (var row in rows.Prepend(header))
        {
            foreach (var cell in row) csv.WriteField(cell);
            csv.EndRecord();
        }
    }
}
