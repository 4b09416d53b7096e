namespace WasteFree.Exchange.Values;

/// <summary>Territorial scope of a value. The numbers are stored and never change.</summary>
public enum Scope
{
    /// <summary>全域.</summary>
    Whole = 1,

    /// <summary>城市.</summary>
    Urban = 2,

    /// <summary>建成区.</summary>
    BuiltUp = 3,

    /// <summary>农村.</summary>
    Rural = 4,
}

/// <summary>SDMX CL_CONF_STATUS. The numbers are stored and never change.</summary>
public enum Confidentiality
{
    Free = 1,
    NotForPublication = 2,
    Confidential = 3,
    SecondarySetBySender = 4,
    SecondarySetByReceiver = 5,
}

/// <summary>The codes by which closed sets travel.</summary>
public static class Codes
{
    /// <summary>The category that stands for the total.</summary>
    public const string Total = "_T";

    public static readonly string[] Scopes = ["WHOLE", "URBAN", "BUILT_UP", "RURAL"];
    public static readonly string[] Confidentialities = ["F", "N", "C", "D", "S"];

    public static string Code(this Scope scope) => Scopes[(int)scope - 1];

    public static string Code(this Confidentiality confidentiality) => Confidentialities[(int)confidentiality - 1];

    public static bool TryScope(string code, out Scope scope)
    {
        scope = (Scope)(Array.IndexOf(Scopes, code) + 1);
        return scope != 0;
    }

    public static bool TryConfidentiality(string code, out Confidentiality confidentiality)
    {
        confidentiality = (Confidentiality)(Array.IndexOf(Confidentialities, code) + 1);
        return confidentiality != 0;
    }
}
