using Spectre.Console;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Shows an explanation as a tree, or as rows with their depth.</summary>
internal static class ExplanationTree
{
    /// <summary>Percentage points, as the contract writes them.</summary>
    private const string PointUnit = "%{point}";

    public static readonly string[] Columns =
    [
        "depth", "step", "indicator", "region", "period", "value", "unit", "exact", "reasons", "organization", "mark", "report", "position",
        "message_zh", "message_en",
    ];

    public static void Show(IAnsiConsole console, Explanation explanation)
    {
        var tree = new Tree(Line(explanation)) { Guide = TreeGuide.Line };
        foreach (var input in explanation.Inputs) Add(tree, input);
        console.Write(tree);
    }

    public static IEnumerable<string[]> Flat(Explanation explanation, int depth = 0)
    {
        var sent = explanation.Observation;
        string[] row =
        [
            depth.ToString(), explanation.Step.Code(), explanation.Indicator, explanation.Region, explanation.Period, explanation.Value,
            explanation.Unit, explanation.Exact, Reasons(explanation), sent?.Organization ?? "", sent is { Illustrative: true } ? Words.Illustrative : "",
            sent?.Report ?? "", sent?.Position.ToString() ?? "", explanation.MessageZh, explanation.MessageEn,
        ];
        return explanation.Inputs.SelectMany(input => Flat(input, depth + 1)).Prepend(row);
    }

    private static void Add(IHasTreeNodes parent, Explanation explanation)
    {
        var node = parent.AddNode(Line(explanation));
        foreach (var input in explanation.Inputs) Add(node, input);
    }

    private static Text Line(Explanation explanation)
    {
        var number = explanation.Value.Length == 0 ? "—"
            : explanation.Unit == PointUnit ? $"{Words.Signed(explanation.Value)} {Words.Points}"
            : $"{explanation.Value} {explanation.Unit}";
        var exact = explanation.Exact.Length > 0 ? $" （= {explanation.Exact}）" : "";
        var where = string.Join(' ', new[] { explanation.Indicator, explanation.Region, explanation.Period }.Where(part => part.Length > 0));
        var reasons = Reasons(explanation) is { Length: > 0 } codes ? $" [{codes}]" : "";
        var sent = explanation.Observation is { } observation
            ? $"\n{observation.Report} @ {observation.Position}{(observation.Illustrative ? $" 【{Words.Illustrative}】" : "")}"
            : "";
        return new Text($"{Words.Step(explanation.Step)} {number}{exact}  {where}{reasons}\n{explanation.MessageZh} {explanation.MessageEn}{sent}");
    }

    private static string Reasons(Explanation explanation) => string.Join(' ', explanation.Reasons.Select(reason => reason.Code()));
}
