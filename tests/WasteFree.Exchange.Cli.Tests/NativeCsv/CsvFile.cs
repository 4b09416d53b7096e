using System.Text;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Tests.NativeCsv;

/// <summary>A file on disk, and what the reader makes of it.</summary>
internal sealed class CsvFile : IDisposable
{
    public static readonly CatalogNames Names = new(
        [
            new Indicator { Code = "ZW21-19", NameZh = "秸秆综合利用率", NameEn = "Crop straw comprehensive utilisation rate" },
            new Indicator { Code = "ZW21-19", Version = "2.0", NameZh = "秸秆综合利用率", NameEn = "Crop straw comprehensive utilisation rate" },
            new Indicator { Code = "CELLS", NameZh = "细胞数量", NameEn = "Cells", Unit = "{unit}" },
            new Indicator { Code = "A-1", NameZh = "同名指标", NameEn = "first" },
            new Indicator { Code = "A-2", NameZh = "同名指标", NameEn = "second" },
        ],
        [
            new Region { Code = "500101", NameZh = "万州区", NameEn = "Wanzhou" },
            new Region { Code = "511800", NameZh = "雅安市", NameEn = "Ya'an" },
        ],
        []);

    private readonly string _path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"wfx-test-{Guid.NewGuid():N}.csv");

    public CsvFile(byte[] bytes) => File.WriteAllBytes(_path, bytes);

    public CsvFile(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public string Path => _path;

    public static async Task<(List<NativeRow> Rows, List<Fault> Faults)> ReadTextAsync(string text, CancellationToken cancellationToken)
    {
        using var file = new CsvFile(text);
        return await file.ReadAsync(null, cancellationToken);
    }

    public async Task<(List<NativeRow> Rows, List<Fault> Faults)> ReadAsync(string? encoding, CancellationToken cancellationToken)
    {
        var scan = await FileScan.ReadAsync(_path, encoding, cancellationToken);
        var faults = new List<Fault>();
        var rows = new List<NativeRow>();
        await foreach (var row in new NativeReader(_path, scan.Encoding!, Names).ReadAsync(faults.Add, cancellationToken)) rows.Add(row);
        return (rows, faults);
    }

    public void Dispose() => File.Delete(_path);
}
