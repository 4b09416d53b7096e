using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>What one observation says in the terms of a table, whoever else reports.</summary>
internal sealed record Reading
{
    public required ObservationRevision Revision { get; init; }
    public required bool Illustrative { get; init; }

    /// <summary>Faults and reservations of the observation itself.</summary>
    public required IReadOnlySet<VerdictReason> Reasons { get; init; }

    /// <summary>In the reader's unit and definition.</summary>
    public Rational? Quantity { get; init; }

    /// <summary>In the reader's unit; as sent where nothing was computed.</summary>
    public string Value { get; init; } = "";

    /// <summary>Computed, not sent.</summary>
    public bool Derived { get; init; }

    /// <summary>Numerator and denominator in the units of the table's definition, or as sent where it states none; null where one is missing or they follow another definition.</summary>
    public PartSums? Parts { get; init; }

    /// <summary>The flags as sent; a bridged value is an estimate too.</summary>
    public required StatusSet Status { get; init; }

    /// <summary>The series breaks here, whether or not there is a number.</summary>
    public bool HasBreak => Status.Has(StatusSet.Break);

    public required Derivation Derivation { get; init; }

    public string Organization => Revision.Organization;

    /// <summary>The sender gives a number, whether or not it can be shown or used.</summary>
    public bool HasNumber => !Reasons.Contains(VerdictReason.Missing);

    /// <summary>Confidential to the caller, or giving away what is: no number of it may leave, not even a part.</summary>
    public required bool Withheld { get; init; }
}

/// <summary>A numerator and a denominator, or sums of them, and where they come from.</summary>
internal sealed record PartSums(Rational Numerator, Rational Denominator, Derivation NumeratorFrom, Derivation DenominatorFrom)
{
    /// <summary>Both are stated, by the row or by the definition.</summary>
    public bool HasUnits => NumeratorFrom.Unit.Length > 0 && DenominatorFrom.Unit.Length > 0;
}
