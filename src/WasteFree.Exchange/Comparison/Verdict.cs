namespace WasteFree.Exchange.Comparison;

/// <summary>How far a cell can be compared with the others of its table.</summary>
public enum Verdict
{
    Comparable = 1,
    ComparableWithConversion = 2,
    ComparableWithBridge = 3,
    ComparableWithCaveat = 4,
    NotComparable = 5,
}

/// <summary>Why a cell has its verdict; the smaller the number, the weightier.</summary>
public enum VerdictReason
{
    /// <summary>Another MAJOR version of the definition, or status flag D.</summary>
    Definition = 1,

    /// <summary>The unit cannot be converted to the table's.</summary>
    Unit = 2,

    /// <summary>There is a value for other periods or frequencies only.</summary>
    Period = 3,

    /// <summary>The value exists for another scope only.</summary>
    Scope = 4,

    /// <summary>A denominator is zero or missing.</summary>
    Denominator = 5,

    /// <summary>Several organisations report the cell and none alone has the mandate.</summary>
    Source = 6,

    /// <summary>On the same ground as another region of the table, which stands for it.</summary>
    Overlap = 7,

    /// <summary>Illustrative among real values (示例).</summary>
    Illustrative = 8,

    /// <summary>Withheld for confidentiality.</summary>
    Confidential = 9,

    /// <summary>There is no value, or finer periods are not complete.</summary>
    Missing = 10,

    /// <summary>The status flags name a reservation.</summary>
    Status = 11,

    /// <summary>Another organisation reports another value.</summary>
    OtherSourcesDiffer = 12,

    /// <summary>Brought from another MAJOR version by a declared factor.</summary>
    Bridged = 13,

    /// <summary>Converted from another unit.</summary>
    Converted = 14,

    /// <summary>Made of finer periods.</summary>
    RolledUp = 15,

    /// <summary>
    /// Of a cell a mark: the series breaks here (status flag B), which alone leaves it comparable within its period. Of a
    /// growth: the series breaks in between.
    /// </summary>
    Break = 16,

    /// <summary>The caller may not see the cell; that says nothing of whether there is a value.</summary>
    NotShared = 17,

    /// <summary>
    /// The region is not in force at the end of the period; of a growth also: its ground is another than it was.
    /// </summary>
    RegionChanged = 18,

    /// <summary>Made of the regions that are together all of its ground.</summary>
    MadeOfParts = 19,
}

internal static class Verdicts
{
    internal static Verdict Of(IReadOnlyCollection<VerdictReason> reasons) =>
        reasons.Count == 0 ? Verdict.Comparable : reasons.Max(Of);

    /// <summary>Whether the reason alone makes a cell not comparable.</summary>
    internal static bool Forbids(VerdictReason reason) => Of(reason) == Verdict.NotComparable;

    private static Verdict Of(VerdictReason reason) => reason switch
    {
        VerdictReason.Definition or VerdictReason.Unit or VerdictReason.Period or VerdictReason.Scope
            or VerdictReason.Denominator or VerdictReason.Source or VerdictReason.Overlap or VerdictReason.Illustrative
            or VerdictReason.Confidential or VerdictReason.Missing or VerdictReason.NotShared or VerdictReason.RegionChanged => Verdict.NotComparable,
        VerdictReason.Status or VerdictReason.OtherSourcesDiffer => Verdict.ComparableWithCaveat,
        VerdictReason.Bridged => Verdict.ComparableWithBridge,
        VerdictReason.Converted or VerdictReason.RolledUp or VerdictReason.MadeOfParts => Verdict.ComparableWithConversion,
        VerdictReason.Break => Verdict.Comparable,
    };
}
