using System.Text;
using WasteFree.Exchange.Server.Tests.Comparability;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Paging;

/// <summary>A hub with more in every list than one answer holds, all of it made up (示例) from a seed.</summary>
internal sealed class LargeStore : IAsyncDisposable
{
    public const int Regions = 1_200;
    public const int Revisions = 420;

    private LargeStore(MetricHub hub) => Hub = hub;

    public MetricHub Hub { get; }

    public static string Place(int number) => $"L{number:D4}";

    public static async Task<LargeStore> StartAsync(int seed)
    {
        var random = new Random(seed);
        var hub = await MetricHub.StartAsync();
        var regions = new StringBuilder("code,name_zh,name_en,level,parent_code,note\n");
        for (var i = 0; i < Regions; i++) regions.Append($"{Place(i)},示例{i}市,Sample {i},prefecture,P,{Text(random, 700)}\n");
        await hub.LoadAsync(CatalogTableKind.Regions, regions.ToString());
        var targets = new StringBuilder("target_id,region,period,indicator,relation,name_zh,comparator,value,unit,quote\n");
        for (var i = 0; i < Regions; i++) targets.Append($"N{i:D4},{Place(i)},2023,T-AMOUNT,same,示例目标{i},<=,5,t,{Text(random, 500)}\n");
        await hub.LoadAsync(CatalogTableKind.Targets, targets.ToString());

        foreach (var some in Enumerable.Range(0, Regions).Chunk(200))
            await hub.SubmitAsync([.. some.Select(i => Noted(MadeUp.Value("T-AMOUNT", Place(i), "2023", $"{random.Next(1, 10)}"), random))]);
        // One key with a long history: each report says another number of it.
        for (var i = 0; i < Revisions; i++) await hub.SubmitAsync(Noted(MadeUp.Value("T-STOCK", "A", "2023", $"{i}"), random));
        return new LargeStore(hub);
    }

    private static Observation Noted(Observation row, Random random)
    {
        row.Note = Text(random, 1_000);
        return row;
    }

    /// <summary>Chinese text, three bytes a character; mostly short, sometimes as long as may be.</summary>
    private static string Text(Random random, int most) => new('示', random.Next(3) == 0 ? random.Next(most) + 1 : most - random.Next(50));

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
