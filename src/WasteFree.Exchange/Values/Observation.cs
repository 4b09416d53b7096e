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

    /// <summary>In <see cref="NumeratorUnit"/>.</summary>
    public ExactDecimal? Numerator { get; init; }

    /// <summary>In <see cref="DenominatorUnit"/>.</summary>
    public ExactDecimal? Denominator { get; init; }

    /// <summary>UCUM unit of <see cref="Value"/>.</summary>
    public required string Unit { get; init; }

    public StatusSet Status { get; init; } = StatusSet.Normal;
    public Confidentiality Confidentiality { get; init; } = Confidentiality.Free;
    public string? Note { get; init; }
    public string? CollectionMethod { get; init; }
    public string? Evidence { get; init; }

    /// <summary>UCUM unit of <see cref="Numerator"/>; null: the definition's, where it states one.</summary>
    public string? NumeratorUnit { get; init; }

    /// <summary>UCUM unit of <see cref="Denominator"/>; null: the definition's, where it states one.</summary>
    public string? DenominatorUnit { get; init; }

    /// <summary>A value, or parts that give one.</summary>
    public bool HasNumber => !Status.ForbidsNumber && (Value is not null || Numerator is not null);

    /// <summary>
    /// Both say the same quantity in two spellings, and differ in nothing else: <c>90</c> and <c>90.0</c>, <c>12000 t</c> and
    /// <c>12 10*3.t</c>.
    /// </summary>
    public bool DiffersInSpellingOnly(Observation other) =>
        this != other
        && this == other with
        {
            Value = Value, Numerator = Numerator, Denominator = Denominator, Unit = Unit, NumeratorUnit = NumeratorUnit, DenominatorUnit = DenominatorUnit,
        }
        && IsSameQuantity(Numerator, NumeratorUnit, other.Numerator, other.NumeratorUnit)
        && IsSameQuantity(Denominator, DenominatorUnit, other.Denominator, other.DenominatorUnit)
        && IsSameQuantity(Value, Unit, other.Value, other.Unit);

    private static bool IsSameQuantity(ExactDecimal? number, string? unit, ExactDecimal? other, string? otherUnit)
    {
        if (number.HasValue != other.HasValue) return false;
        if (unit == otherUnit) return number?.ToRational() == other?.ToRational();
        return Values.Unit.TryParse(unit ?? "", out var own) && Values.Unit.TryParse(otherUnit ?? "", out var others)
            && others.TryConvert(other?.ToRational() ?? Rational.Zero, own, out var converted)
            && converted == (number?.ToRational() ?? Rational.Zero);
    }
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

    /// <summary>The last report that repeated it, and so asserts it; null: nobody did.</summary>
    public Affirmation? Affirmed { get; init; }

    /// <summary>Its report was retracted since, and the values are told to nobody but its organisation; null: it was not.</summary>
    public Retraction? Retracted { get; init; }

    /// <summary>Its place in key order: a reading goes on after it.</summary>
    public long Cursor { get; init; }
}

/// <summary>Where in the ledger a report was retracted.</summary>
public sealed record Retraction(long Position, DateTimeOffset CommittedAt);

/// <summary>A report that repeated a value, equal in every part, and where in the ledger.</summary>
/// <param name="Report">Report id within the organisation.</param>
/// <param name="Position">Ledger position.</param>
public sealed record Affirmation(string Report, long Position);
