using WasteFree.Exchange.Ingest;

namespace WasteFree.Exchange.Tests.Ingest;

/// <summary>Rows as a sender writes them; all values are made up (示例) unless a test names their source.</summary>
internal static class Submitted
{
    public static SubmittedRow Row(Func<string, string> field, params string[] status) => new()
    {
        Region = field("region"),
        Indicator = field("indicator"),
        Version = field("version"),
        Scope = field("scope"),
        Category = field("category"),
        Period = field("period"),
        Value = field("value"),
        Numerator = field("numerator"),
        Denominator = field("denominator"),
        Unit = field("unit"),
        Status = status,
        Confidentiality = field("confidentiality"),
        Note = field("note"),
        CollectionMethod = field("collection_method"),
        Evidence = field("evidence"),
        NumeratorUnit = field("numerator_unit"),
        DenominatorUnit = field("denominator_unit"),
    };

    /// <summary>Film recovered of film used in Wanzhou, in per cent.</summary>
    public static SubmittedRow Rate(string value = "", string numerator = "", string denominator = "") =>
        Row(_ => "") with { Region = "500101", Indicator = "ZW21-21", Period = "2023", Value = value, Numerator = numerator, Denominator = denominator };

    /// <summary>Waste film recovered in Wanzhou, in tonnes.</summary>
    public static SubmittedRow Tonnes(string value) =>
        Row(_ => "") with { Region = "500101", Indicator = "WZ24-07-3", Period = "2023", Value = value };
}
