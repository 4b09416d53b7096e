using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Attainments;

/// <summary>The targets of a region, a row each; parts are indented under their whole.</summary>
internal static class AttainmentTable
{
    private const int Indent = 2;

    public static void Show(Screen screen, string region, string date, IReadOnlyList<Attainment> attainments)
    {
        string[] mark = attainments.Any(AttainmentWords.IsIllustrative) ? [$"【{Words.Illustrative}】"] : [];
        string[] title =
        [
            $"{region} 目标达成 attainment",
            .. attainments.Select(attainment => attainment.Target.SourceDocument).Where(source => source.Length > 0).Distinct(),
            $"截至 as of {date}",
            .. mark,
        ];
        screen.Say();
        screen.Say(string.Join("  ", title));
        screen.Show(Of(attainments));
    }

    public static TextTable Of(IReadOnlyList<Attainment> attainments)
    {
        var wholes = attainments.ToDictionary(attainment => attainment.Target.Id, attainment => attainment.Target.PartOf);
        var paths = attainments.Any(attainment => attainment.Path is { State: TargetPathState.Known or TargetPathState.BaseAttains });
        TextColumn[] path = paths ? [TextColumn.Prose("路径 Path")] : [];
        var table = new TextTable(
        [
            TextColumn.Prose("目标，条款，责任部门 Target, clause, departments"), TextColumn.Code("目标值 Goal"), TextColumn.Number("数值 Value"),
            TextColumn.Prose("结果 State"), .. path, TextColumn.Number("剩余天数\nDays left"), TextColumn.Code("标记"),
        ]);
        foreach (var attainment in attainments)
        {
            string[] way = paths ? [AttainmentWords.Path(attainment)] : [];
            table.Add(
            [
                Target(attainment.Target, Depth(attainment.Target.PartOf, wholes)),
                attainment.Target.Goal,
                AttainmentWords.Value(attainment),
                AttainmentWords.State(attainment),
                .. way,
                attainment.DaysLeft?.ToString() ?? "",
                AttainmentWords.IsIllustrative(attainment) ? Words.Illustrative : "",
            ]);
        }
        return table;
    }

    /// <summary>Id and name, and under them the clause with the words of the document, and who is in charge.</summary>
    private static string Target(Target target, int depth)
    {
        var scope = target.Scope is "" or "WHOLE" ? "" : $"（{Words.Scope(target.Scope)}）";
        var clause = target.Clause + (target.Quote.Length > 0 ? $"「{target.Quote}」" : "");
        var under = new[] { clause, target.DepartmentsZh }.Where(line => line.Length > 0).Select(line => Indented(line, depth + 1));
        return string.Join('\n', under.Prepend(Indented($"{target.Id} {target.NameZh}{scope}", depth)));
    }

    private static string Indented(string line, int depth) => new string(' ', Indent * depth) + line;

    /// <summary>A circle of wholes, which a load may contain, goes no deeper than the table is long.</summary>
    private static int Depth(string whole, Dictionary<string, string> wholes)
    {
        var depth = 0;
        for (; depth < wholes.Count && wholes.TryGetValue(whole, out var next); depth++) whole = next;
        return depth;
    }
}
