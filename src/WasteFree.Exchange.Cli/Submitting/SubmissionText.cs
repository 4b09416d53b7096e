using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Submitting;

/// <summary>Writes what became of a file, in the format asked for.</summary>
internal static class SubmissionText
{
    /// <summary>The hub counts no further: see <see cref="UploadOutcome.Committed.SupersededRows"/>.</summary>
    private const long MostCounted = 100_000;

    public static void Write(SubmissionResult result, FaultReport faults, Terminal terminal, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(Json.Of(Flat(result, faults)));
                break;
            case OutputFormat.Csv when result is SubmissionResult.Refused:
                faults.WriteCsv(terminal.Out);
                break;
            case OutputFormat.Csv:
                WriteCsv((SubmissionResult.Accepted)result, faults, terminal.Out);
                faults.ShowTable(terminal.Notes);
                break;
            default:
                WriteWords(result, faults, terminal);
                break;
        }
        if (result is not SubmissionResult.Accepted accepted) return;
        var standing = format == OutputFormat.Table ? terminal.Results : terminal.Notes;
        foreach (var line in Standing(accepted.Outcome)) standing.Say(line);
    }

    private static void WriteWords(SubmissionResult result, FaultReport faults, Terminal terminal)
    {
        switch (result)
        {
            case SubmissionResult.Accepted { Outcome.Receipt: { } receipt } accepted:
                faults.ShowTable(terminal.Notes);
                terminal.Results.Say($"{(accepted.Outcome.Replayed ? "此前已提交 committed before" : "已提交 committed")}  {receipt.Report}");
                terminal.Results.Say($"  账本位置 position  {receipt.Position}    {receipt.CommitTime?.ToDateTimeOffset():yyyy-MM-dd'T'HH:mm:ss'Z'}");
                terminal.Results.Say($"  行数 rows          {Counts(receipt.Counts)}");
                terminal.Results.Say($"  问题 findings      {Found(faults)}");
                terminal.Results.Say($"  编码 encoding      {result.Encoding}");
                terminal.Results.Say($"  摘要 digest        {Hex(receipt)}");
                break;
            case SubmissionResult.Accepted checkedOnly:
                faults.ShowTable(terminal.Notes);
                terminal.Results.Say($"检查通过，未提交 would be accepted, nothing was stored: {Counts(checkedOnly.Outcome.Counts)}");
                terminal.Results.Say($"  问题 findings      {Found(faults)}");
                terminal.Results.Say($"  编码 encoding      {result.Encoding}");
                break;
            case SubmissionResult.Refused refused:
                faults.ShowTable(terminal.Results);
                terminal.Note("未提交任何数据：请改正后重新提交。 Nothing was submitted; mend the file and submit it again.");
                terminal.Note($"  问题 findings      {Found(faults)}");
                if (refused.Counts is { } counts) terminal.Note($"  行数 rows          {counts.Submitted} in the file, {counts.Rejected} rejected");
                if (result.Encoding.Length > 0) terminal.Note($"  编码 encoding      {result.Encoding}");
                break;
        }
    }

    /// <summary>What became of a report since its receipt was given, and how to say the same anew; nothing of a new one.</summary>
    private static IEnumerable<string> Standing(UploadOutcome.Committed committed)
    {
        if (committed.Replayed) yield return "重复提交：以上是当时的回执，本次未写入任何数据。 Sent again: the receipt is of that time, nothing was stored now.";
        if (committed.State == ReportState.Withdrawn)
            yield return $"此报告已被撤回，其数值不再有效；{Anew.Zh} This report was withdrawn and asserts nothing any more; {Anew.En}";
        else if (committed.SupersededRows > 0)
            yield return $"其中 {Superseded(committed)} 行的数值已不是现行数值，被后来的报告取代或撤回；{Anew.Zh} "
                + $"No longer current: {Superseded(committed)} of its values, replaced by later reports or withdrawn; {Anew.En}";
    }

    private static (string Zh, string En) Anew => (
        "要使其重新生效，请换一个报告名再提交：--report 新名称。", "to assert them anew, send the file under a new name: --report NEW-ID.");

    private static string Superseded(UploadOutcome.Committed committed) =>
        committed.SupersededRows < MostCounted ? $"{committed.SupersededRows}" : $"≥ {MostCounted}";

    private static object Flat(SubmissionResult result, FaultReport faults)
    {
        var accepted = result as SubmissionResult.Accepted;
        var receipt = accepted?.Outcome.Receipt;
        return new
        {
            outcome = Outcome(result),
            report = result.Report,
            replayed = accepted?.Outcome.Replayed ?? false,
            supersededRows = accepted?.Outcome.SupersededRows ?? 0,
            encoding = result.Encoding.Length > 0 ? result.Encoding : null,
            position = receipt?.Position,
            commitTime = receipt?.CommitTime?.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
            digest = receipt is null ? null : Hex(receipt),
            counts = Flat(receipt?.Counts ?? accepted?.Outcome.Counts ?? ((result as SubmissionResult.Refused)?.Counts)),
            linesWithFindings = faults.Lines,
            findings = faults.First.Select(fault => new
            {
                fault.Line,
                fault.Row,
                fault.Rule,
                severity = fault.Severity.Code(),
                fault.Field,
                fault.Observed,
                fault.Expected,
                fault.MessageZh,
                fault.MessageEn,
            }),
        };
    }

    private static string Outcome(SubmissionResult result) => result switch
    {
        SubmissionResult.Accepted { Outcome.Receipt: null } => "valid",
        SubmissionResult.Accepted { Outcome.State: ReportState.Withdrawn } => "withdrawn",
        SubmissionResult.Accepted => "committed",
        _ => "refused",
    };

    private static object? Flat(RowCounts? counts) => counts is null ? null : new
    {
        counts.Submitted,
        counts.Rejected,
        counts.Created,
        counts.Revised,
        counts.Unchanged,
        counts.Duplicate,
        counts.Findings,
    };

    private static void WriteCsv(SubmissionResult.Accepted accepted, FaultReport faults, TextWriter output)
    {
        var counts = accepted.Outcome.Receipt?.Counts ?? accepted.Outcome.Counts;
        var receipt = accepted.Outcome.Receipt;
        CsvText.Write(output,
            ["report", "position", "submitted", "rejected", "created", "revised", "unchanged", "duplicate", "findings", "digest", "lines_with_findings", "encoding", "outcome", "replayed", "superseded_rows"],
            [[
                accepted.Report, receipt?.Position.ToString() ?? "", counts.Submitted.ToString(), counts.Rejected.ToString(),
                counts.Created.ToString(), counts.Revised.ToString(), counts.Unchanged.ToString(), counts.Duplicate.ToString(),
                counts.Findings.ToString(), receipt is null ? "" : Hex(receipt),
                faults.Lines.ToString(), accepted.Encoding,
                Outcome(accepted), accepted.Outcome.Replayed ? "true" : "false", accepted.Outcome.SupersededRows.ToString(),
            ]]);
    }

    private static string Counts(RowCounts counts) =>
        $"{counts.Submitted} submitted, {counts.Rejected} rejected, {counts.Created} created, {counts.Revised} revised, " +
        $"{counts.Unchanged} unchanged, {counts.Duplicate} duplicate";

    /// <summary>A line may have several findings, and one that only remarks on it rejects no row.</summary>
    private static string Found(FaultReport faults) => $"{faults.Count} 条，涉及 {faults.Lines} 行 {faults.Count} findings on {faults.Lines} lines";

    private static string Hex(Receipt receipt) => Convert.ToHexStringLower(receipt.Digest.Span);
}
