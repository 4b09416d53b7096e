using System.Text;
using WasteFree.Exchange.Catalog;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

public sealed class CatalogFaultTests
{
    private const string Indicators = "code,name_zh,unit,kind,direction";
    private const string Targets = "target_id,region,period,indicator,relation,name_zh,comparator,value,unit";
    private const string Organizations = "id,name_zh,name_en,kind,regions,illustrative";
    private const string Mandates = "organization,indicators,regions,authoritative,due_days";

    private const string Bridges = "indicator,from_major,to_major,regions,factor,overlap_period,source,approver";
    private const string Members = "scheme,region,extent";
    private const string Densities = "indicators,categories,value,unit,source";
    private const string Grants = "grantee,owner,indicators,regions,purpose,valid_from,valid_until";

    /// <summary>Kind, the file, then line, column and what was observed of its only fault.</summary>
    public static TheoryData<CatalogTableKind, string, int, string, string> BadTables => new()
    {
        // The file as a whole.
        { CatalogTableKind.Indicators, "", 0, "", "" },
        { CatalogTableKind.Indicators, "code,name_zh,unit,kind\nX1,甲,t,amount", 1, "direction", "" },
        { CatalogTableKind.Indicators, Indicators + ",Unit\nX1,甲,t,amount,lower,t", 1, "unit", "Unit" },
        { CatalogTableKind.Targets, Targets + ",id\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,X1", 1, "target_id", "id" },
        { CatalogTableKind.Indicators, Indicators + ",\nX1,甲,t,amount,lower,", 1, "#6", "" },
        // Fields and quotes. Line 3 begins after a quoted line break.
        { CatalogTableKind.Indicators, Indicators + "\nX1,甲,t,amount,lower,", 2, "", "6" },
        { CatalogTableKind.Indicators, Indicators + "\nX1,甲,t,amount", 2, "", "4" },
        { CatalogTableKind.Indicators, Indicators + "\nX1,\"甲\"乙,t,amount,lower\nX2,甲,t,amount,lower", 2, "", "X1,\"甲\"乙,t,amount,lower" },
        { CatalogTableKind.Indicators, Indicators + "\nX1,甲\"乙,t,amount,lower", 2, "", "X1,甲\"乙,t,amount,lower" },
        { CatalogTableKind.Indicators, Indicators + "\nX1,甲,t,amount,lower\nX2,\"甲,t,amount,lower\nX3", 3, "", "X2,\"甲,t,amount,lower<U+000A>X3" },
        { CatalogTableKind.Indicators, Indicators + ",evidence\r\nX1,甲,t,amount,lower,\"a\r\nb\"\r\nX2,甲,t,amounts,lower,", 4, "kind", "amounts" },
        { CatalogTableKind.Indicators, Indicators + "\n\n\nX1,甲,t,amounts,lower", 4, "kind", "amounts" },
        { CatalogTableKind.Indicators, Indicators + "\nX1,甲\t乙,t,amount,lower", 2, "name_zh", "甲<U+0009>乙" },
        { CatalogTableKind.Indicators, Indicators + "\nX1,甲\u0000乙,t,amount,lower", 2, "name_zh", "甲<U+0000>乙" },
        { CatalogTableKind.Indicators, Indicators + ",further\nX1,甲,t,amount,lower,a\u0007", 2, "further", "a<U+0007>" },
        // Names that look like others.
        { CatalogTableKind.Indicators, Indicators + "\nX1,甲\u200B乙,t,amount,lower", 2, "name_zh", "甲<U+200B>乙" },
        { CatalogTableKind.Organizations, Organizations + "\ndemo,甲,A\u00A0B,demo,500101,false", 2, "name_en", "A<U+00A0>B" },
        { CatalogTableKind.Regions, "code,name_zh\n500190,\u202E甲区", 2, "name_zh", "<U+202E>甲区" },
        { CatalogTableKind.Organizations, Organizations + "\ndemo,\"甲\n乙\u2060\",A,demo,500101,false", 2, "name_zh", "甲<U+000A>乙<U+2060>" },
        // Indicators.
        { CatalogTableKind.Indicators, Indicators + "\n,甲,t,amount,lower", 2, "code", "" },
        { CatalogTableKind.Indicators, Indicators + "\n-X1,甲,t,amount,lower", 2, "code", "-X1" },
        { CatalogTableKind.Indicators, Indicators + "\n\"X1\n\",甲,t,amount,lower", 2, "code", "X1<U+000A>" },
        { CatalogTableKind.Indicators, Indicators + "\n\"X1\nX\",甲,t,amount,lower", 2, "code", "X1<U+000A>X" },
        { CatalogTableKind.Indicators, Indicators + "\nX1,,t,amount,lower", 2, "name_zh", "" },
        { CatalogTableKind.Indicators, Indicators + "\nX1,甲,吨,amount,lower", 2, "unit", "吨" },
        { CatalogTableKind.Indicators, Indicators + "\nX1,甲,t,amount,down", 2, "direction", "down" },
        { CatalogTableKind.Indicators, Indicators + ",numerator_unit\nX1,甲,%,ratio,lower,10^4t", 2, "numerator_unit", "10^4t" },
        { CatalogTableKind.Indicators, Indicators + ",denominator_unit\nX1,甲,%,ratio,lower,tonne", 2, "denominator_unit", "tonne" },
        { CatalogTableKind.Indicators, Indicators + ",version\nX1,甲,t,amount,lower,1", 2, "version", "1" },
        { CatalogTableKind.Indicators, Indicators + ",confidence\nX1,甲,t,amount,lower,certain", 2, "confidence", "certain" },
        { CatalogTableKind.Indicators, Indicators + ",mandatory\nX1,甲,t,amount,lower,yes", 2, "mandatory", "yes" },
        { CatalogTableKind.Indicators, Indicators + ",sharing\nX1,甲,t,amount,lower,共享", 2, "sharing", "共享" },
        { CatalogTableKind.Indicators, Indicators + ",owner\nX1,甲,t,amount,lower,mars", 2, "owner", "mars" },
        { CatalogTableKind.Regions, "code,name_zh,level\nX1,甲,village", 2, "level", "village" },
        { CatalogTableKind.Organizations, Organizations + "\nnewcity,甲,A,town,500101,false", 2, "kind", "town" },
        { CatalogTableKind.Targets, Targets + ",kind\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,wish", 2, "kind", "wish" },
        { CatalogTableKind.Tasks, "task_no,title_zh,mode\n1,甲,某", 2, "mode", "某" },
        { CatalogTableKind.Indicators, Indicators + ",scopes\nX1,甲,t,amount,lower,URBAN CITY", 2, "scopes", "CITY" },
        { CatalogTableKind.Indicators, Indicators + ",frequencies\nX1,甲,t,amount,lower,A Y", 2, "frequencies", "Y" },
        { CatalogTableKind.Indicators, Indicators + ",hard_min\nX1,甲,t,amount,lower,\"0,5\"", 2, "hard_min", "0,5" },
        { CatalogTableKind.Indicators, Indicators + ",hard_max\nX1,甲,t,amount,lower,1e400", 2, "hard_max", "1e400" },
        { CatalogTableKind.Indicators, Indicators + ",hard_min,hard_max\nX1,甲,t,amount,lower,9.5,9.49", 2, "hard_min", "9.5" },
        { CatalogTableKind.Indicators, Indicators + ",soft_min,soft_max\nX1,甲,t,amount,lower,2,1", 2, "soft_min", "2" },
        { CatalogTableKind.Indicators, Indicators + ",valid_from\nX1,甲,t,amount,lower,2021-W53", 2, "valid_from", "2021-W53" },
        { CatalogTableKind.Indicators, Indicators + ",valid_from,valid_to\nX1,甲,t,amount,lower,2024,2024-01", 2, "valid_from", "2024" },
        { CatalogTableKind.Indicators, Indicators + "\nX1,甲,t,amount,lower\nX2,乙,t,amount,lower\nX1,丙,t,amount,lower", 4, "version", "X1 1.0" },
        // Regions.
        { CatalogTableKind.Regions, "code,name_zh,parent_code\nX1,甲,599999", 2, "parent_code", "599999" },
        { CatalogTableKind.Regions, "code,name_zh,parent_code\nX1,甲,X1", 2, "parent_code", "X1" },
        { CatalogTableKind.Regions, "code,name_zh,parent_code\n500000,重庆市,500101", 2, "parent_code", "500101" },
        { CatalogTableKind.Regions, "code,name_zh,overlaps\nX1,甲,500101 599999", 2, "overlaps", "599999" },
        { CatalogTableKind.Regions, "code,name_zh,valid_from\nX1,甲,2024-02-30", 2, "valid_from", "2024-02-30" },
        { CatalogTableKind.Regions, "code,name_zh,parts_complete\nX1,甲,1", 2, "parts_complete", "1" },
        // Schemes and their members.
        { CatalogTableKind.Schemes, "code,name_zh\n范围,甲", 2, "code", "范围" },
        { CatalogTableKind.Schemes, "code,name_zh\nX,", 2, "name_zh", "" },
        { CatalogTableKind.Schemes, "code,name_zh,reporting_units\nX,甲,1", 2, "reporting_units", "1" },
        { CatalogTableKind.Schemes, "code,name_zh,valid_from,valid_to\nX,甲,2020-01-01,2020-01-01", 2, "valid_to", "2020-01-01" },
        { CatalogTableKind.Schemes, "code,name_zh\nX,甲\nX,乙", 3, "code", "X" },
        { CatalogTableKind.SchemeMembers, Members + "\nCIRCLE,599999,full", 2, "region", "599999" },
        { CatalogTableKind.SchemeMembers, Members + "\nCIRCEL,500101,full", 2, "scheme", "CIRCEL" },
        { CatalogTableKind.SchemeMembers, Members + "\nCIRCLE,500101,half", 2, "extent", "half" },
        { CatalogTableKind.SchemeMembers, Members + "\nCIRCLE,500101,", 2, "extent", "" },
        { CatalogTableKind.SchemeMembers, Members + ",valid_from\nCIRCLE,500101,full,2020", 2, "valid_from", "2020" },
        { CatalogTableKind.SchemeMembers, Members + ",valid_from,valid_to\nCIRCLE,500101,full,2020-01-02,2020-01-01", 2, "valid_to", "2020-01-01" },
        { CatalogTableKind.SchemeMembers, Members + "\nCIRCLE,500101,full\nCIRCLE,500101,partial", 3, "region", "CIRCLE 500101" },
        // Categories.
        { CatalogTableKind.Categories, "code_list,code,name_zh,indicators\nX,X1,甲,ZW21-99", 2, "indicators", "ZW21-99" },
        { CatalogTableKind.Categories, "code_list,code,name_zh,indicators\nX,X1,甲,ZW*21", 2, "indicators", "ZW*21" },
        { CatalogTableKind.Categories, "code_list,code,name_zh,indicators\n,X1,甲,*", 2, "code_list", "" },
        { CatalogTableKind.Categories, "code_list,code,name_zh,indicators\n,_T,甲,*\n,_T,乙,*", 3, "code", "_T" },
        // Targets.
        { CatalogTableKind.Targets, Targets + "\nX1,599999,2024,ZW21-19,same,甲,>=,1,%", 2, "region", "599999" },
        { CatalogTableKind.Targets, Targets + "\nX1,500101,2024,ZW21-99,same,甲,>=,1,%", 2, "indicator", "ZW21-99" },
        { CatalogTableKind.Targets, Targets + "\nX1,500101,2024,,same,甲,>=,1,%", 2, "indicator", "" },
        { CatalogTableKind.Targets, Targets + "\nX1,500101,2024-13,ZW21-19,same,甲,>=,1,%", 2, "period", "2024-13" },
        { CatalogTableKind.Targets, Targets + "\nX1,500101,2024,ZW21-19,equal,甲,>=,1,%", 2, "relation", "equal" },
        { CatalogTableKind.Targets, Targets + "\nX1,500101,2024,ZW21-19,same,甲,≥,1,%", 2, "comparator", "≥" },
        { CatalogTableKind.Targets, Targets + "\nX1,500101,2024,ZW21-19,same,甲,>=,90%,%", 2, "value", "90%" },
        { CatalogTableKind.Targets, Targets + "\nX1,500101,2024,ZW21-19,same,甲,>=,,%", 2, "value", "" },
        { CatalogTableKind.Targets, Targets + ",scope\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,CITY", 2, "scope", "CITY" },
        { CatalogTableKind.Targets, Targets + ",category\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,HW99", 2, "category", "HW99" },
        { CatalogTableKind.Targets, Targets + ",part_of\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,T99-1", 2, "part_of", "T99-1" },
        { CatalogTableKind.Targets, Targets + ",deadline\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,2024/12/31", 2, "deadline", "2024/12/31" },
        { CatalogTableKind.Targets, Targets + ",task_no\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,第3项", 2, "task_no", "第3项" },
        // Tasks.
        { CatalogTableKind.Tasks, "task_no,title_zh,targets\n1,甲,T07-1;T99-1", 2, "targets", "T99-1" },
        { CatalogTableKind.Tasks, "task_no,title_zh\n0,甲", 2, "task_no", "0" },
        // Organisations.
        { CatalogTableKind.Organizations, Organizations + "\nChengdu,成都,,city,510100,false", 2, "id", "Chengdu" },
        { CatalogTableKind.Organizations, Organizations + "\nab,成都,,city,510100,false", 2, "id", "ab" },
        { CatalogTableKind.Organizations, Organizations + "\nchengdu,成都,,city,510100 599999,false", 2, "regions", "599999" },
        { CatalogTableKind.Organizations, Organizations + "\nchengdu,成都,,city,5101*,false", 2, "regions", "5101*" },
        { CatalogTableKind.Organizations, Organizations + "\nchengdu,成都,,city,510100,是", 2, "illustrative", "是" },
        { CatalogTableKind.Organizations, Organizations + "\nchengdu,成都,,city,510100,TRUE", 2, "illustrative", "TRUE" },
        // Mandates.
        { CatalogTableKind.Mandates, Mandates + "\nchengdu,*,510100,true,30", 2, "organization", "chengdu" },
        { CatalogTableKind.Mandates, Mandates + "\nyaan,ZW21-99,511800,true,30", 2, "indicators", "ZW21-99" },
        { CatalogTableKind.Mandates, Mandates + "\nyaan,*,599999,true,30", 2, "regions", "599999" },
        { CatalogTableKind.Mandates, Mandates + "\nyaan,*,511800,true,-1", 2, "due_days", "-1" },
        { CatalogTableKind.Mandates, Mandates + ",review\nyaan,*,511800,true,30,true", 2, "review", "true" },
        { CatalogTableKind.Mandates, Mandates + "\nyaan,ZW21-*,511800,true,30\nyaan,ZW21-*,  511800,false,", 3, "regions", "yaan ZW21-* 511800" },
        // How finer periods make a coarser one.
        { CatalogTableKind.Indicators, Indicators + ",aggregation\nX1,甲,t,amount,lower,mean", 2, "aggregation", "mean" },
        { CatalogTableKind.Indicators, Indicators + ",aggregation\nX1,甲,%,ratio,lower,sum", 2, "aggregation", "sum" },
        { CatalogTableKind.Indicators, Indicators + ",aggregation\nX1,甲,t,stock,lower,sum", 2, "aggregation", "sum" },
        { CatalogTableKind.Indicators, Indicators + ",aggregation\nX1,甲,t,amount,lower,parts", 2, "aggregation", "parts" },
        { CatalogTableKind.Indicators, Indicators + ",aggregation\nX1,甲,t,amounts,lower,parts", 2, "kind", "amounts" },
        // The way to a target.
        { CatalogTableKind.Targets, Targets + ",base_period\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,2020-13", 2, "base_period", "2020-13" },
        { CatalogTableKind.Targets, Targets + ",base_period\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,2020-Q1", 2, "base_period", "2020-Q1" },
        { CatalogTableKind.Targets, Targets + ",base_period\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,2024", 2, "base_period", "2024" },
        { CatalogTableKind.Targets, Targets + ",base_period,base_value\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,,50", 2, "base_period", "" },
        { CatalogTableKind.Targets, Targets + ",base_period,base_value\nX1,500101,2024,ZW21-19,same,甲,>=,1,%,2020,50%", 2, "base_value", "50%" },
        // Bridges. ZW21-19 has the one version 1.0.
        { CatalogTableKind.Bridges, Bridges + "\nZW21-19,1,2,*,0.95/1.05,2021,甲,乙", 2, "to_major", "2" },
        { CatalogTableKind.Bridges, Bridges + "\nZW21-19,3,1,*,0.95/1.05,2021,甲,乙", 2, "from_major", "3" },
        { CatalogTableKind.Bridges, Bridges + "\nZW21-99,1,2,*,0.95/1.05,2021,甲,乙", 2, "indicator", "ZW21-99" },
        { CatalogTableKind.Bridges, Bridges + "\nZW21-19,1,1,*,0.95/1.05,2021,甲,乙", 2, "to_major", "1" },
        { CatalogTableKind.Bridges, Bridges + "\nZW21-19,1,,*,0.95/1.05,2021,甲,乙", 2, "to_major", "" },
        { CatalogTableKind.Bridges, Bridges + "\nZW21-19,1,2.0,*,0.95/1.05,2021,甲,乙", 2, "to_major", "2.0" },
        // Densities.
        { CatalogTableKind.Densities, Densities + "\nZW21-11,*,0,t/m3,甲", 2, "value", "0" },
        { CatalogTableKind.Densities, Densities + "\nZW21-11,*,-0.4,t/m3,甲", 2, "value", "-0.4" },
        { CatalogTableKind.Densities, Densities + "\nZW21-11,*,,t/m3,甲", 2, "value", "" },
        { CatalogTableKind.Densities, Densities + "\nZW21-11,*,0.4,m3/t,甲", 2, "unit", "m3/t" },
        { CatalogTableKind.Densities, Densities + "\nZW21-11,*,0.4,t{dry}/m3,甲", 2, "unit", "t{dry}/m3" },
        { CatalogTableKind.Densities, Densities + "\nZW21-11,*,0.4,t/m3,", 2, "source", "" },
        { CatalogTableKind.Densities, Densities + "\nZW21-99,*,0.4,t/m3,甲", 2, "indicators", "ZW21-99" },
        { CatalogTableKind.Densities, Densities + "\nHUB-HW-GEN,HW99,0.4,t/m3,甲", 2, "categories", "HW99" },
        { CatalogTableKind.Densities, Densities + "\nHUB-HW-GEN,_X,0.4,t/m3,甲", 2, "categories", "_X" },
        { CatalogTableKind.Densities, Densities + "\nZW21-11,,0.4,t/m3,甲\nZW21-11,*,0.5,t/m3,甲", 3, "categories", "ZW21-11 *" },
        // Grants.
        { CatalogTableKind.Grants, Grants + "\nyaan,wanzhou,*,*,,,2026-12-31", 2, "purpose", "" },
        { CatalogTableKind.Grants, Grants + "\nyaan,wanzhou,*,*,甲,,", 2, "valid_until", "" },
        { CatalogTableKind.Grants, Grants + "\nyaan,wanzhou,*,*,甲,,2026-12", 2, "valid_until", "2026-12" },
        { CatalogTableKind.Grants, Grants + "\nyaan,wanzhou,*,*,甲,2027-01-01,2026-12-31", 2, "valid_from", "2027-01-01" },
        { CatalogTableKind.Grants, Grants + "\nnobody,wanzhou,*,*,甲,,2026-12-31", 2, "grantee", "nobody" },
        { CatalogTableKind.Grants, Grants + "\n*,wanzhou,*,*,甲,,2026-12-31", 2, "grantee", "*" },
        { CatalogTableKind.Grants, Grants + "\nyaan,,*,*,甲,,2026-12-31", 2, "owner", "" },
        { CatalogTableKind.Grants, Grants + "\nyaan,nobody,*,*,甲,,2026-12-31", 2, "owner", "nobody" },
        { CatalogTableKind.Grants, Grants + "\nyaan,wanzhou,ZW21-99,*,甲,,2026-12-31", 2, "indicators", "ZW21-99" },
        { CatalogTableKind.Grants, Grants + "\nyaan,wanzhou,*,5001*,甲,,2026-12-31", 2, "regions", "5001*" },
        { CatalogTableKind.Grants, Grants + "\nyaan,wanzhou,*,599999,甲,,2026-12-31", 2, "regions", "599999" },
        { CatalogTableKind.Grants, Grants + "\nyaan,*,*,,甲,,2026-12-31\nyaan,*,*,*,乙,,2027-12-31", 3, "regions", "yaan * * *" },
    };

