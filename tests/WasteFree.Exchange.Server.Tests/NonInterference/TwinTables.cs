using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.NonInterference;

/// <summary>
/// The catalogue of both hubs, all of it made up (示例): organisations of Chongqing that ask, organisations of Sichuan that
/// are asked about, and indicators that are shared differently.
/// </summary>
internal static class TwinTables
{
    public const string Shut = "N-SHUT";

    /// <summary>Who asks, with the province that its regions lie in. The organisation for all regions lies in none; the last one is in no catalogue.</summary>
    public static readonly (string Id, string Province)[] Observers = [("east", "50"), ("near", "50"), ("shown", "50"), ("guest", ""), ("stranger", "")];

    /// <summary>Observers that may report, with the regions that they report.</summary>
    public static readonly (string Id, string[] Regions)[] Reporters =
        [("east", ["500103", "E1", "E2"]), ("near", ["500104"]), ("shown", ["500106"]), ("guest", ["500104", "E1", "510300"])];

    /// <summary>Organisations of Sichuan, with the regions that they report. Nobody asks in their name.</summary>
    public static readonly (string Id, string[] Regions)[] Others =
        [("west", ["510300", "W1", "W2", "W3"]), ("far", ["510400"]), ("office", ["510000", "510300", "510400"])];

    public static readonly string[] Regions = ["500000", "500103", "E1", "E2", "500104", "500106", "510000", "510300", "W1", "W2", "W3", "510400"];

    public static readonly string[] Unconditional = ["N-OPEN", "N-OPEN-RATE", "N-STOCK"];

    public static readonly string[] Conditional = ["N-COND", "N-RATE"];

    public static readonly string[] Indicators = [.. Unconditional, .. Conditional, Shut];

    public static readonly string[] Periods = ["2021", "2022", "2023", "2024", "2025", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2024-01", "2024-02", "2024-03"];

    public const string RegionRows = """
        code,name_zh,name_en,level,parent_code
        E1,示例东一区,Sample East One,district,500103
        E2,示例东二区,Sample East Two,district,500103
        W1,示例西一区,Sample West One,district,510300
        W2,示例西二区,Sample West Two,district,510300
        W3,示例西三区,Sample West Three,district,510300
        """;

    public const string OrganizationRows = """
        id,name_zh,regions,illustrative
        east,示例,500103 E1 E2,false
        near,示例,500104,false
        shown,示例,500106,true
        guest,示例,*,false
        west,示例,510300 W1 W2 W3,false
        far,示例,510400,false
        office,示例,510000 510300 510400,false
        """;

    public const string IndicatorRows = """
        code,name_zh,unit,kind,direction,numerator_unit,denominator_unit,aggregation,sharing
        N-OPEN,示例开放量,t,amount,lower,,,sum,无条件
        N-OPEN-RATE,示例开放率,%,ratio,higher,t,t,parts,无条件
        N-STOCK,示例贮存量,t,stock,lower,,,last,无条件
        N-COND,示例有条件量,t,amount,lower,,,sum,有条件
        N-RATE,示例有条件率,%,ratio,higher,t,t,parts,有条件
        N-SHUT,示例不共享量,t,amount,lower,,,sum,不予共享
        """;

    public const string CategoryRows = "code_list,code,name_zh,indicators\nNK,NK1,示例一,N-OPEN N-COND\nNK,NK2,示例二,N-OPEN N-COND\n";

    public const string TargetRows = """
        target_id,region,period,indicator,relation,name_zh,comparator,value,unit
        N1,510300,2024,N-OPEN,same,示例目标,<=,500,t
        N2,510300,2024,N-COND,same,示例目标,<=,500,t
        N3,W1,2024,N-COND,same,示例目标,<=,500,t
        N4,W2,2024,N-RATE,same,示例目标,>=,50,%
        N5,500103,2024,N-SHUT,same,示例目标,<=,500,t
        N6,510300,2024,N-SHUT,same,示例目标,<=,500,t
        """;

    /// <summary>
    /// What the observers are granted, once and for all: nothing else of the conditional rows of Sichuan is theirs at any time.
    /// </summary>
    private static readonly (string Grantee, string Owner, string Indicator, string Region, string Until)[] Grants =
    [
        ("east", "west", "N-COND", "W1", "2999-12-31"),
        ("guest", "*", "N-RATE", "W2", "2999-12-31"),
        ("near", "far", "N-COND", "*", "2026-03-31"),
        ("guest", "office", "N-COND", "510300", "2999-12-31"),
    ];

    public static string GrantRows { get; } = OfGrants([.. Grants.Select(grant => $"{grant.Grantee},{grant.Owner},{grant.Indicator},{grant.Region},示例用途,,{grant.Until}")]);

    /// <param name="rows">Lines of grantee, owner, indicators, regions, purpose, valid_from, valid_until.</param>
    public static string OfGrants(params string[] rows) =>
        "grantee,owner,indicators,regions,purpose,valid_from,valid_until\n" + string.Join('\n', rows) + "\n";

    /// <summary>A row of an organisation of Sichuan that no observer may read at any time, by the plainest rules.</summary>
    public static bool IsHidden(string owner, string indicator, string region) =>
        !Unconditional.Contains(indicator)
        && (indicator == Shut || !Grants.Any(grant =>
            grant.Indicator == indicator && (grant.Owner == "*" || grant.Owner == owner) && (grant.Region == "*" || grant.Region == region)));

    public static bool IsRate(string indicator) => indicator is "N-OPEN-RATE" or "N-RATE";

    public static Observation Row(string indicator, string region, string period, string value) =>
        new() { Indicator = indicator, Region = region, Period = period, Value = value, Note = "示例" };
}
