using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>An indicator in a period, one cell per region.</summary>
public sealed record ComparisonTable
{
    /// <summary>The version asked for; else the one in force in the period; where none is, the highest there is.</summary>
    public required Indicator Definition { get; init; }

    public required Period Period { get; init; }
    public required Scope Scope { get; init; }
    public required string Category { get; init; }

    /// <summary>UCUM unit of the values: the one asked for, or the definition's.</summary>
    public required string Unit { get; init; }

    /// <summary>In the order asked; no region is left out.</summary>
    public required IReadOnlyList<ComparisonCell> Cells { get; init; }

    /// <summary>The regions as one; null: flags and events do not add up.</summary>
    public Aggregate? Aggregate { get; init; }

    public Coverage Coverage { get; init; }

    /// <summary>Cells with a rank.</summary>
    public int Ranked => Cells.Count(cell => cell.Rank is not null);

    /// <summary>Cells in all.</summary>
    public int Expected => Cells.Count;
}

/// <summary>One region's cell.</summary>
public sealed record ComparisonCell
{
    public required string Region { get; init; }

    /// <summary>In the table's unit, not rounded; null where there is none or it is withheld.</summary>
    public Rational? Quantity { get; init; }

    /// <summary>In the table's unit: as sent where nothing was computed, else rounded to 12 decimals; empty: none.</summary>
    public string Value { get; init; } = "";

    /// <summary>Computed: from numerator and denominator, by a bridge, of finer periods, by a normalisation.</summary>
    public bool Derived { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The weightiest first.</summary>
    public required IReadOnlyList<VerdictReason> Reasons { get; init; }

    /// <summary>Among the comparable cells, best first (1, 2, 2, 4); null: not ranked.</summary>
    public int? Rank { get; init; }

    /// <summary>Whose value it is; empty: nobody's, or not decided.</summary>
    public string Organization { get; init; } = "";

    /// <summary>Not real (示例).</summary>
    public bool Illustrative { get; init; }

    /// <summary>As sent, where it was converted or could not be; empty otherwise.</summary>
    public string SentValue { get; init; } = "";

    /// <summary>Unit of <see cref="SentValue"/>.</summary>
    public string SentUnit { get; init; } = "";

    public StatusSet Status { get; init; }

    /// <summary>As sent; of finer periods their sum. Empty: none or withheld.</summary>
    public string Numerator { get; init; } = "";

    /// <summary>As sent; of finer periods their sum. Empty: none or withheld.</summary>
    public string Denominator { get; init; } = "";

    /// <summary>Of <see cref="Numerator"/>; empty: not stated.</summary>
    public string NumeratorUnit { get; init; } = "";

    /// <summary>Of <see cref="Denominator"/>; empty: not stated.</summary>
    public string DenominatorUnit { get; init; } = "";

    public IReadOnlyList<CellTarget> Targets { get; init; } = [];

    /// <summary>Numbers of other organisations; those of real ones first.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; init; } = [];

    /// <summary>Id within the organisation; empty: none.</summary>
    public string Report { get; init; } = "";

    /// <summary>The last report that repeated the value, id within the organisation; empty: none.</summary>
    public string AffirmedReport { get; init; } = "";

    /// <summary>Ledger position from which the value is visible; 0: none.</summary>
    public long Position { get; init; }

    /// <summary>Definition version that the value was sent in; empty: none, or made of several values.</summary>
    public string Version { get; init; } = "";

    /// <summary>Where it is made of finer periods, or could not be.</summary>
    public RollUp? RollUp { get; init; }

    /// <summary>What it was divided by.</summary>
    public Denominator? NormalizedBy { get; init; }

    /// <summary>One per basis asked.</summary>
    public IReadOnlyList<Growth> Growth { get; init; } = [];

    /// <summary>What the number was made of.</summary>
    public required Derivation Derivation { get; init; }

    /// <summary>The verdict in words; empty for a plain <see cref="Verdict.Comparable"/>.</summary>
    public string MessageZh { get; init; } = "";

    /// <summary>The verdict in words; empty for a plain <see cref="Verdict.Comparable"/>.</summary>
    public string MessageEn { get; init; } = "";
}

/// <summary>A target beside a cell.</summary>
/// <param name="Target">The target.</param>
/// <param name="Goal">What it asks for, in signs.</param>
/// <param name="Attained">Null where the value cannot say it.</param>
public sealed record CellTarget(Target Target, string Goal, bool? Attained);

/// <summary>Another organisation's number for a cell.</summary>
/// <param name="Organization">Its id.</param>
/// <param name="Illustrative">Not real (示例).</param>
/// <param name="Value">In <paramref name="Unit"/>; empty where withheld, or where parts give none.</param>
/// <param name="Unit">As sent; the table's for a value computed from parts.</param>
public sealed record Alternative(string Organization, bool Illustrative, string Value, string Unit);
