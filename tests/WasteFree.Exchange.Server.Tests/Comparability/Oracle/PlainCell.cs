using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>A cell as the rules give it.</summary>
internal sealed class PlainCell
{
    public required string Region { get; init; }
    public required PlainPeriod Period { get; init; }
    public HashSet<VerdictReason> Reasons { get; } = [];
    public HashSet<string> Flags { get; } = [];

    /// <summary>Where the series breaks, as text: here, in a finer period that it is made of, in the denominator.</summary>
    public HashSet<string> Breaks { get; } = [];

    /// <summary>In the table's unit; null: none, or withheld.</summary>
    public Fraction? Number { get; set; }

    public (Fraction Top, Fraction Bottom)? Parts { get; set; }
    public bool Derived { get; set; }
    public string Organization { get; set; } = "";
    public bool Illustrative { get; set; }
    public bool Withheld { get; set; }

    /// <summary>The observation it is; null: none, not decided, or made of several.</summary>
    public PlainReading? Chosen { get; set; }

    public IReadOnlyList<PlainReading> Others { get; set; } = [];
    public PlainRollUp? RollUp { get; set; }
    public string DividedBy { get; set; } = "";
    public int? Rank { get; set; }

    public bool HasNumber => !Reasons.Contains(VerdictReason.Missing);

    /// <summary>Its reporter says so.</summary>
    public bool CannotExist => !HasNumber && Chosen is not null && Flags.Contains("M");

    public bool Stands => Verdict != Verdict.NotComparable;

    public Verdict Verdict => Reasons.Count == 0 ? Verdict.Comparable : Reasons.Max(VerdictOf);

    /// <summary>As sent where nothing was computed.</summary>
    public string Text => Number is not { } number ? "" : Chosen is { } chosen && !Computed ? chosen.Row.Value : number.Text();

    public static Verdict VerdictOf(VerdictReason reason) => reason switch
    {
        VerdictReason.Status or VerdictReason.OtherSourcesDiffer => Verdict.ComparableWithCaveat,
        VerdictReason.Bridged => Verdict.ComparableWithBridge,
        VerdictReason.Converted or VerdictReason.RolledUp => Verdict.ComparableWithConversion,
        // A mark: the value stands in its own period.
        VerdictReason.Break => Verdict.Comparable,
        _ => Verdict.NotComparable,
    };

    private bool Computed => Derived || Reasons.Contains(VerdictReason.Converted);
}

/// <summary>What finer periods gave.</summary>
/// <param name="Frequency">Of the finest periods with a number.</param>
/// <param name="Used">Of those, with a usable value.</param>
/// <param name="Expected">Of those, that the period has.</param>
/// <param name="Partial">What the used ones give; null: nothing to show.</param>
internal sealed record PlainRollUp(char Frequency, int Used, int Expected, Fraction? Partial);
