using WasteFree.Exchange.Catalog;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

/// <summary>Tables as partners have them, without this project's further columns.</summary>
public sealed class PlainTablesTests
{
    private const string IndicatorsOf2021 = """
        code,name_zh,name_en,level1,level2,mandatory,unit,numerator,denominator,direction,kind,source,confidence,evidence
        ZW21-01,一般工业固体废物产生强度,General industrial solid waste generation intensity,1 固体废物源头减量,1.1 工业源头减量,true,t/(10*4.{CNY}),一般工业固体废物产生量,工业增加值,lower,intensity,市生态环境局、市统计局,medium,2019 item 1 gives the pattern (per 10^4 yuan of industrial value added); the 2021 split into general/hazardous is recalled
        ZW21-11,生活垃圾清运量,Municipal solid waste collected and transported,1 固体废物源头减量,1.4 生活领域源头减量,true,t,生活垃圾清运量,,lower,amount,市城市管理局/市住房城乡建设局,high,name confirmed by the Xuzhou news item (given there in 10^4 t a year)
        ZW21-15,一般工业固体废物综合利用率,Comprehensive utilisation rate of general industrial solid waste,2 固体废物资源化利用,2.1 工业固体废物资源化利用,true,%,一般工业固体废物综合利用量（含综合利用往年贮存量）,一般工业固体废物产生量＋综合利用往年贮存量,higher,ratio,市生态环境局,high,formula found (2019 text item 14; togowu.cn/NBS)
        ZW21-19,秸秆综合利用率,Crop straw comprehensive utilisation rate,2 固体废物资源化利用,2.2 农业固体废物资源化利用,true,%,秸秆综合利用量（五料化）,秸秆可收集资源量（测算）,higher,ratio,市农业农村局,high,formula found (2019 item 17)
        ZW21-39,“无废城市”建设协调机制,Coordination mechanism in place,4 保障能力,4.1 制度体系建设,true,1,,,higher,flag,市人民政府,medium,recalled
        ZW21-41,开展“无废城市细胞”建设的单位数量,Number of units building waste-free city cells,4 保障能力,4.1 制度体系建设,false,{unit},开展“无废城市细胞”建设的单位数量,,higher,count,各相关部门,high,name and meaning found (2019 item 12); mandatory mark uncertain
        """;

    private const string IndicatorsOfTheHub = """
        code,name_zh,name_en,level1,level2,mandatory,unit,numerator,denominator,direction,kind,source,confidence,evidence
        HUB-HW-GEN,危险废物产生量,Hazardous waste generated,H 危险废物台账,H.1 年度平衡,false,t,危险废物产生量,,lower,amount,市（州）生态环境局,high,column of the public bulletins
        HUB-HW-STOCK,危险废物期末贮存量,Hazardous waste in stock at the end of the period,H 危险废物台账,H.1 年度平衡,false,t,,,lower,stock,市（州）生态环境局,high,"closing_stock_t; the opening stock is last period's stock, not a row"
        AUX-GDP,地区生产总值（现价）,"Gross regional product, current prices",A 辅助序列,A.1 人口与经济,false,10*4.{CNY},,,neutral,amount,统计局,high,auxiliary denominator; no values invented
        WZ24-03-1,“无废城市细胞”建设数量,Waste-free city cells built,W 万州区2024年重点工作任务,W.3 第3项任务,false,{unit},,,higher,count,万州区有关部门,high,万无废组〔2024〕1号
        WZ24-04-1,自评估报送区无废办日期,Day the self-assessment reached the district office,W 万州区2024年重点工作任务,W.4 第4项任务,false,1,,,higher,event,万州区有关部门,high,万无废组〔2024〕1号
        WZ24-16-2,绿色建材在城镇新建建筑的应用比例,Use of green building materials in new urban buildings,W 万州区2024年重点工作任务,W.16 第16项任务,false,%,,,higher,ratio,万州区有关部门,high,万无废组〔2024〕1号
        """;

