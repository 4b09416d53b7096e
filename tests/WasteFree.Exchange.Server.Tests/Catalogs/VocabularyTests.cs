using Google.Protobuf;
using Google.Protobuf.Collections;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Catalogs;

/// <summary>A table keeps its words; the contract says the same by enums, so that no client has to know a word.</summary>
public sealed class VocabularyTests
{
    [Fact]
    public async Task Each_word_of_a_table_is_one_value_of_its_enum()
    {
        await using var hub = await RunningHub.StartAsync(allowIllustrative: true);
        await LoadAsync(hub, CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction,owner,sharing",
            "V-1,示例一,t,amount,lower,chongqing,无条件", "V-2,示例二,t,amount,lower,sichuan,不予共享", "V-3,示例三,t,amount,lower,,");
        await LoadAsync(hub, CatalogTableKind.Regions, "code,name_zh,level", "V-R,示例区,");
        await LoadAsync(hub, CatalogTableKind.Organizations, "id,name_zh,kind,regions", "v-hub,示例,hub,500101", "v-department,示例,department,500101", "v-none,示例,,500101", "v-province,示例,province,500101");
        await LoadAsync(hub, CatalogTableKind.Targets, "target_id,region,period,indicator,relation,name_zh,comparator,value,unit,kind", "V-T,500101,2024,V-1,same,示例,>=,1,t,");
        await LoadAsync(hub, CatalogTableKind.Tasks, "source_document,task_no,title_zh,mode", "示例,1,示例,牵头");

        var indicators = (await hub.Catalog.ListIndicatorsAsync(new ListIndicatorsRequest { PageSize = 1000 }, cancellationToken: Cancelled)).Indicators;
        var regions = (await hub.Catalog.ListRegionsAsync(new ListRegionsRequest { PageSize = 1000 }, cancellationToken: Cancelled)).Regions;
        var organizations = (await hub.Catalog.ListOrganizationsAsync(new ListOrganizationsRequest { PageSize = 1000 }, cancellationToken: Cancelled)).Organizations;
        var targets = (await hub.Catalog.ListTargetsAsync(new ListTargetsRequest { PageSize = 1000 }, cancellationToken: Cancelled)).Targets;
        var tasks = (await hub.Catalog.ListTasksAsync(new ListTasksRequest { PageSize = 1000 }, cancellationToken: Cancelled)).Tasks;

        Assert.Equal(
            [
                ("", DefinitionOwner.Unspecified), ("chongqing", DefinitionOwner.Chongqing), ("hub", DefinitionOwner.Hub),
                ("nation", DefinitionOwner.Nation), ("sichuan", DefinitionOwner.Sichuan), ("wanzhou", DefinitionOwner.Wanzhou),
            ],
            Pairs(indicators, row => (Word(row.Columns, "owner"), row.Owner)));
        Assert.Equal(
            [
                ("", SharingAttribute.Conditional), ("不予共享", SharingAttribute.NotShared), ("无条件", SharingAttribute.Unconditional),
                ("有条件", SharingAttribute.Conditional),
            ],
            Pairs(indicators, row => (Word(row.Columns, "sharing"), row.Sharing)));
        Assert.Equal(
            [
                ("", RegionLevel.Unspecified), ("county", RegionLevel.County), ("county-level city", RegionLevel.CountyLevelCity),
                ("district", RegionLevel.District), ("functional area", RegionLevel.FunctionalArea), ("prefecture", RegionLevel.Prefecture),
                ("province", RegionLevel.Province),
            ],
            Pairs(regions, row => (Word(row.Columns, "level"), row.Level)));
        Assert.Equal(
            [
                ("", OrganizationKind.Unspecified), ("city", OrganizationKind.City), ("demo", OrganizationKind.Demo),
                ("department", OrganizationKind.Department), ("district", OrganizationKind.District), ("hub", OrganizationKind.Hub),
                ("province", OrganizationKind.Province),
            ],
            Pairs(organizations, row => (Word(row.Columns, "kind"), row.Kind)));
        Assert.Equal(
            [
                ("", TargetKind.Unspecified), ("amount", TargetKind.Amount), ("count", TargetKind.Count), ("event", TargetKind.Event),
                ("ratio", TargetKind.Ratio), ("threshold", TargetKind.Threshold),
            ],
            Pairs(targets, row => (Word(row.Columns, "kind"), row.Kind)));
        Assert.Equal(
            [("", TaskMode.Unspecified), ("按职责分工", TaskMode.ByResponsibility), ("牵头", TaskMode.Lead)],
            Pairs(tasks, row => (Word(row.Columns, "mode"), row.Mode)));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Word(MapField<string, string> columns, string column) => columns.TryGetValue(column, out var word) ? word : "";

    private static IEnumerable<(string Word, T Value)> Pairs<TRow, T>(IEnumerable<TRow> rows, Func<TRow, (string Word, T Value)> pair) =>
        rows.Select(pair).Distinct().OrderBy(pair => pair.Word, StringComparer.Ordinal);

    private static async Task LoadAsync(RunningHub hub, CatalogTableKind kind, string header, params string[] rows)
    {
        var table = new CatalogTable { Kind = kind, Name = "table.csv", Csv = ByteString.CopyFromUtf8($"{header}\n{string.Join('\n', rows)}\n") };
        var answer = await hub.Admin.LoadCatalogAsync(new LoadCatalogRequest { Tables = { table } }, RunningHub.AsAdmin, cancellationToken: Cancelled);
        Assert.NotNull(answer.Loaded);
    }
}
