using Google.Protobuf;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Catalogs;

/// <summary>The catalogue is data: it grows and changes while the hub runs, whole or not at all.</summary>
public sealed class LoadingTests
{
    private const string Indicator = "code,name_zh,unit,kind,direction\nT-NEW,示例指标,t,amount,lower\n";
    private const string Region = "code,name_zh,name_en,level,parent_code\n999001,示例区,Sample District,district,510000\n";
    private const string Organization = "id,name_zh,name_en,kind,regions,illustrative\nnewcity,示例市局,Sample Bureau,city,999001,false\n";

    [Fact]
    public async Task A_new_indicator_region_and_organisation_are_used_at_once()
    {
        await using var hub = await RunningHub.StartAsync();
        var before = await VersionAsync(hub);

        var loaded = (await LoadAsync(hub, (CatalogTableKind.Organizations, Organization), (CatalogTableKind.Regions, Region), (CatalogTableKind.Indicators, Indicator))).Loaded;

        Assert.Equal((3, 0, 0), (loaded.Created, loaded.Replaced, loaded.Unchanged));
        Assert.True(loaded.CatalogVersion > before);
        var row = new Observation { Region = "999001", Indicator = "T-NEW", Period = "2023", Value = "7" };
        var committed = (await SubmitAsync(hub, "newcity", "first", row)).Committed;
        Assert.Equal(1, committed.Counts.Created);
        var comparison = await hub.Metrics.CompareMetricsAsync(
            new CompareMetricsRequest { Indicators = { "T-NEW" }, Regions = { "999001" }, Periods = { "latest" } }, cancellationToken: Cancelled);
        Assert.Equal(("7", "示例指标"), (comparison.Comparisons[0].Cells[0].Value, comparison.Comparisons[0].Indicator.NameZh));
        Assert.Equal(loaded.CatalogVersion, comparison.CatalogVersion);

        var then = await hub.Catalog.ListIndicatorsAsync(new ListIndicatorsRequest { AsOf = new AsOf { Position = before } }, cancellationToken: Cancelled);
        Assert.DoesNotContain(then.Indicators, indicator => indicator.Code == "T-NEW");
        Assert.Equal(before, then.CatalogVersion);
    }

    [Fact]
    public async Task A_loaded_row_replaces_the_row_of_its_key_and_an_equal_one_changes_nothing()
    {
        await using var hub = await RunningHub.StartAsync();
        var first = (await LoadAsync(hub, (CatalogTableKind.Indicators, Indicator))).Loaded;

        var equal = (await LoadAsync(hub, (CatalogTableKind.Indicators, Indicator))).Loaded;
        Assert.Equal((first.CatalogVersion, 0, 0, 1), (equal.CatalogVersion, equal.Created, equal.Replaced, equal.Unchanged));

        var other = (await LoadAsync(hub, (CatalogTableKind.Indicators, Indicator.Replace("示例指标", "新名", StringComparison.Ordinal)))).Loaded;
        Assert.Equal((0, 1), (other.Created, other.Replaced));
        var listed = await hub.Catalog.ListIndicatorsAsync(new ListIndicatorsRequest(), cancellationToken: Cancelled);
        Assert.Equal("新名", listed.Indicators.Single(indicator => indicator.Code == "T-NEW").NameZh);
        Assert.Equal(other.CatalogVersion, listed.CatalogVersion);
    }

