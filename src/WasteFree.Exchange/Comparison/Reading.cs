using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>What one observation says in the terms of a table, whoever else reports.</summary>
internal sealed record Reading
{
    public required ObservationRevision Revision { get; init; }
    public required bool Illustrative { get; init; }

    /// <summary>Faults and reservations of the observation itself.</summary>
    public required IReadOnlySet<VerdictReason> Reasons { get; init; }

    /// <summary>In the table's unit.</summary>
    public Rational? Quantity { get; init; }

    public string Value { get; init; } = "";
    public bool Derived { get; init; }

    public string Organization => Revision.Organization;

    /// <summary>The sender gives a number, whether or not it can be shown or used.</summary>
    public bool HasNumber => !Reasons.Contains(VerdictReason.Missing);

    /// <summary>Confidential, and the caller is another: no number of it may leave, not even a part.</summary>
    public required bool Withheld { get; init; }
}
