using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>A cell before its table is known as a whole: the reasons that come from the neighbours are still to be added.</summary>
internal sealed class Draft
{
    internal Draft(string region, SourceChoice choice, IReadOnlyList<(Scope Scope, bool Illustrative)> elsewhere)
    {
        Region = region;
        Choice = choice;
        Elsewhere = elsewhere;
        if (choice.Chosen is { } chosen) Reasons.UnionWith(chosen.Reasons);
        else Reasons.Add(choice.Contested ? VerdictReason.Source : VerdictReason.Missing);
        if (choice.Differing.Any()) Reasons.Add(VerdictReason.OtherSourcesDiffer);
        if (Reasons.Contains(VerdictReason.Missing) && elsewhere.Count > 0) Reasons.Add(VerdictReason.Scope);
    }

    internal string Region { get; }
    internal SourceChoice Choice { get; }

    /// <summary>Other scopes in which there is a number, and whether only an illustrative one.</summary>
    internal IReadOnlyList<(Scope Scope, bool Illustrative)> Elsewhere { get; }

    /// <summary>Other regions of the table on the same ground.</summary>
    internal IReadOnlyList<string> SameGround { get; private set; } = [];

    internal SortedSet<VerdictReason> Reasons { get; } = [];

    internal Reading? Chosen => Choice.Chosen;

    internal Rational? Quantity => Chosen?.Quantity;

    internal bool HasNumber => !Reasons.Contains(VerdictReason.Missing);

    /// <summary>A contested cell is illustrative when all who have a claim are: real ones go first.</summary>
    internal bool Illustrative => Chosen?.Illustrative ?? (Choice.Contested && Choice.Others[0].Illustrative);

    internal bool Stands => Verdicts.Of(Reasons) != Verdict.NotComparable;

    internal void MarkIllustrativeAmongReal() => Reasons.Add(VerdictReason.Illustrative);

    internal void MarkSameGround(IReadOnlyList<string> regions)
    {
        SameGround = regions;
        Reasons.Add(VerdictReason.Overlap);
    }
}