    [Theory]
    [MemberData(nameof(BadTables))]
    public void A_bad_row_is_refused_with_its_line_column_and_what_was_there(
        CatalogTableKind kind, string csv, int line, string column, string observed)
    {
        var fault = Loading.OnlyFault(Loading.Load(kind, csv));

        Assert.Equal($"{kind.ToString().ToLowerInvariant()}.csv", fault.Table);
        Assert.Equal((line, column, observed), (fault.Line, fault.Column, fault.Observed));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0x0A, 0x0A, 0xCD, 0xF2 }, 3)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a', 0x0A, 0xE4, 0xB8 }, 2)]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, 1)]
    public void A_file_that_is_not_UTF_8_is_refused_at_the_line_where_it_ceases_to_be(byte[] csv, int line)
    {
        var fault = Loading.OnlyFault(Loading.Load(new CatalogTable(CatalogTableKind.Regions, "gb.csv", csv)));

        Assert.Equal(("gb.csv", line, ""), (fault.Table, fault.Line, fault.Column));
        Assert.StartsWith("0x", fault.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_a_load_is_told_in_order_of_tables_and_lines()
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Regions, "code,name_zh,parent_code,valid_from\nX1,甲,599999,\nX2,,,2024"),
            Loading.Table(CatalogTableKind.Indicators, Indicators + "\nX1,甲,t,sum,up"));

        Assert.Equal(
            ["regions.csv 2 parent_code", "regions.csv 3 name_zh", "regions.csv 3 valid_from", "indicators.csv 2 kind", "indicators.csv 2 direction"],
            load.Faults.Select(fault => $"{fault.Table} {fault.Line} {fault.Column}"));
    }

    [Fact]
    public void A_row_at_fault_does_not_make_the_rows_that_name_it_faults_too()
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Regions, "code,name_zh,valid_from\nX1,甲,never"),
            Loading.Table(CatalogTableKind.Organizations, Organizations + "\nnewcity,新市,,city,X1,false"));

        Assert.Equal("regions.csv", Loading.OnlyFault(load).Table);
    }

    [Fact]
    public void A_table_that_cannot_be_read_does_not_make_the_rows_that_name_it_faults_too()
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Regions, "code,name\nX1,甲"),
            Loading.Table(CatalogTableKind.Organizations, Organizations + "\nnewcity,新市,,city,X1,false"));

        Assert.Equal(("regions.csv", "name_zh"), (Loading.OnlyFault(load).Table, Loading.OnlyFault(load).Column));
    }

    [Fact]
    public void Two_codes_that_are_both_no_codes_are_not_one_key_twice()
    {
        var load = Loading.Load(CatalogTableKind.Regions, "code,name_zh\n?1,甲\n?2,乙");

        Assert.Equal(["?1", "?2"], load.Faults.Select(fault => fault.Observed));
    }

    [Fact]
    public void A_key_that_two_tables_hold_is_told_at_the_second_with_the_place_of_the_first()
    {
        var load = Loading.Load(
            new CatalogTable(CatalogTableKind.Regions, "a.csv", Encoding.UTF8.GetBytes("code,name_zh\nX1,甲")),
            new CatalogTable(CatalogTableKind.Regions, "b.csv", Encoding.UTF8.GetBytes("code,name_zh\nX2,乙\nX1,丙")));

        var fault = Loading.OnlyFault(load);
        Assert.Equal(("b.csv", 3, "code", "X1"), (fault.Table, fault.Line, fault.Column, fault.Observed));
        Assert.Contains("line 2 of table a.csv", fault.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_observed_is_cut_to_100_characters_and_never_inside_one()
    {
        var text = new string('x', 99) + "𠀀" + new string('y', 20);

        var fault = Loading.OnlyFault(Loading.Load(CatalogTableKind.Indicators, $"{Indicators}\nX1,甲,t,{text},lower"));

        Assert.Equal(new string('x', 99) + "…", fault.Observed);
    }

    [Theory]
    [InlineData("\ufeff")]
    [InlineData("\ufeff\ufeff")]
    public void Marks_of_encoding_before_the_header_are_dropped(string marks) =>
        Assert.Empty(Loading.Load(CatalogTableKind.Regions, $"{marks}code,name_zh\nX1,甲").Faults);

    [Fact]
    public void What_cannot_be_seen_in_a_table_is_named()
    {
        var header = Loading.Load(CatalogTableKind.Regions, "\u200bcode,name_zh\nX1,甲").Faults[0];
        var cell = Loading.OnlyFault(Loading.Load(CatalogTableKind.Regions, "code,name_zh\nX1\u200b,甲"));

        Assert.Equal(("#1", "<U+200B>code"), (header.Column, header.Observed));
        Assert.Equal(("code", "X1<U+200B>"), (cell.Column, cell.Observed));
    }

    [Fact]
    public void An_illustrative_organisation_is_refused_unless_they_are_allowed()
    {
        var refused = CatalogLoader.Load(BuiltInCatalog.IllustrativeTables, Loading.BuiltIn, allowIllustrative: false);
        var allowed = CatalogLoader.Load(BuiltInCatalog.IllustrativeTables, Loading.BuiltIn, allowIllustrative: true);

        Assert.All(refused.Faults, fault => Assert.Equal("illustrative", fault.Column));
        Assert.Equal(6, refused.Faults.Count);
        Assert.Equal((0, 6), (allowed.Faults.Count, allowed.Created));
    }
}
