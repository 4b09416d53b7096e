using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Submitting;

/// <summary>Writes what became of a file, in the format asked for.</summary>
internal static class SubmissionText
{
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
                WriteCsv((SubmissionResult.Accepted)result, terminal.Out);
                faults.ShowTable(terminal.Notes);
                break;
            default:
                WriteWords(result, faults, terminal);
                break;
        }
    }

    private static void WriteWords(SubmissionResult result, FaultReport faults, Terminal terminal)
    {
        switch (result)
        {
            case SubmissionResult.Accepted { Outcome.Receipt: { } receipt }:
                faults.ShowTable(terminal.Notes);
                terminal.Results.Say($"已提交 committed  {receipt.Report}");
                terminal.Results.Say($"  账本位置 position  {receipt.Position}    {receipt.CommitTime?.ToDateTimeOffset():yyyy-MM-dd'T'HH:mm:ss'Z'}");
                terminal.Results.Say($"  行数 rows          {Counts(receipt.Counts)}");
                terminal.Results.Say($"  摘要 digest        {Hex(receipt)}");
                break;
            case SubmissionResult.Accepted accepted:
                faults.ShowTable(terminal.Notes);
                terminal.Results.Say($"检查通过，未提交 would be accepted, nothing was stored: {Counts(accepted.Outcome.Counts)}");
                break;
            case SubmissionResult.Refused refused:
                faults.ShowTable(terminal.Results);
                var counts = refused.Counts is null ? "" : $" {Counts(refused.Counts)}";
                terminal.Note($"未提交任何数据：共{faults.Count}条问题，请改正后重新提交。 Nothing was submitted: {faults.Count} findings; mend the file and submit it again.{counts}");
                break;
        }
    }

    private static object Flat(SubmissionResult result, FaultReport faults)
    {
        var accepted = result as SubmissionResult.Accepted;
        var receipt = accepted?.Outcome.Receipt;
        return new
        {
            outcome = result is SubmissionResult.Refused ? "refused" : receipt is null ? "valid" : "committed",
            report = result.Report,
            position = receipt?.Position,
            commitTime = receipt?.CommitTime?.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
            digest = receipt is null ? null : Hex(receipt),
            counts = Flat(receipt?.Counts ?? accepted?.Outcome.Counts ?? ((result as SubmissionResult.Refused)?.Counts)),
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

    private static void WriteCsv(SubmissionResult.Accepted accepted, TextWriter output)
    {
        var counts = accepted.Outcome.Receipt?.Counts ?? accepted.Outcome.Counts;
        var receipt = accepted.Outcome.Receipt;
        CsvText.Write(output,
            ["report", "position", "submitted", "rejected", "created", "revised", "unchanged", "duplicate", "findings", "digest"],
            [[
                accepted.Report, receipt?.Position.ToString() ?? "", counts.Submitted.ToString(), counts.Rejected.ToString(),
                counts.Created.ToString(), counts.Revised.ToString(), counts.Unchanged.ToString(), counts.Duplicate.ToString(),
                counts.Findings.ToString(), receipt is null ? "" : Hex(receipt),
            ]]);
    }

    private static string Counts(RowCounts counts) =>
        $"{counts.Submitted} submitted, {counts.Rejected} rejected, {counts.Created} created, {counts.Revised} revised, " +
        $"{counts.Unchanged} unchanged, {counts.Duplicate} duplicate, {counts.Findings} findings";

    private static string Hex(Receipt receipt) => Convert.ToHexStringLower(receipt.Digest.Span);
}