    [Fact]
    public async Task A_definition_of_other_units_under_the_same_version_is_refused_and_stored_values_stay_what_they_are()
    {
        await using var hub = await RunningHub.StartAsync();
        const string Columns = "code,version,name_zh,unit,kind,direction,numerator_unit,denominator_unit\n";
        await LoadAsync(hub, (CatalogTableKind.Indicators, Columns + "T-PER,1.0,示例强度,kg/t,intensity,lower,kg,t\n"));
        var row = new Observation { Region = "511800", Indicator = "T-PER", Period = "2023", Numerator = "1000", Denominator = "2", Note = "示例" };
        Assert.NotNull((await SubmitAsync(hub, "yaan", "parts", row)).Committed);
        Assert.Equal("500", await ValueAsync());
        var before = await VersionAsync(hub);

        var rejected = (await LoadAsync(hub, (CatalogTableKind.Indicators, Columns + "T-PER,1.0,示例强度,kg/t,intensity,lower,kg,10*3.t\n"))).Rejected;

        var fault = Assert.Single(rejected.Faults);
        Assert.Equal(("indicators.csv", 2, "denominator_unit", "10*3.t"), (fault.Table, fault.Line, fault.Column, fault.Observed));
        Words.AssertBoth(fault.MessageZh, fault.MessageEn);
        Assert.Equal(("500", before), (await ValueAsync(), await VersionAsync(hub)));

        // As another version it loads, and what was sent under the first one is still read by that.
        Assert.Equal(1, (await LoadAsync(hub, (CatalogTableKind.Indicators, Columns + "T-PER,1.1,示例强度,kg/t,intensity,lower,kg,10*3.t\n"))).Loaded.Created);
        Assert.Equal("500", await ValueAsync());

        async Task<string> ValueAsync() => (await hub.Metrics.CompareMetricsAsync(
            new CompareMetricsRequest { Indicators = { "T-PER" }, Regions = { "511800" }, Periods = { "2023" } }, cancellationToken: Cancelled)).Comparisons[0].Cells[0].Value;
    }

    [Fact]
    public async Task A_list_says_every_column_that_was_loaded_and_an_answer_that_names_a_row_does_not()
    {
        await using var hub = await RunningHub.StartAsync();
        await LoadAsync(hub, (CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction,further\nT-NEW,示例指标,t,amount,lower,\"a\r\n=b\"\n"));

        var listed = (await hub.Catalog.ListIndicatorsAsync(new ListIndicatorsRequest(), cancellationToken: Cancelled)).Indicators.Single(indicator => indicator.Code == "T-NEW");
        Assert.Equal(
            ["code T-NEW", "direction lower", "further a\r\n=b", "kind amount", "name_zh 示例指标", "unit t", "version 1.0"],
            listed.Columns.Select(column => $"{column.Key} {column.Value}").Order(StringComparer.Ordinal));
        await SubmitAsync(hub, "yaan", "one", new Observation { Region = "511800", Indicator = "T-NEW", Period = "2023", Value = "7" });
        var comparison = await hub.Metrics.CompareMetricsAsync(
            new CompareMetricsRequest { Indicators = { "T-NEW" }, Regions = { "511800" }, Periods = { "2023" } }, cancellationToken: Cancelled);
        Assert.Empty(comparison.Comparisons[0].Indicator.Columns);
    }

    [Fact]
    public async Task One_bad_row_refuses_the_load_and_nothing_of_it_is_applied()
    {
        await using var hub = await RunningHub.StartAsync();
        var before = await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled);

        var rejected = (await LoadAsync(hub, (CatalogTableKind.Regions, Region), (CatalogTableKind.Indicators, Indicator + "T-BAD,坏,nonsense unit,amount,lower\n"))).Rejected;

