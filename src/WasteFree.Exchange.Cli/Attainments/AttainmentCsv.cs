using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Attainments;

/// <summary>An attainment as flat text.</summary>
internal static class AttainmentCsv
{
    public static readonly string[] Columns =
    [
        "target", "part_of", "region", "region_name", "period", "deadline", "indicator", "relation", "scope", "category", "name_zh", "name_en",
        "comparator", "goal", "unit", "value", "event_day", "state", "reasons", "percent", "date", "days_left",
        "path", "base_period", "base_value", "path_period", "path_value", "share", "expected", "on_track", "cagr_ratio",
        "departments_zh", "source_document", "clause", "quote", "organization", "mark", "message_zh", "message_en",
    ];

    public static string[] Row(Attainment attainment, string date, CatalogNames names)
    {
        var target = attainment.Target;
        var cell = attainment.Cell ?? new ComparisonCell();
        var path = attainment.Path ?? new TargetPath();
        var goal = target.Goal.Split(' ');
        var known = path.State is TargetPathState.Known or TargetPathState.BaseAttains;
        return
        [
            target.Id, target.PartOf, target.Region, names.PlainRegionName(target.Region), target.Period, target.Deadline, target.Indicator, target.Relation.Code(),
            target.Scope, target.Category, target.NameZh, target.NameEn, goal[0], goal[1], target.Unit,
            cell.Value, attainment.EventDay, attainment.State.Code(), string.Join(' ', cell.Reasons.Select(reason => reason.Code())),
            attainment.Percent, date, attainment.DaysLeft?.ToString() ?? "",
            attainment.Path is null ? "" : path.State.Code(), path.BasePeriod, path.BaseValue, path.Period, path.Value, path.Share, path.Expected,
            known ? path.OnTrack ? "true" : "false" : "", path.CagrRatio,
            target.DepartmentsZh, target.SourceDocument, target.Clause, target.Quote,
            cell.Organization, AttainmentWords.IsIllustrative(attainment) ? Words.Illustrative : "", attainment.MessageZh, attainment.MessageEn,
        ];
    }
}
