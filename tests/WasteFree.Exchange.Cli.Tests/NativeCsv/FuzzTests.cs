using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Tests.Shared.Fuzzing;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.NativeCsv;

/// <summary>Whatever bytes a file holds: rows, or faults that name a line, and what is read is written back as it was.</summary>
public sealed class FuzzTests
{
    [Fact]
    public async Task A_file_gives_rows_or_faults_and_its_rows_survive_being_written()
    {
        var tried = await new Fuzzer("native-csv").RunAsync(async bytes =>
        {
            using var file = new CsvFile(bytes);
            var scan = await FileScan.ReadAsync(file.Path, null, CancellationToken.None);
            if (scan.Encoding is null) return;
            var (rows, faults) = await file.ReadAsync(null, CancellationToken.None);
            Assert.All(faults, fault => Assert.True(fault.Line >= 0 && fault.MessageZh.Length > 0 && fault.MessageEn.Length > 0));
            // What would steer a terminal is written by its name, and comes back as that.
            if (rows.Count == 0 || rows.Any(row => NativeWriter.Cells(row.Observation).Any(cell => cell.Any(VisibleText.Steers)))) return;

            var text = new StringWriter();
            await using (var writer = new NativeWriter(text, withSource: false, withMark: false))
                foreach (var row in rows) await writer.WriteAsync(row.Observation, CancellationToken.None);
            var (again, none) = await CsvFile.ReadTextAsync(text.ToString(), CancellationToken.None);
            Assert.Empty(none);
            Assert.Equal(rows.Select(row => row.Observation), again.Select(row => row.Observation));
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} inputs of native-csv");
    }
}
