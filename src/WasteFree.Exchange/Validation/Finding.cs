namespace WasteFree.Exchange.Validation;

/// <summary>How much a finding weighs. The numbers are stored and never change.</summary>
public enum Severity
{
    Info = 1,
    Warning = 2,
    Error = 3,
    Blocker = 4,
}

/// <summary>One fault or remark. Row is the zero-based offset in the report; null for the report as a whole.</summary>
public sealed record Finding
{
    /// <summary>Rule and version, for example <c>STR-5@1</c>.</summary>
    public required string Rule { get; init; }

    public required Severity Severity { get; init; }
    public long? Row { get; init; }

    /// <summary>Field of the observation as the contract names it; empty for the whole row.</summary>
    public string Field { get; init; } = "";

    /// <summary>What was sent, at most 100 characters.</summary>
    public string Observed { get; init; } = "";

    public string Expected { get; init; } = "";
    public string Tolerance { get; init; } = "";

    /// <summary>What is wrong and what to do.</summary>
    public required string MessageZh { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public required string MessageEn { get; init; }

    /// <summary>Stable over resubmissions while the value is unchanged: 16 hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The row that it is about is not taken.</summary>
    public bool Refuses => Severity >= Severity.Error;
}
