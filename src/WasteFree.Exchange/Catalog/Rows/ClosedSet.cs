using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

/// <summary>A closed set and the words by which a table names its members.</summary>
internal sealed class ClosedSet<T>(params (string Code, T Value)[] members)
{
    public IEnumerable<string> Codes => members.Select(member => member.Code);

    public bool TryGet(string code, out T value)
    {
        var place = Array.FindIndex(members, member => member.Code == code);
        value = place < 0 ? default! : members[place].Value;
        return place >= 0;
    }
}

internal static class ClosedSets
{
    public static readonly ClosedSet<IndicatorKind> IndicatorKinds = new(
        ("ratio", IndicatorKind.Ratio), ("intensity", IndicatorKind.Intensity), ("amount", IndicatorKind.Amount),
        ("stock", IndicatorKind.Stock), ("count", IndicatorKind.Count), ("flag", IndicatorKind.Flag), ("event", IndicatorKind.Event));

    public static readonly ClosedSet<Aggregation> Aggregations = new(
        ("sum", Aggregation.Sum), ("last", Aggregation.Last), ("parts", Aggregation.Parts), ("none", Aggregation.None));

    public static readonly ClosedSet<Direction> Directions = new(
        ("higher", Direction.Higher), ("lower", Direction.Lower), ("neutral", Direction.Neutral));

    public static readonly ClosedSet<Confidence> Confidences = new(
        ("high", Confidence.High), ("medium", Confidence.Medium), ("low", Confidence.Low));

    public static readonly ClosedSet<TargetRelation> Relations = new(
        ("same", TargetRelation.Same), ("related", TargetRelation.Related), ("none", TargetRelation.None),
        ("NOT_A_RESULT", TargetRelation.NotAResult));

    public static readonly ClosedSet<Comparator> Comparators = new(
        (">=", Comparator.AtLeast), ("<=", Comparator.AtMost), (">", Comparator.Above), ("<", Comparator.Below), ("=", Comparator.Equal));

    public static readonly ClosedSet<Scope> Scopes = new([.. Values.Codes.Scopes.Select((code, place) => (code, (Scope)(place + 1)))]);

    public static readonly ClosedSet<Frequency> Frequencies = new(
        ("A", Frequency.Annual), ("S", Frequency.HalfYearly), ("Q", Frequency.Quarterly),
        ("M", Frequency.Monthly), ("W", Frequency.Weekly), ("D", Frequency.Daily));

    public static readonly ClosedSet<SchemeExtent> Extents = new(
        ("full", SchemeExtent.Full), ("partial", SchemeExtent.Partial), ("none", SchemeExtent.None));

    public static readonly ClosedSet<Sharing> SharingAttributes = new(
        ("无条件", Sharing.Unconditional), ("有条件", Sharing.Conditional), ("不予共享", Sharing.NotShared));

    public static readonly ClosedSet<DefinitionOwner> Owners = new(
        ("nation", DefinitionOwner.Nation), ("chongqing", DefinitionOwner.Chongqing), ("sichuan", DefinitionOwner.Sichuan),
        ("wanzhou", DefinitionOwner.Wanzhou), ("hub", DefinitionOwner.Hub));

    public static readonly ClosedSet<RegionLevel> Levels = new(
        ("province", RegionLevel.Province), ("prefecture", RegionLevel.Prefecture), ("district", RegionLevel.District),
        ("county", RegionLevel.County), ("county-level city", RegionLevel.CountyLevelCity), ("functional area", RegionLevel.FunctionalArea));

    public static readonly ClosedSet<OrganizationKind> OrganizationKinds = new(
        ("hub", OrganizationKind.Hub), ("province", OrganizationKind.Province), ("city", OrganizationKind.City), ("district", OrganizationKind.District),
        ("department", OrganizationKind.Department), ("demo", OrganizationKind.Demo));

    public static readonly ClosedSet<TargetKind> TargetKinds = new(
        ("ratio", TargetKind.Ratio), ("amount", TargetKind.Amount), ("count", TargetKind.Count),
        ("event", TargetKind.Event), ("threshold", TargetKind.Threshold));

    public static readonly ClosedSet<TaskMode> TaskModes = new(("按职责分工", TaskMode.ByResponsibility), ("牵头", TaskMode.Lead));
}
