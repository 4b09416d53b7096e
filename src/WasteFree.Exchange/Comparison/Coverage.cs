using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>How complete a set of cells is.</summary>
/// <param name="Expected">Cells in all.</param>
/// <param name="Valued">With a number.</param>
/// <param name="Missing">Whose status says that the value is missing, those that cannot exist included.</param>
/// <param name="CannotExist">Of those, with status flag M.</param>
/// <param name="NotShared">That the caller may not see, whatever is in them.</param>
public readonly record struct Coverage(int Expected, int Valued, int Missing, int CannotExist, int NotShared)
{
    /// <summary>Of which nothing was reported.</summary>
    public int Absent => Expected - Valued - Missing - NotShared;

    /// <summary>Valued by what can exist, in per cent; null: nothing can.</summary>
    public Rational? DataCoverage => Share(Valued);

    /// <summary>Valued, or said why not, by what can exist, in per cent; null: nothing can.</summary>
    public Rational? Completeness => Share(Valued + Missing - CannotExist);

    private Rational? Share(int part) => Expected == CannotExist ? null : new Rational(part * 100L, Expected - CannotExist);
}
