using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>One thing wrong, or worth knowing, at a line of a file: found by the file check or by the hub.</summary>
internal sealed record Fault
{
    /// <summary>Line of the file, the header mostly being line 1; 0 for the file as a whole.</summary>
    public required long Line { get; init; }

    /// <summary>Zero-based offset of the row in the report; null where there is no row.</summary>
    public long? Row { get; init; }

    public required string Rule { get; init; }

    public FindingSeverity Severity { get; init; } = FindingSeverity.Blocker;

    public string Field { get; init; } = "";

    public string Observed { get; init; } = "";

    public string Expected { get; init; } = "";

    public required string MessageZh { get; init; }

    public required string MessageEn { get; init; }

    public static Fault From(Finding finding, RowLines lines) => new()
    {
        Line = finding.Row is { } row ? lines.LineOf(row) : 0,
        Row = finding.Row,
        Rule = finding.Rule,
        Severity = finding.Severity,
        Field = finding.Field,
        Observed = finding.Observed,
        Expected = finding.Expected,
        MessageZh = finding.MessageZh,
        MessageEn = finding.MessageEn,
    };

    /// <summary>The fields in the order of <see cref="Columns"/>.</summary>
    public string[] Cells() =>
    [
        Line.ToString(), Row?.ToString() ?? "", Rule, Severity.Code(), Field, Observed, Expected, MessageZh, MessageEn,
    ];

    public static readonly string[] Columns =
        ["line", "row", "rule", "severity", "field", "observed", "expected", "message_zh", "message_en"];
}
