using Spectre.Console;
using Spectre.Console.Rendering;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Attainments;

/// <summary>The targets of a region, a row each; parts are indented under their whole.</summary>
internal static class AttainmentTable
{
    private const int Indent = 2;

    public static void Show(IAnsiConsole console, string region, string date, IReadOnlyList<Attainment> attainments)
    {
        string[] mark = attainments.Any(AttainmentWords.IsIllustrative) ? [$"【{Words.Illustrative}】"] : [];
        string[] title =
        [
            $"{region} 目标达成 attainment",
            .. attainments.Select(attainment => attainment.Target.SourceDocument).Where(source => source.Length > 0).Distinct(),
            $"截至 as of {date}",
            .. mark,
        ];
        console.WriteLine();
        console.Write(new Text(string.Join("  ", title)));
        console.WriteLine();
        console.Write(Of(attainments));
    }

    public static Table Of(IReadOnlyList<Attainment> attainments)
    {
        var wholes = attainments.ToDictionary(attainment => attainment.Target.Id, attainment => attainment.Target.PartOf);
        var paths = attainments.Any(attainment => attainment.Path is { State: PathState.Known or PathState.BaseAttains });
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(
            new TableColumn("目标，条款，责任部门 Target, clause, departments"), new TableColumn("目标值 Goal").NoWrap(), new TableColumn("数值 Value").RightAligned().NoWrap(),
            new TableColumn("结果 State"));
        if (paths) table.AddColumn(new TableColumn("路径 Path"));
        table.AddColumns(new TableColumn("剩余天数\nDays left").RightAligned().NoWrap(), new TableColumn("标记").NoWrap());
        foreach (var attainment in attainments)
        {
            List<IRenderable> row =
            [
                Indented(Target(attainment.Target), Depth(attainment.Target.PartOf, wholes)),
                new Text(attainment.Target.Goal),
                new Text(AttainmentWords.Value(attainment)),
                new Text(AttainmentWords.State(attainment)),
            ];
            if (paths) row.Add(new Text(AttainmentWords.Path(attainment)));
            row.Add(new Text(attainment.HasDaysLeft ? attainment.DaysLeft.ToString() : ""));
            row.Add(new Text(AttainmentWords.IsIllustrative(attainment) ? Words.Illustrative : ""));
            table.AddRow(row);
        }
        return table;
    }

    /// <summary>Id and name, and under them the clause with the words of the document, and who is in charge.</summary>
    private static Rows Target(Target target)
    {
        var scope = target.Scope is "" or "WHOLE" ? "" : $"（{Words.Scope(target.Scope)}）";
        var clause = target.Clause + (target.Quote.Length > 0 ? $"「{target.Quote}」" : "");
        return new Rows(
        [
            new Text($"{target.Id} {target.NameZh}{scope}"),
            .. new[] { clause, target.DepartmentsZh }.Where(line => line.Length > 0).Select(line => Indented(new Text(line), 1)),
        ]);
    }

    private static Padder Indented(IRenderable content, int depth) => new(content, new Padding(Indent * depth, 0, 0, 0));

    /// <summary>A circle of wholes, which a load may contain, goes no deeper than the table is long.</summary>
    private static int Depth(string whole, Dictionary<string, string> wholes)
    {
        var depth = 0;
        for (; depth < wholes.Count && wholes.TryGetValue(whole, out var next); depth++) whole = next;
        return depth;
    }
}
