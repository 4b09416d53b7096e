using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>A cell as the rules give it.</summary>
internal sealed class PlainCell
{
    public required string Region { get; init; }
    public HashSet<VerdictReason> Reasons { get; } = [];
    public HashSet<string> Flags { get; } = [];
    public Fraction? Number { get; set; }
    public (Fraction Top, Fraction Bottom)? Parts { get; set; }
    public bool Derived { get; set; }

    /// <summary>The number as it was sent, where nothing was computed.</summary>
    public string? AsSent { get; set; }

    public string Organization { get; set; } = "";
    public bool Illustrative { get; set; }
    public bool Withheld { get; set; }
    public IReadOnlyList<PlainReading> Others { get; set; } = [];

    /// <summary>Nobody reported anything for the cell itself.</summary>
    public bool Unreported { get; set; }

    public PlainRollUp? RollUp { get; set; }
    public int? Rank { get; set; }

    /// <summary>Stands for its ground.</summary>
    public bool Taken { get; set; }

    public bool HasNumber => !Reasons.Contains(VerdictReason.Missing);

    public bool Stands => Verdict != Verdict.NotComparable;

    public Verdict Verdict => Reasons.Count == 0 ? Verdict.Comparable : Reasons.Max(VerdictOf);

    public string Text => Number is { } number ? AsSent ?? number.Text() : "";

    private static Verdict VerdictOf(VerdictReason reason) => reason switch
    {
        VerdictReason.Status or VerdictReason.OtherSourcesDiffer => Verdict.ComparableWithCaveat,
        VerdictReason.Bridged => Verdict.ComparableWithBridge,
        VerdictReason.Converted or VerdictReason.RolledUp => Verdict.ComparableWithConversion,
        _ => Verdict.NotComparable,
    };
}

/// <summary>What finer periods gave.</summary>
/// <param name="Frequency">Of the finest periods.</param>
/// <param name="Used">With a value.</param>
/// <param name="Expected">That the period has.</param>
/// <param name="Partial">What those with a value give; null: nothing to show.</param>
internal sealed record PlainRollUp(char Frequency, int Used, int Expected, Fraction? Partial);