    private const string Regions = """
        code,name_zh,name_en,level,parent_code,confidence,note,overlaps,valid_from,former_meaning
        500000,重庆市,Chongqing,province,,high,27 districts/counties wholly and two partly in the circle; the national list names only its main urban area (中心城区),,,
        510000,四川省,Sichuan,province,,high,"15 of 21 prefecture-level units in the circle; 8 cities, not the province, are on the national list",,,
        500101,万州区,Wanzhou,district,500000,high,in the 2020 Chongqing second batch of pilots,,,
        500105,江北区,Jiangbei,district,500000,high,"main urban area (中心城区), national 14th-FYP list",,,
        500109,北碚区,Beibei,district,500000,high,"main urban area (中心城区), national 14th-FYP list",,,
        500110,綦江区,Qijiang,district,500000,high,code reused: until 2011 it meant 万盛区,,2011-10-22,万盛区
        500112,渝北区,Yubei,district,500000,high,"main urban area (中心城区), national 14th-FYP list",,,
        510700,绵阳市,Mianyang,prefecture,510000,high,,,,
        510726,北川羌族自治县,Beichuan Qiang Autonomous County,county,510700,high,excluded from the circle; listed through 510700,,,
        CQX-LJXQ,两江新区,Liangjiang New Area,functional area,500000,medium,"local code of this table; reporting unit of Chongqing’s own assessment; overlaps 500105, 500109, 500112; no GB/T 2260 code",500105 500109 500112,,
        """;

    private const string Categories = """
        code_list,code,name_zh,name_en,indicators
        ,_T,合计,total,*
        HW,HW09,油/水、烃/水混合物或乳化液,"Oil/water and hydrocarbon/water mixtures, emulsions",HUB-HW-*
        CELL,CELL02,无废公共机构（学校、医院除外）,waste-free public institution (schools and hospitals excluded),WZ24-03-1 ZW21-41
        """;

    private const string Targets = """
        target_id,region,period,deadline,indicator,relation,related_indicator,scope,category,name_zh,name_en,comparator,comparator_stated,value,unit,departments_zh,task_no,source_document,clause,quote,kind,note
        T03-1,500101,2024,2024-12-31,WZ24-03-1,same,ZW21-41,WHOLE,_T,“无废城市细胞”建设数量（13类合计）,Waste-free city cells built (13 types together),>=,false,48,{unit},区生态环境局、领导小组成员单位（按附件牵头部门分工）,3,万无废组〔2024〕1号,第3项,完成年度市级“无废城市细胞”建设目标任务,count,48 is the sum of the annex; the text gives no total; by type in wanzhou_2024_cells.csv
        T04-1,500101,2024,2024-04-10,WZ24-04-1,same,,WHOLE,_T,成效自评估报送区无废办,Self-assessment sent to the district office,<=,true,1,1,各部门（领导小组成员单位）；区无废办汇总上报,4,万无废组〔2024〕1号,第4项,各部门于2024年4月10日前完成自评估,event,"a deadline, not a number"
        T07-1,500101,2024,2024-12-31,ZW21-19,same,,WHOLE,_T,农作物秸秆综合利用率,Crop straw comprehensive utilisation rate,>=,true,90,%,区农业农村委、区乡村振兴局、区供销合作社,7,万无废组〔2024〕1号,第7项,农作物秸秆综合利用率达90%以上,ratio,
        T20-2,500101,2024,2024-12-31,,NOT_A_RESULT,,WHOLE,_T,“一物一码”精细化管理适用门槛（年产危险废物）,Threshold of one-item-one-code management (hazardous waste a year),>=,true,50,t/a,区生态环境局、区公安局,20,万无废组〔2024〕1号,第20项,年产50吨以上危险废物重点产废企业和经营单位“一物一码”,threshold,"scope rule, not a result target"
        """;

    private const string Tasks = """
        task_no,section,title_zh,title_en,departments_zh,department_note_verbatim,mode,targets
        3,一、机制制度建设,开展“无废单元”建设示范创建,Demonstration cells (“无废单元”/“无废城市细胞”),区生态环境局、领导小组成员单位,区生态环境局、领导小组成员单位按职责分工负责,按职责分工,T03-1
        4,一、机制制度建设,开展“无废城市”建设成效评估,Self-assessment of results,区无废办，领导小组成员单位,区无废办，领导小组成员单位按职责分工协助,按职责分工,T04-1
        6,二（一）工业,推进重点行业清洁生产及节能降碳,"Cleaner production, energy saving; bulk industrial waste, green mines",区经济信息委、区规划自然资源局,区经济信息委、区规划自然资源局按职责分工,按职责分工,T06-1
        7,二（二）农业,推进“无废乡村”建设,Waste-free countryside (agricultural waste),区农业农村委、区乡村振兴局、区供销合作社,区农业农村委、区乡村振兴局、区供销合作社按职责分工,按职责分工,T07-1;T07-2;T07-3;T07-4;T07-5
        """;

