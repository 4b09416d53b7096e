using System.Text;
using WasteFree.Exchange.Catalog;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary><c>wfx catalog TABLE --format csv</c> is what <c>wfx catalog load</c> reads.</summary>
public sealed class CatalogExportTests : IAsyncLifetime
{
    private static readonly string[] Tables = [.. Enum.GetValues<CatalogTableKind>().Select(NameOf)];

    private HubForCli _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubForCli.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task The_built_in_catalogue_exported_and_loaded_into_nothing_is_the_built_in_catalogue()
    {
        var exported = await ExportAsync(_hub);

        var load = CatalogLoader.Load([.. exported.Select(table => new CatalogTable(Enum.GetValues<CatalogTableKind>().Single(kind => NameOf(kind) == table.Key), table.Key, Encoding.UTF8.GetBytes(table.Value)))], [], allowIllustrative: true);

        Assert.Empty(load.Faults);
        var builtIn = CatalogLoader.Load([.. BuiltInCatalog.Tables, .. BuiltInCatalog.IllustrativeTables], [], allowIllustrative: true);
        Assert.Equal(builtIn.Changed.OrderBy(row => row.Kind).ThenBy(row => row.Key), load.Changed.OrderBy(row => row.Kind).ThenBy(row => row.Key));
    }

    [Fact]
    public async Task An_export_loads_into_another_hub_comes_out_of_it_byte_for_byte_and_changes_nothing_where_it_came_from()
    {
        await LoadAsync(
            _hub,
            ("indicators", "code,version,name_zh,unit,kind,direction,scopes,hard_min,further,=odd\nX-1,1.0,\"示例, \"\"甲\"\"\",t,amount,lower,URBAN RURAL,-5,\"一\r\n二\",=1+1\nX-1,2.0,示例,kg,amount,lower,,,'@x,\n"),
            ("categories", "code_list,code,name_zh,indicators\nX,X1,示例,X-*\n"),
            ("targets", "id,region,period,indicator,relation,name_zh,comparator,value,unit,note,base_period,base_value\nX-T,500101,2024,X-1,same,示例,=,0,kg,-not a number,2020,-1\n"),
            ("tasks", "task_no,title_zh,targets\n1,示例,X-T\n"),
            ("mandates", "organization,indicators,regions,authoritative,due_days,evidence\nyaan,X-*,511800,FALSE,30,示例\n"),
            ("bridges", "indicator,from_major,to_major,factor,overlap_period,source,approver\nX-1,1,2,0.95/1.05,2021,示例,示例\n"),
            ("schemes", "code,name_zh,further\nX,示例,=1+1\n"),
            ("scheme-members", "scheme,region,extent,valid_to,further\nX,500101,partial,2030-01-01,甲\nCIRCLE,500102,none,,\n"),
            ("densities", "indicators,value,unit,source\nX-1,0.35,t/m3,示例\n"),
            ("grants", "grantee,owner,indicators,purpose,valid_until\nyaan,*,X-*,示例,2030-12-31\n"));
        var exported = await ExportAsync(_hub);

        await using (var other = await HubForCli.StartAsync())
        {
            await LoadAsync(other, [.. exported.Select(table => (table.Key, table.Value))]);
            Assert.Equal(exported, await ExportAsync(other));
        }

        var again = await LoadAsync(_hub, [.. exported.Select(table => (table.Key, table.Value))]);
        // Position 3: the built-in catalogue, the illustrative organisations, the load above.
        Assert.StartsWith("3,0,0,", again, StringComparison.Ordinal);
    }

    private static string NameOf(CatalogTableKind kind) => kind == CatalogTableKind.SchemeMembers ? "scheme-members" : $"{kind}".ToLowerInvariant();

    private static async Task<string> LoadAsync(HubForCli hub, params (string Table, string Csv)[] tables)
    {
        var files = tables.SelectMany(table => new[] { $"--{table.Table}", hub.Write($"{table.Table}.csv", table.Csv) });
        var run = await hub.RunAsync(["catalog", "load", "--format", "csv", .. files]);
        Assert.True(run.ExitCode == 0, run.Error + run.Out);
        return run.Lines[1];
    }

    private static async Task<SortedDictionary<string, string>> ExportAsync(HubForCli hub)
    {
        var exported = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            var run = await hub.RunAsync("catalog", table, "--format", "csv");
            Assert.True(run.ExitCode == 0, run.Error);
            exported[table] = run.Out;
        }
        return exported;
    }
}
