using System.Globalization;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>The made-up catalogue of random histories (示例), and what may change in it while they go on.</summary>
internal static class RandomTables
{
    /// <summary>P holds A to D and F, which lies across B and C; Z lies within Y.</summary>
    public static readonly string[] Places = ["P", "A", "B", "C", "D", "F", "E", "X", "Y", "Z"];

    public static readonly string[] Real = ["bureau", "office", "institute"];

    public static readonly string[] Indicators = ["R-AMOUNT", "R-STOCK", "R-COUNT", "R-FACT", "R-RATE", "R-PER-CNY", "R-BREAK", "R-BROKEN-RATE", "R-WASTE-WATER"];

    public const string Demo = "demo-x";

    public const string Regions = """
        code,name_zh,level,parent_code,overlaps
        P,示例省,province,,
        A,示例甲市,prefecture,P,
        B,示例乙市,prefecture,P,
        C,示例丙市,prefecture,P,
        D,示例丁市,prefecture,P,
        F,示例新区,functional area,P,B C
        E,示例戊市,prefecture,,
        X,示例己市,prefecture,,
        Y,示例庚市,prefecture,,
        Z,示例庚市开发区,functional area,Y,
        """;

    public static readonly string[] Schemes = ["REPORTING-UNITS", "CIRCLE", "CO-BUILDING-2022", "NATIONAL-14FYP"];

    public const string Members = """
        scheme,region,extent
        CIRCLE,A,full
        CIRCLE,B,full
        CIRCLE,C,partial
        CIRCLE,E,partial
        CIRCLE,F,full
        CIRCLE,P,partial
        CIRCLE,Y,full
        CIRCLE,Z,full
        CO-BUILDING-2022,A,full
        CO-BUILDING-2022,B,partial
        CO-BUILDING-2022,C,full
        CO-BUILDING-2022,F,full
        CO-BUILDING-2022,P,partial
        CO-BUILDING-2022,X,full
        CO-BUILDING-2022,Y,full
        CO-BUILDING-2022,Z,full
        NATIONAL-14FYP,A,full
        NATIONAL-14FYP,C,full
        NATIONAL-14FYP,X,full
        REPORTING-UNITS,A,full
        REPORTING-UNITS,B,full
        REPORTING-UNITS,C,full
        REPORTING-UNITS,D,full
        REPORTING-UNITS,E,full
        REPORTING-UNITS,F,full
        REPORTING-UNITS,X,full
        REPORTING-UNITS,Y,full
        """;

    private static readonly string[] Extents = ["full", "partial", "none"];

    public const string Categories = """
        code_list,code,name_zh,indicators
        RK,K1,示例类别,R-AMOUNT R-RATE
        """;

    public const string Organizations = """
        id,name_zh,kind,regions,illustrative
        bureau,示例局,city,*,false
        office,示例办,city,*,false
        institute,示例院,city,*,false
        demo-x,示例演示,demo,*,true
        """;

    public const string Definitions = """
        code,version,name_zh,unit,kind,direction,numerator_unit,denominator_unit,aggregation,valid_from,valid_to,sharing,frequencies
        R-AMOUNT,1.0,示例量,t,amount,lower,,,sum,,,无条件,
        R-STOCK,1.0,示例贮存,t,stock,lower,,,last,,,无条件,
        R-COUNT,1.0,示例数,{unit},count,higher,,,sum,,,无条件,
        R-FACT,1.0,示例有无,1,flag,higher,,,none,,,无条件,
        R-RATE,1.0,示例率,%,ratio,higher,t,t,parts,,2022,无条件,
        R-RATE,1.1,示例率,%,ratio,higher,t,t,parts,2022,,无条件,
        R-PER-CNY,1.0,示例强度,t/(10*4.{CNY}),intensity,lower,t,10*4.{CNY},parts,,,无条件,
        R-BREAK,1.0,示例断点量,t,amount,neutral,,,sum,,2023,无条件,
        R-BREAK,2.0,示例断点量,t,amount,neutral,,,sum,2022,,无条件,
        R-BROKEN-RATE,1.0,示例断点率,%,ratio,lower,t,t,parts,,2022-07,无条件,
        R-BROKEN-RATE,2.0,示例断点率,%,ratio,lower,t,t,parts,2022-07,,无条件,
        R-WASTE-WATER,1.0,示例水量,m3,amount,lower,,,sum,,,无条件,
        AUX-POP,1.0,常住人口（年末）,{person},stock,neutral,,,last,,,无条件,
        AUX-GDP,1.0,地区生产总值（现价）,10*4.{CNY},amount,neutral,,,sum,,,无条件,
        """;

    /// <summary>Each may report everything, whatever else it is given.</summary>
    public const string Mandates = """
        organization,indicators,regions,authoritative
        bureau,*,*,false
        office,*,*,false
        institute,*,*,false
        """;

    public const string Bridges = """
        indicator,from_major,to_major,regions,factor,overlap_period,source,approver
        R-BREAK,1,2,A C X Y,0.95/1.05,2022,示例,示例
        R-BROKEN-RATE,1,2,B Y,1.1,2022,示例,示例
        """;

    /// <summary>A table that may be loaded at any time.</summary>
    public static (CatalogTableKind Kind, string Csv) Change(Random random)
    {
        var code = Places[random.Next(Places.Length)];
        return random.Next(5) switch
        {
            0 => (CatalogTableKind.Mandates, "organization,indicators,regions,authoritative\n"
                + $"{Real[random.Next(Real.Length)]},{(random.Next(2) == 0 ? "R-*" : "R-AMOUNT R-RATE AUX-POP")},{(random.Next(3) == 0 ? "*" : code)},{(random.Next(4) > 0 ? "true" : "false")}\n"),
            1 => (CatalogTableKind.Bridges, "indicator,from_major,to_major,regions,factor,overlap_period,source,approver\n"
                + $"R-BREAK,1,2,{(random.Next(2) == 0 ? "*" : code)},0.{random.Next(1, 99):00}/1.{random.Next(100):00},2022,示例,示例\n"
                + $"R-BROKEN-RATE,{(random.Next(2) == 0 ? "1,2" : "2,1")},{code},1.{random.Next(1, 9)},2022,示例,示例\n"),
            2 => (CatalogTableKind.Densities, $"indicators,value,unit,source\n{(random.Next(2) == 0 ? "R-WASTE-WATER" : "R-AMOUNT")},{(random.Next(2) == 0 ? "0.35,t/m3" : "350,kg/m3")},示例\n"),
            3 => (CatalogTableKind.SchemeMembers, "scheme,region,extent\n" + string.Concat(Schemes.Select(scheme => $"{scheme},D,{Extents[random.Next(Extents.Length)]}\n"))),
            _ => (CatalogTableKind.Indicators, CountVersion(random.Next(4))),
        };
    }

    /// <summary>A version says the same for as long as it stands: each way of counting is one of its own.</summary>
    private static string CountVersion(int way) => string.Create(
        CultureInfo.InvariantCulture,
        $"code,version,name_zh,unit,kind,direction,sharing,aggregation\nR-COUNT,1.{way},示例数,{{unit}},count,{(way < 2 ? "higher" : "lower")},无条件,{(way % 2 == 0 ? "sum" : "last")}\n");
}
