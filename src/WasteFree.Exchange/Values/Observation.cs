namespace WasteFree.Exchange.Values;

/// <summary>
/// One value of one indicator, resolved: every code is known to the catalogue, every default filled in, every number
/// parsed. Region, scope, category, period and indicator (with the organisation) are its key, the rest its content.
/// </summary>
public sealed record Observation
{
    public required string Region { get; init; }
    public required string Indicator { get; init; }

    /// <summary>Definition version, <c>MAJOR.MINOR</c>.</summary>
    public required string Version { get; init; }

    public Scope Scope { get; init; } = Scope.Whole;
    public string Category { get; init; } = Codes.Total;
    public required Period Period { get; init; }

    /// <summary>In <see cref="Unit"/>; null where it was not sent.</summary>
    public ExactDecimal? Value { get; init; }

    /// <summary>In the definition's numerator unit.</summary>
    public ExactDecimal? Numerator { get; init; }

    /// <summary>In the definition's denominator unit.</summary>
    public ExactDecimal? Denominator { get; init; }

    /// <summary>UCUM unit of <see cref="Value"/>.</summary>
    public required string Unit { get; init; }

    public StatusSet Status { get; init; } = StatusSet.Normal;
    public Confidentiality Confidentiality { get; init; } = Confidentiality.Free;
    public string? Note { get; init; }
    public string? Method { get; init; }
    public string? Evidence { get; init; }

    /// <summary>A value, or parts that give one.</summary>
    public bool HasNumber => !Status.ForbidsNumber && (Value is not null || Numerator is not null);
}

/// <summary>One visible revision: an observation, who sent it, and where in the ledger.</summary>
public sealed record ObservationRevision
{
    public required Observation Observation { get; init; }
    public required string Organization { get; init; }

    /// <summary>Report id within the organisation.</summary>
    public required string Report { get; init; }

    /// <summary>Ledger position from which it is visible.</summary>
    public required long Position { get; init; }

    public required DateTimeOffset CommittedAt { get; init; }

    /// <summary>Its place in key order: a reading goes on after it.</summary>
    public long Cursor { get; init; }
}