        var fault = Assert.Single(rejected.Faults);
        Assert.Equal(("indicators.csv", 3, "unit", 1), (fault.Table, fault.Line, fault.Column, rejected.TotalSize));
        Words.AssertBoth(fault.MessageZh, fault.MessageEn);
        Assert.Equal(before, await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled));
        var regions = await hub.Catalog.ListRegionsAsync(new ListRegionsRequest(), cancellationToken: Cancelled);
        Assert.DoesNotContain(regions.Regions, region => region.Code == "999001");
    }

    [Fact]
    public async Task A_scheme_of_ones_own_is_loaded_listed_with_its_members_and_asked_for_by_its_name()
    {
        await using var hub = await RunningHub.StartAsync();

        var loaded = (await LoadAsync(
            hub,
            (CatalogTableKind.SchemeMembers, "scheme,region,extent,valid_from,valid_to,note\nDELTA,500101,full,2020-01-01,2024-06-01,示例\nDELTA,511800,partial,,,\nDELTA,500102,none,,,\n"),
            (CatalogTableKind.Schemes, "code,name_zh,name_en,source\nDELTA,示例范围,Sample scheme,示例\n"))).Loaded;

        Assert.Equal(4, loaded.Created);
        var lists = await hub.Catalog.ListRegionSchemesAsync(new ListRegionSchemesRequest(), cancellationToken: Cancelled);
        Assert.Equal(["CIRCLE", "CO-BUILDING-2022", "DELTA", "NATIONAL-14FYP", "REPORTING-UNITS"], lists.Schemes.Select(scheme => scheme.Code));
        Assert.Equal([false, false, false, false, true], lists.Schemes.Select(scheme => scheme.ReportingUnits));
        Assert.Equal(
            ["500101 Full 2020-01-01 2024-06-01", "500102 None  ", "511800 Partial  "],
            lists.Schemes[2].Members.Select(member => $"{member.Region} {member.Extent} {member.ValidFrom} {member.ValidTo}"));

        var request = new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Scheme = "sample SCHEME", Periods = { "2019", "2023", "2024" } };
        var answer = await hub.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled);
        Assert.Equal(["511800", "500101 511800", "511800"], answer.Comparisons.Select(table => string.Join(' ', table.Cells.Select(cell => cell.Region))));

        var before = new AsOf { Position = loaded.CatalogVersion - 1 };
        Assert.Equal(4, (await hub.Catalog.ListRegionSchemesAsync(new ListRegionSchemesRequest { AsOf = before }, cancellationToken: Cancelled)).Schemes.Count);
    }

    [Fact]
    public async Task A_checked_load_changes_nothing()
    {
        await using var hub = await RunningHub.StartAsync();
        var before = await VersionAsync(hub);

        var checkedOnly = (await LoadAsync(hub, validateOnly: true, (CatalogTableKind.Indicators, Indicator))).Loaded;

        Assert.Equal((before, 1), (checkedOnly.CatalogVersion, checkedOnly.Created));
        Assert.Equal(before, await VersionAsync(hub));
    }

    [Fact]
    public async Task An_illustrative_organisation_is_a_fault_on_a_hub_without_the_switch()
    {
        await using var hub = await RunningHub.StartAsync();

        var rejected = (await LoadAsync(hub, (CatalogTableKind.Organizations, "id,name_zh,regions,illustrative\ndemo-x,示例,511800,true\n"))).Rejected;

        Assert.Equal("illustrative", Assert.Single(rejected.Faults).Column);
    }

    [Fact]
    public async Task A_load_survives_a_restart_and_the_built_in_catalogue_does_not_come_over_it()
    {
        var first = await RunningHub.StartAsync();
        var csv = "code,name_zh,name_en,level\n500101,万州（新）,Wanzhou (new),district\n";
        var version = (await LoadAsync(first, (CatalogTableKind.Regions, csv))).Loaded.CatalogVersion;

        await using var second = await first.RestartAsync();

        var regions = await second.Catalog.ListRegionsAsync(new ListRegionsRequest(), cancellationToken: Cancelled);
        Assert.Equal(("万州（新）", version), (regions.Regions.Single(region => region.Code == "500101").NameZh, regions.CatalogVersion));
    }

    [Fact]
    public async Task A_pinned_catalogue_serves_while_what_the_rows_use_is_in_force()
    {
        await using var hub = await RunningHub.StartAsync();
        var pinned = await VersionAsync(hub);
        await LoadAsync(hub, (CatalogTableKind.Indicators, Indicator));

        var request = Rows.Report("pinned", Rows.Tonnes("2024", "1"));
        request.CatalogVersion = pinned;
        Assert.NotNull((await hub.Reports.SubmitReportAsync(request, RunningHub.As("yaan"), cancellationToken: Cancelled)).Committed);

        var newer = Rows.Report("too-new", new Observation { Region = "511800", Indicator = "T-NEW", Period = "2024", Value = "1" });
        newer.CatalogVersion = pinned;
        var rejected = (await hub.Reports.SubmitReportAsync(newer, RunningHub.As("yaan"), cancellationToken: Cancelled)).Rejected;
        Assert.Equal("indicator", Assert.Single(rejected.Findings).Field);
    }

    [Fact]
    public async Task An_upload_whose_definition_left_force_is_stale_and_releases_nothing()
    {
        await using var hub = await RunningHub.StartAsync();
        await LoadAsync(hub, (CatalogTableKind.Indicators, Indicator));
        var row = new Observation { Region = "511800", Indicator = "T-NEW", Period = "2024", Value = "1" };
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync("stale");
        await talk.ChunkAsync(0, row);
        await talk.HearAckAsync();
        await LoadAsync(hub, (CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction,valid_to\nT-NEW,示例指标,t,amount,lower,2020\n"));

        await talk.CommitAsync(row);
        await talk.HearRefusalAsync(ErrorReason.CatalogStale);

        Assert.Empty((await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled)).Observations);
        await talk.OpenAsync("stale", open => open.Restart = true);
        await talk.ChunkAsync(0, row);
        Assert.Equal("DEF-1@1", Assert.Single((await talk.HearAckAsync()).Findings).Rule);
    }

    [Fact]
    public async Task Bridges_and_densities_are_loaded_listed_and_known_as_of_before_not()
    {
        await using var hub = await RunningHub.StartAsync();
        var before = await VersionAsync(hub);

        var loaded = (await LoadAsync(
            hub,
            (CatalogTableKind.Bridges, "indicator,from_major,to_major,factor,overlap_period,source,approver\nT-NEW,1,2,0.95/1.05,2021,示例文件,示例单位\n"),
            (CatalogTableKind.Densities, "indicators,categories,value,unit,source\nT-*,HW08 _T,0.90,t/m3,示例文件\n"),
            (CatalogTableKind.Indicators, Indicator + "T-NEW2,示例,t,amount,lower\n"),
            (CatalogTableKind.Indicators, "code,version,name_zh,unit,kind,direction\nT-NEW,2.0,示例指标,t,amount,lower\n"))).Loaded;

        Assert.Equal(5, loaded.Created);
        var bridges = await hub.Catalog.ListBridgesAsync(new ListBridgesRequest(), cancellationToken: Cancelled);
        Assert.Equal(loaded.CatalogVersion, bridges.CatalogVersion);
        Assert.Equal(
            new Bridge
            {
                Indicator = "T-NEW", FromMajor = 1, ToMajor = 2, Regions = { "*" }, Factor = "0.95/1.05", OverlapPeriod = "2021", Source = "示例文件", Approver = "示例单位",
                Columns =
                {
                    ["indicator"] = "T-NEW", ["from_major"] = "1", ["to_major"] = "2", ["regions"] = "*", ["factor"] = "0.95/1.05",
                    ["overlap_period"] = "2021", ["source"] = "示例文件", ["approver"] = "示例单位",
                },
            },
            Assert.Single(bridges.Bridges));
        var densities = await hub.Catalog.ListDensitiesAsync(new ListDensitiesRequest(), cancellationToken: Cancelled);
        Assert.Equal(
            new Density
            {
                Indicators = { "T-*" }, Categories = { "HW08", "_T" }, Value = "0.90", Unit = "t/m3", Source = "示例文件",
                Columns = { ["indicators"] = "T-*", ["categories"] = "HW08 _T", ["value"] = "0.90", ["unit"] = "t/m3", ["source"] = "示例文件" },
            },
            Assert.Single(densities.Densities));

        var then = new AsOf { Position = before };
        Assert.Empty((await hub.Catalog.ListBridgesAsync(new ListBridgesRequest { AsOf = then }, cancellationToken: Cancelled)).Bridges);
        Assert.Empty((await hub.Catalog.ListDensitiesAsync(new ListDensitiesRequest { AsOf = then }, cancellationToken: Cancelled)).Densities);
    }

    [Fact]
    public async Task A_bridge_without_a_factor_is_refused_in_its_own_words()
    {
        await using var hub = await RunningHub.StartAsync();

        var rejected = (await LoadAsync(
            hub,
            (CatalogTableKind.Indicators, Indicator + "T-NEW2,示例,t,amount,lower\n"),
            (CatalogTableKind.Indicators, "code,version,name_zh,unit,kind,direction\nT-NEW,2.0,示例指标,t,amount,lower\n"),
            (CatalogTableKind.Bridges, "indicator,from_major,to_major,factor,overlap_period,source,approver\nT-NEW,1,2,,2021,示例文件,示例单位\n"))).Rejected;

        var fault = Assert.Single(rejected.Faults);
        Assert.Equal((2, "factor"), (fault.Line, fault.Column));
        Assert.Contains("bridges nothing", fault.MessageEn, StringComparison.Ordinal);
        Assert.Contains("衔接", fault.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_indicator_says_how_it_aggregates_and_a_target_where_its_way_begins()
    {
        await using var hub = await RunningHub.StartAsync();
        await LoadAsync(
            hub,
            (CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction,aggregation\nT-NEW,示例指标,1,count,higher,last\n"),
            (CatalogTableKind.Targets, "id,region,period,indicator,relation,name_zh,comparator,value,unit,base_period,base_value\nX1,500101,2025,T-NEW,same,示例,>=,65,1,2020,50.0\n"));

        var indicators = (await hub.Catalog.ListIndicatorsAsync(new ListIndicatorsRequest(), cancellationToken: Cancelled)).Indicators;
        Assert.Equal(Aggregation.Last, indicators.Single(indicator => indicator.Code == "T-NEW").Aggregation);
        Assert.Equal(Aggregation.Parts, indicators.Single(indicator => indicator.Code == "ZW21-19").Aggregation);
        Assert.DoesNotContain(indicators, indicator => indicator.Aggregation == Aggregation.Unspecified);
        var targets = (await hub.Catalog.ListTargetsAsync(new ListTargetsRequest(), cancellationToken: Cancelled)).Targets;
        Assert.Equal("2020 50.0", targets.Where(target => target.Id == "X1").Select(target => $"{target.BasePeriod} {target.BaseValue}").Single());
        Assert.Equal(" ", targets.Where(target => target.Id == "T07-1").Select(target => $"{target.BasePeriod} {target.BaseValue}").Single());
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<long> VersionAsync(RunningHub hub) =>
        (await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).CatalogVersion;

    private static Task<LoadCatalogResponse> LoadAsync(RunningHub hub, params (CatalogTableKind Kind, string Csv)[] tables) => LoadAsync(hub, validateOnly: false, tables);

    private static async Task<LoadCatalogResponse> LoadAsync(RunningHub hub, bool validateOnly, params (CatalogTableKind Kind, string Csv)[] tables)
    {
        var request = new LoadCatalogRequest { ValidateOnly = validateOnly };
        request.Tables.AddRange(tables.Select(table => new CatalogTable
        {
            Kind = table.Kind, Name = $"{table.Kind.ToString().ToLowerInvariant()}.csv", Csv = ByteString.CopyFromUtf8(table.Csv),
        }));
        return await hub.Admin.LoadCatalogAsync(request, RunningHub.AsAdmin, cancellationToken: Cancelled);
    }

    private static async Task<SubmitReportResponse> SubmitAsync(RunningHub hub, string organization, string id, params Observation[] rows) =>
        await hub.Reports.SubmitReportAsync(
            new SubmitReportRequest { Report = Rows.Name(id, organization), Rows = { rows } }, RunningHub.As(organization), cancellationToken: Cancelled);
}
