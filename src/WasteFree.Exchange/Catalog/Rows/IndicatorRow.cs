using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

internal static class IndicatorRow
{
    private static readonly DefinitionVersion First = new(1, 0);

    public static readonly IReadOnlyList<string> Columns =
    [
        "code", "version", "name_zh", "name_en", "level1", "level2", "mandatory", "unit", "numerator", "denominator",
        "numerator_unit", "denominator_unit", "direction", "kind", "aggregation", "scopes", "frequencies", "hard_min",
        "hard_max", "soft_min", "soft_max", "valid_from", "valid_to", "source", "owner", "sharing", "confidence", "evidence",
    ];

    public static readonly IReadOnlyList<string> Required = ["code", "name_zh", "unit", "kind", "direction"];

    public static ParsedRow Read(RowFields row)
    {
        var version = Version(row);
        var kind = row.RequiredChoice("kind", ClosedSets.IndicatorKinds);
        var indicator = new Indicator
        {
            Code = row.RequiredCode("code"),
            Version = version ?? First,
            NameZh = row.RequiredName("name_zh"),
            NameEn = row.Name("name_en"),
            Level1 = row.Text("level1"),
            Level2 = row.Text("level2"),
            Mandatory = row.Bool("mandatory"),
            Unit = row.RequiredUnit("unit"),
            Numerator = row.Text("numerator"),
            Denominator = row.Text("denominator"),
            NumeratorUnit = row.Unit("numerator_unit"),
            DenominatorUnit = row.Unit("denominator_unit"),
            Kind = kind,
            Direction = row.RequiredChoice("direction", ClosedSets.Directions),
            Aggregation = row.Choice("aggregation", ClosedSets.Aggregations, Usual(kind)),
            Scopes = row.Choices("scopes", ClosedSets.Scopes),
            Frequencies = row.Choices("frequencies", ClosedSets.Frequencies),
            HardMin = row.Decimal("hard_min"),
            HardMax = row.Decimal("hard_max"),
            SoftMin = row.Decimal("soft_min"),
            SoftMax = row.Decimal("soft_max"),
            ValidFrom = row.Period("valid_from"),
            ValidTo = row.Period("valid_to"),
            Source = row.Text("source"),
            Owner = row.Choice("owner", ClosedSets.Owners, DefinitionOwner.Unstated),
            Sharing = row.Choice("sharing", ClosedSets.SharingAttributes, Sharing.Conditional),
            Confidence = row.Choice("confidence", ClosedSets.Confidences, Confidence.Unstated),
            Evidence = row.Text("evidence"),
        };

        if (ClosedSets.IndicatorKinds.TryGet(row.Text("kind"), out _) && !Suits(indicator.Aggregation, kind))
            row.Fault("aggregation", row.Text("aggregation"), FaultText.NotForKind(row.Text("kind")));
        CheckRange(row, "hard_min", indicator.HardMin, "hard_max", indicator.HardMax);
        CheckRange(row, "soft_min", indicator.SoftMin, "soft_max", indicator.SoftMax);
        if (indicator is { ValidFrom: { } from, ValidTo: { } to } && from.Start >= to.Start)
            row.Fault("valid_from", row.Text("valid_from"), FaultText.NotBefore("valid_to"));

        return new ParsedRow(indicator, ParsedRow.KeyOf(indicator.Code, version?.ToString() ?? ""), indicator.Code, []);
    }

    /// <summary>Whether the counts of months add up to that of a year is not in the word: the table has to say it.</summary>
    private static Aggregation Usual(IndicatorKind kind) => kind switch
    {
        IndicatorKind.Amount => Aggregation.Sum,
        IndicatorKind.Stock => Aggregation.Last,
        IndicatorKind.Ratio or IndicatorKind.Intensity => Aggregation.Parts,
        IndicatorKind.Count or IndicatorKind.Flag or IndicatorKind.Event => Aggregation.None,
    };

    /// <summary>Ratios are never added up, nor are stocks; only what has a numerator and a denominator is made from them.</summary>
    private static bool Suits(Aggregation aggregation, IndicatorKind kind) => aggregation switch
    {
        Aggregation.Sum => kind is IndicatorKind.Amount or IndicatorKind.Count,
        Aggregation.Parts => kind is IndicatorKind.Ratio or IndicatorKind.Intensity,
        Aggregation.Last or Aggregation.None => true,
    };

    private static DefinitionVersion? Version(RowFields row)
    {
        var text = row.Text("version");
        if (text.Length == 0) return First;
        if (DefinitionVersion.TryParse(text, out var version)) return version;
        row.Fault("version", text, FaultText.NotAVersion);
        return null;
    }

    private static void CheckRange(RowFields row, string low, ExactDecimal? min, string high, ExactDecimal? max)
    {
        if (min is { } from && max is { } to && from.ToRational() > to.ToRational())
            row.Fault(low, from.ToString(), FaultText.NotBelow(high));
    }
}
