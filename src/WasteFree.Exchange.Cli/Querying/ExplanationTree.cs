using WasteFree.Exchange.Cli.Layout;
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
        "message_zh", "message_en", "affirmed_report", "affirmed_position",
    ];

    /// <param name="screen">Where it is shown.</param>
    /// <param name="explanation">The tree.</param>
    /// <param name="branch">What the first line of it begins with.</param>
    /// <param name="trunk">What the others begin with.</param>
    public static void Show(Screen screen, Explanation explanation, string branch = "", string trunk = "")
    {
        screen.Say(Text(explanation), branch, trunk);
        foreach (var input in explanation.Inputs)
        {
            var isLast = ReferenceEquals(input, explanation.Inputs[^1]);
            Show(screen, input, trunk + (isLast ? "└── " : "├── "), trunk + (isLast ? "    " : "│   "));
        }
    }

    public static IEnumerable<string[]> Flat(Explanation explanation, int depth = 0)
    {
        var sent = explanation.Observation;
        string[] row =
        [
            depth.ToString(), explanation.Step.Code(), explanation.Indicator, explanation.Region, explanation.Period, explanation.Value,
            explanation.Unit, explanation.Exact, Reasons(explanation), sent?.Organization ?? "", sent is { Illustrative: true } ? Words.Illustrative : "",
            sent?.Report ?? "", sent?.Position.ToString() ?? "",
            explanation.MessageZh, explanation.MessageEn,
            sent?.AffirmedReport ?? "", sent is { AffirmedPosition: > 0 and var affirmed } ? affirmed.ToString() : "",
        ];
        return explanation.Inputs.SelectMany(input => Flat(input, depth + 1)).Prepend(row);
    }

    private static string Affirmed(ObservationRecord record) =>
        record.AffirmedReport.Length == 0 ? "" : $"{record.AffirmedReport} @ {record.AffirmedPosition}";

    private static string Text(Explanation explanation)
    {
        var number = explanation.Value.Length == 0 ? "—"
            : explanation.Unit == PointUnit ? $"{Words.Signed(explanation.Value)} {Words.Points}"
            : $"{explanation.Value} {explanation.Unit}";
        var exact = explanation.Exact.Length > 0 ? $" （= {explanation.Exact}）" : "";
        var where = string.Join(' ', new[] { explanation.Indicator, explanation.Region, explanation.Period }.Where(part => part.Length > 0));
        var reasons = Reasons(explanation) is { Length: > 0 } codes ? $" [{codes}]" : "";
        var sent = explanation.Observation is { } observation
            ? $"\n{Words.Reports($"{observation.Report} @ {observation.Position}", Affirmed(observation))}{(observation.Illustrative ? $" 【{Words.Illustrative}】" : "")}"
            : "";
        return $"{Words.Step(explanation.Step)} {number}{exact}  {where}{reasons}\n{explanation.MessageZh} {explanation.MessageEn}{sent}";
    }

    private static string Reasons(Explanation explanation) => string.Join(' ', explanation.Reasons.Select(reason => reason.Code()));
}
