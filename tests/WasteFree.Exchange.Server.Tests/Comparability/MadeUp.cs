using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>Regions, organisations, indicators and rows of tests: none of them exists (示例).</summary>
internal static class MadeUp
{
    /// <summary>Reports for every region; no mandates.</summary>
    public const string Bureau = "bureau";

    /// <summary>Another one of the same standing.</summary>
    public const string Office = "office";

    /// <summary>A third one.</summary>
    public const string Institute = "institute";

    /// <summary>P holds A, B, C and D, the units that report; Z lies within Y; the others lie side by side.</summary>
    public const string Regions = """
        code,name_zh,name_en,level,parent_code
        P,示例省,Sample Province,province,
        A,示例甲市,Sample City A,prefecture,P
        B,示例乙市,Sample City B,prefecture,P
        C,示例丙市,Sample City C,prefecture,P
        D,示例丁市,Sample City D,prefecture,P
        E,示例戊市,Sample City E,prefecture,
        X,示例己市,Sample City X,prefecture,
        Y,示例庚市,Sample City Y,prefecture,
        Z,示例庚市开发区,Sample Zone Z,functional area,Y
        """;

    public const string Units = """
        scheme,region,extent
        REPORTING-UNITS,A,full
        REPORTING-UNITS,B,full
        REPORTING-UNITS,C,full
        REPORTING-UNITS,D,full
        REPORTING-UNITS,E,full
        REPORTING-UNITS,X,full
        REPORTING-UNITS,Y,full
        """;

    public const string Organizations = """
        id,name_zh,name_en,kind,regions,illustrative
        bureau,示例局,Sample Bureau,city,*,false
        office,示例办,Sample Office,city,*,false
        institute,示例院,Sample Institute,city,*,false
        """;

    public const string Indicators = """
        code,version,name_zh,name_en,unit,kind,direction,numerator_unit,denominator_unit,aggregation,valid_from,valid_to,sharing
        T-RATE,1.0,示例综合利用率,Sample rate of use,%,ratio,higher,t,t,parts,,,无条件
        T-LOSS,1.0,示例损失率,Sample rate of loss,%,ratio,lower,t,t,parts,,,无条件
        T-AMOUNT,1.0,示例产生量,Sample amount generated,t,amount,lower,,,sum,,,无条件
        T-STOCK,1.0,示例贮存量,Sample amount in store,t,stock,lower,,,last,,,无条件
        T-COUNT,1.0,示例设施数,Sample facilities,{unit},count,higher,,,sum,,,无条件
        T-PER-CNY,1.0,示例产生强度,Sample intensity,t/(10*4.{CNY}),intensity,lower,t,10*4.{CNY},parts,,,无条件
        T-BREAK,1.0,示例排放量,Sample emission,t,amount,lower,,,sum,,2021,无条件
        T-BREAK,2.0,示例排放量,Sample emission,t,amount,lower,,,sum,2021,,无条件
        AUX-POP,1.0,常住人口（年末）,Resident population,{person},stock,neutral,,,,,,无条件
        AUX-GDP,1.0,地区生产总值（现价）,Gross regional product,10*4.{CNY},amount,neutral,,,,,,无条件
        """;

    /// <param name="status">Flags, separated by blanks.</param>
    public static Observation Value(
        string indicator, string region, string period, string value, string status = "", string unit = "", string confidentiality = "")
    {
        var row = new Observation
        {
            Indicator = indicator, Region = region, Period = period, Value = value, Unit = unit, Confidentiality = confidentiality, Note = "示例",
        };
        row.Status.AddRange(status.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return row;
    }

    public static Observation Parts(string indicator, string region, string period, string numerator, string denominator)
    {
        var row = Value(indicator, region, period, "");
        (row.Numerator, row.Denominator) = (numerator, denominator);
        return row;
    }

    public static Observation Secret(string indicator, string region, string period, string value) =>
        Value(indicator, region, period, value, confidentiality: "C");
}
