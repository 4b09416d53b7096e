using System.Collections.Frozen;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog;

/// <summary>How far a row can be trusted: read in a source, partly recalled, recalled.</summary>
public enum Confidence { Unstated, High, Medium, Low }

/// <summary>How a target relates to its indicator.</summary>
public enum TargetRelation { Same, Related, None, NotAResult }

/// <summary>Which side of a target's value is good.</summary>
public enum Comparator { AtLeast, AtMost, Above, Below, Equal }

/// <summary>What rows of every table have beside their own parts.</summary>
public abstract record CatalogRecord
{
    /// <summary>
    /// The columns as loaded, by name: those that the hub does not know are among them, empty ones are not. Empty for a
    /// record that was made without a table.
    /// </summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>How a row is written is no part of what it says.</summary>
    public virtual bool Equals(CatalogRecord? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>A category of a code list.</summary>
public sealed record Category : CatalogRecord
{
    public string CodeList { get; init; } = "";
    public required string Code { get; init; }
    public required string NameZh { get; init; }
    public string NameEn { get; init; } = "";

    /// <summary>Indicators that take it.</summary>
    public required CodePatterns Indicators { get; init; }
}

/// <summary>A target set for a region.</summary>
public sealed record Target : CatalogRecord
{
    public required string Id { get; init; }
    public required string Region { get; init; }
    public required Period Period { get; init; }
    public DateOnly? Deadline { get; init; }

    /// <summary>The text names the day; otherwise it is the last of the year that the text names.</summary>
    public bool DeadlineStated { get; init; }

    /// <summary>Empty for a rule that is not a result.</summary>
    public string Indicator { get; init; } = "";

    public required TargetRelation Relation { get; init; }
    public string RelatedIndicator { get; init; } = "";
    public Scope Scope { get; init; } = Scope.Whole;
    public string Category { get; init; } = Codes.Total;
    public required string NameZh { get; init; }
    public string NameEn { get; init; } = "";
    public required Comparator Comparator { get; init; }
    public bool ComparatorStated { get; init; }
    public required ExactDecimal Value { get; init; }

    /// <summary>UCUM.</summary>
    public required string Unit { get; init; }

    public string DepartmentsZh { get; init; } = "";
    public int TaskNo { get; init; }
    public string SourceDocument { get; init; } = "";
    public string Clause { get; init; } = "";
    public string Quote { get; init; } = "";
    public TargetKind Kind { get; init; }
    public string Note { get; init; } = "";

    /// <summary>Id of the target that this one is a part of; empty: none.</summary>
    public string PartOf { get; init; } = "";

    /// <summary>Where its way begins, of the frequency of <see cref="Period"/>; null: no base.</summary>
    public Period? BasePeriod { get; init; }

    /// <summary>In <see cref="Unit"/>; null: the value reported for <see cref="BasePeriod"/>.</summary>
    public ExactDecimal? BaseValue { get; init; }
}

/// <summary>A task of a region's yearly plan.</summary>
public sealed record PlanTask : CatalogRecord
{
    public required int Number { get; init; }
    public string Section { get; init; } = "";
    public required string TitleZh { get; init; }
    public string TitleEn { get; init; } = "";
    public string DepartmentsZh { get; init; } = "";
    public string DepartmentNote { get; init; } = "";
    public TaskMode Mode { get; init; }
    public IReadOnlyList<string> Targets { get; init; } = [];
    public string Region { get; init; } = "";
    public string SourceDocument { get; init; } = "";
}

/// <summary>An organisation that sends reports. Illustrative: none of its data are real (示例).</summary>
public sealed record Organization : CatalogRecord
{
    public required string Id { get; init; }
    public required string NameZh { get; init; }
    public string NameEn { get; init; } = "";
    public OrganizationKind Kind { get; init; }

    /// <summary>Regions it may report for.</summary>
    public required CodePatterns Regions { get; init; }

    public bool Illustrative { get; init; }
}

/// <summary>Who reports which indicators for which regions.</summary>
public sealed record Mandate : CatalogRecord
{
    public required string Organization { get; init; }
    public required CodePatterns Indicators { get; init; }
    public required CodePatterns Regions { get; init; }

    /// <summary>Its value is the cell of a comparison.</summary>
    public bool Authoritative { get; init; }

    /// <summary>Days after the end of a period by which it reports; 0: not stated.</summary>
    public int DueDays { get; init; }

    public bool Covers(string indicator, string region) => Indicators.Match(indicator) && Regions.Match(region);
}

/// <summary>
/// What one MAJOR version of a definition gives in the terms of another. Declared, never inferred: both versions were
/// measured in one period, and somebody approved it.
/// </summary>
public sealed record Bridge : CatalogRecord
{
    public required string Indicator { get; init; }
    public required int FromMajor { get; init; }
    public required int ToMajor { get; init; }

    /// <summary>Regions whose values it takes.</summary>
    public required CodePatterns Regions { get; init; }

    /// <summary>Multiplies a value.</summary>
    public required Rational Factor { get; init; }

    /// <summary>As written, for example <c>0.95/1.05</c>.</summary>
    public required string FactorText { get; init; }

    public required Period OverlapPeriod { get; init; }
    public required string Source { get; init; }
    public required string Approver { get; init; }
}

/// <summary>Turns volume into mass and back, for the indicators and categories that it names.</summary>
public sealed record Density : CatalogRecord
{
    public required CodePatterns Indicators { get; init; }
    public required CodePatterns Categories { get; init; }

    /// <summary>Mass per volume, in <see cref="Unit"/>.</summary>
    public required ExactDecimal Value { get; init; }

    /// <summary>UCUM.</summary>
    public required string Unit { get; init; }

    public required string Source { get; init; }
}

/// <summary>
/// Lets an organisation read conditional values about another province. Its days are those of China (+08:00); nothing
/// opens what is not shared at all.
/// </summary>
public sealed record Grant : CatalogRecord
{
    /// <summary>Stands for every owner.</summary>
    public const string AnyOwner = "*";

    /// <summary>Organisation that may read.</summary>
    public required string Grantee { get; init; }

    /// <summary>Organisation that sent the values, or <see cref="AnyOwner"/>.</summary>
    public required string Owner { get; init; }

    public required CodePatterns Indicators { get; init; }
    public required CodePatterns Regions { get; init; }
    public required string Purpose { get; init; }

    /// <summary>First day; null: from the load on.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>Whether it was given to the organisation, or opens its values.</summary>
    public bool Concerns(string organization) => Grantee == organization || Owner == organization || Owner == AnyOwner;

    public bool InForce(DateOnly day) => day <= ValidUntil && (ValidFrom is not { } from || day >= from);
}