    [Fact]
    public void Into_a_hub_that_has_nothing_they_load_but_for_rows_that_name_what_is_not_there()
    {
        var load = CatalogLoader.Load(Tables, [], allowIllustrative: false);

        Assert.Equal(
            [
                "tasks.csv 4 targets T06-1",
                "tasks.csv 5 targets T07-2",
                "tasks.csv 5 targets T07-3",
                "tasks.csv 5 targets T07-4",
                "tasks.csv 5 targets T07-5",
            ],
            load.Faults.Select(fault => $"{fault.Table} {fault.Line} {fault.Column} {fault.Observed}"));
    }

    [Fact]
    public void Over_the_built_in_catalogue_they_load_as_they_are()
    {
        var load = Loading.Load(Tables);
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));

        Assert.Empty(load.Faults);
        // The table of tasks names no document, so its rows stand beside those of the built-in plan.
        Assert.Equal(4, load.Created);
        Assert.Equal(4, catalogue.Tasks.Count(task => task.SourceDocument.Length == 0));
        Assert.Equal("1.0", Assert.Single(catalogue.VersionsOf("ZW21-19")).Version.ToString());
        Assert.Equal("t/(10*4.{CNY})", Assert.Single(catalogue.VersionsOf("ZW21-01")).Unit);
        Assert.Equal(["500105", "500109", "500112"], catalogue.FindRegion("CQX-LJXQ")?.Overlaps);
        Assert.Equal(new DateOnly(2011, 10, 22), catalogue.FindRegion("500110")?.ValidFrom);
        Assert.Null(catalogue.FindRegion("510726")?.ValidFrom);
        var rule = Assert.Single(catalogue.Targets, target => target.Id == "T20-2");
        Assert.Equal((TargetRelation.NotAResult, "t/a"), (rule.Relation, rule.Unit));
        Assert.Equal(new DateOnly(2024, 4, 10), Assert.Single(catalogue.Targets, target => target.Id == "T04-1").Deadline);
        Assert.Equal(
            ["T07-1", "T07-2", "T07-3", "T07-4", "T07-5"],
            Assert.Single(catalogue.Tasks, task => task is { Number: 7, SourceDocument: "" }).Targets);
    }

    [Fact]
    public void Organisations_and_mandates_load_as_documented()
    {
        var load = Loading.Load(
            Loading.Table(
                CatalogTableKind.Organizations,
                "id,name_zh,name_en,kind,regions,illustrative\nluzhou,泸州市,Luzhou,city,510500,false\nsichuan,四川省,Sichuan,province,*,false"),
            Loading.Table(
                CatalogTableKind.Mandates,
                "organization,indicators,regions,authoritative,due_days,review\nluzhou,ZW21-* HUB-HW-GEN,510500,true,30,false\nsichuan,*,*,false,,"));
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));
        var luzhou = catalogue.FindOrganization("luzhou")!;
        var sichuan = catalogue.FindOrganization("sichuan")!;

        Assert.Equal((0, 4), (load.Faults.Count, load.Created));
        Assert.True(catalogue.MayReport(luzhou, "HUB-HW-GEN", "510500"));
        Assert.False(catalogue.MayReport(luzhou, "HUB-HW-USED", "510500"));
        Assert.True(catalogue.MayReport(sichuan, "HUB-HW-USED", "510500"));
        Assert.False(catalogue.IsAuthoritative("sichuan", "HUB-HW-USED", "510500"));
    }

    private static CatalogTable[] Tables =>
    [
        Plain(CatalogTableKind.Indicators, IndicatorsOf2021),
        Plain(CatalogTableKind.Indicators, IndicatorsOfTheHub),
        Plain(CatalogTableKind.Regions, Regions),
        Plain(CatalogTableKind.Categories, Categories),
        Plain(CatalogTableKind.Targets, Targets),
        Plain(CatalogTableKind.Tasks, Tasks),
    ];

    /// <summary>With the line ends of a spreadsheet.</summary>
    private static CatalogTable Plain(CatalogTableKind kind, string csv) =>
        Loading.Table(kind, csv.ReplaceLineEndings("\r\n") + "\r\n");
}
