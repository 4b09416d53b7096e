using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>What one region says for one period in the terms of a table, whatever its neighbours say.</summary>
internal sealed record Draft
{
    public required string Region { get; init; }
    public required Period Period { get; init; }
    public required SourceChoice Choice { get; init; }
    public required IReadOnlySet<VerdictReason> Reasons { get; init; }
    public required Derivation Derivation { get; init; }

    /// <summary>In the unit asked for, not rounded.</summary>
    public Rational? Quantity { get; init; }

    /// <summary>As sent where nothing was computed.</summary>
    public string Value { get; init; } = "";

    public bool Derived { get; init; }
    public StatusSet Status { get; init; }
    public PartSums? Parts { get; init; }
    public string Organization { get; init; } = "";
    public bool Illustrative { get; init; }

    /// <summary>No number of it may leave: it is confidential, or would give away one that is.</summary>
    public bool Withheld { get; init; }

    /// <summary>Other scopes in which there is a number, and whether only an illustrative one.</summary>
    public IReadOnlyList<(Scope Scope, bool Illustrative)> OtherScopes { get; init; } = [];

    /// <summary>Periods of other frequencies in which there is a number, where this one has none.</summary>
    public IReadOnlyList<Period> OtherPeriods { get; init; } = [];

    /// <summary>Where the series breaks: its own period, the finer ones that it is made of, that of the denominator.</summary>
    public IReadOnlyList<Period> Breaks { get; init; } = [];

    public RollUp? RollUp { get; init; }
    public Denominator? NormalizedBy { get; init; }

    /// <summary>What is missing of the denominator that it should be divided by.</summary>
    public (string Zh, string En) DenominatorFault { get; init; } = ("", "");

    /// <summary>The observation it is; null: none, not decided, or made of several.</summary>
    public Reading? Chosen => RollUp is { Used: > 0 } ? null : Choice.Chosen;

    /// <summary>The caller may know whether there is a value.</summary>
    public bool IsShared => !Reasons.Contains(VerdictReason.NotShared);

    /// <summary>There is a number, whether or not it can be shown or used.</summary>
    public bool HasNumber => IsShared && !Reasons.Contains(VerdictReason.Missing);

    /// <summary>Its reporter says that there can be no value (M): that is nothing, not something missing.</summary>
    public bool CannotExist => IsShared && !HasNumber && Choice.Chosen is not null && Status.Has(StatusSet.CannotExist);

    public bool Stands => Verdicts.Of(Reasons) != Verdict.NotComparable;

    public Draft With(VerdictReason reason) => this with { Reasons = new SortedSet<VerdictReason>(Reasons) { reason } };
}

/// <summary>A value made of finer periods, or of the regions that are parts of its own.</summary>
/// <param name="Frequency">Of finer periods: the finest counted below; null: made of regions.</param>
/// <param name="Regions">Of regions: their codes.</param>
/// <param name="Used">Of those, how many have a value.</param>
/// <param name="Expected">Of those, how many there are that can have a value.</param>
/// <param name="CannotExist">How many there are that cannot (M).</param>
/// <param name="PartialValue">What those used give, in the table's unit; empty: nothing that may be said.</param>
public sealed record RollUp(Frequency? Frequency, IReadOnlyList<string> Regions, int Used, int Expected, int CannotExist, string PartialValue)
{
    /// <summary>Used by expected in per cent.</summary>
    public Rational Coverage => new Rational(Used * 100L, 1) / Expected;
}

/// <summary>What a value was divided by: an observation with its own vintage.</summary>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Report">Report that sent it.</param>
/// <param name="AffirmedReport">The last report that repeated it; empty: none.</param>
/// <param name="Position">Ledger position from which it is visible.</param>
public sealed record Denominator(
    string Indicator, Period Period, string Value, string Unit, string Organization, string Report, string AffirmedReport, long Position, StatusSet Status);
