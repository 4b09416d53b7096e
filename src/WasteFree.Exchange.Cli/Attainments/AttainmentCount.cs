using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Attainments;

/// <summary>How many targets stand where, in one line; parts are counted beside their wholes, not among them.</summary>
internal static class AttainmentCount
{
    public static string Of(IReadOnlyCollection<Attainment> attainments)
    {
        var ids = attainments.Select(attainment => attainment.Target.Id).ToHashSet(StringComparer.Ordinal);
        var counted = attainments.Where(attainment => AttainmentWords.Counts(attainment.State))
            .ToLookup(attainment => ids.Contains(attainment.Target.PartOf));
        var others = attainments.Count - counted[false].Count() - counted[true].Count();
        var line = $"目标 targets {States([.. counted[false]])}";
        if (counted[true].Any()) line += $"；分项 parts {States([.. counted[true]])}";
        if (others > 0) line += $"；不计 not counted {others}";
        return attainments.Any(attainment => AttainmentWords.IsIllustrative(attainment)) ? $"{line} 【{Words.Illustrative}】" : line;
    }

    private static string States(IReadOnlyCollection<Attainment> some) =>
        $"{some.Count}：达标 attained {Count(some, AttainmentState.Attained)}，"
        + $"未达标 not attained {Count(some, AttainmentState.NotAttained)}，无法判定 unknown {Count(some, AttainmentState.Unknown)}";

    private static int Count(IEnumerable<Attainment> some, AttainmentState state) => some.Count(attainment => attainment.State == state);
}
