using System.Globalization;
using WasteFree.Exchange.Server.Catalogs;
using Attainment = WasteFree.Exchange.Attainments.Attainment;
using TargetPath = WasteFree.Exchange.Attainments.TargetPath;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>From attainments to the contract's messages. States have the same numbers in both.</summary>
internal static class AttainmentMapping
{
    public static V1.Attainment ToMessage(Attainment attainment, bool includeMessages) => new()
    {
        Target = CatalogMapping.ToMessage(attainment.Target, attainment.Goal),
        State = (V1.AttainmentState)attainment.State,
        Cell = attainment.Cell is { } cell ? ComparisonMapping.ToMessage(cell, includeMessages) : null,
        EventDay = attainment.EventDay is { } day ? DateText(day) : "",
        Percent = attainment.Percent,
        DaysLeft = attainment.DaysLeft,
        Path = attainment.Path is { } path ? ToMessage(path) : null,
        MessageZh = includeMessages ? attainment.MessageZh : "",
        MessageEn = includeMessages ? attainment.MessageEn : "",
    };

    public static string DateText(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static V1.TargetPath ToMessage(TargetPath path) => new()
    {
        State = (V1.TargetPathState)path.State,
        BasePeriod = path.BasePeriod?.ToString() ?? "",
        BaseValue = path.BaseValue,
        Period = path.Period?.ToString() ?? "",
        Value = path.Value,
        Share = path.Share,
        Expected = path.Expected,
        OnTrack = path.OnTrack,
        CagrRatio = path.CagrRatio,
        Illustrative = path.Illustrative,
    };
}
