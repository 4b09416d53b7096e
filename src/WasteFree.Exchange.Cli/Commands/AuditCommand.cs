using System.CommandLine;
using WasteFree.Exchange.Cli.Auditing;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx admin audit</c>: who did what, and whether the log that says so is whole.</summary>
internal static class AuditCommand
{
    private const string AuditorRole = "auditor";
    private const int ExportPage = 10_000;

    public static Command Build(CommonOptions common) => new("audit", "Read the audit log 审计日志") { BuildList(common), BuildExport(common), BuildVerify(common) };

    private static Command BuildList(CommonOptions common)
    {
        var from = InstantText.Option("--from", "At this time or later; a date: from its beginning (+08:00)", wholeDay: false);
        var to = InstantText.Option("--to", "Before this time; a date: up to its end (+08:00)", wholeDay: true);
        var organization = new Option<string>("--of") { Description = "Organisation that acted", HelpName = "ID" };
        var report = new Option<string>("--report") { Description = "Whole name of a report", HelpName = "NAME" };
        var operation = new Option<string>("--operation") { Description = "Method, for example ReportService/WithdrawReport", HelpName = "METHOD" };
        var list = new Command("list", "Who did what, newest first 列出审计记录") { from, to, organization, report, operation };
        list.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            using var connection = common.Connect(parse, AuditorRole);
            var request = new ListAuditEntriesRequest
            {
                StartTime = parse.GetValue(from),
                EndTime = parse.GetValue(to),
                Organization = parse.GetValue(organization) ?? "",
                Report = parse.GetValue(report) ?? "",
                Operation = parse.GetValue(operation) ?? "",
            };
            var entries = connection.Client.ListAuditEntriesAsync(request, cancellationToken);
            var count = parse.GetValue(common.Format) switch
            {
                OutputFormat.Csv => await CsvText.WriteAsync(terminal.Out, AuditTable.Columns, entries.Select(AuditTable.Flat), cancellationToken),
                OutputFormat.Json => await Json.WriteArrayAsync(entries, terminal.Out),
                _ => await AuditTable.ShowAsync(entries, terminal),
            };
            terminal.Note($"{count} 条记录 entries");
            return ExitCode.Done;
        });
        return list;
    }

    private static Command BuildExport(CommonOptions common)
    {
        var export = new Command("export", "Write the whole log as JSON lines or CSV, with count and signed end 导出审计日志");
        export.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            using var connection = common.Connect(parse, AuditorRole);
            var pages = connection.Client.ListAuditPagesAsync(new ListAuditEntriesRequest { PageSize = ExportPage }, cancellationToken);
            var audit = new AuditExport();
            if (parse.GetValue(common.Format) == OutputFormat.Csv) await audit.WriteCsvAsync(pages, terminal.Out);
            else await audit.WriteJsonAsync(pages, terminal.Out);
            terminal.Note(audit.Head is { } head
                ? $"{audit.Count} 条记录 entries, 位置 position {head.Position}, 哈希 hash {Convert.ToHexStringLower(head.EntryHash.Span)}"
                : $"{audit.Count} 条记录 entries");
            if (audit.IsWhole) return ExitCode.Done;
            terminal.Note($"✗ 日志不连续：位置 {audit.BrokenAt ?? 0} 缺失或被改动；请运行 wfx admin audit verify。 "
                + $"The log is not whole: position {audit.BrokenAt ?? 0} is missing or was changed; run wfx admin audit verify.");
            return ExitCode.Refused;
        });
        return export;
    }

    private static Command BuildVerify(CommonOptions common)
    {
        var verify = new Command("verify", "Check the whole audit log 检查审计日志");
        verify.Runs(common, async (parse, cancellationToken) =>
        {
            using var connection = common.Connect(parse, AuditorRole);
            var result = await connection.Client.VerifyAuditAsync(progress: null, cancellationToken);
            Write(result, common.Terminal, parse.GetValue(common.Format));
            return result.TotalSize == 0 ? ExitCode.Done : ExitCode.Refused;
        });
        return verify;
    }

    private static void Write(VerifyAuditResult result, Terminal terminal, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(Json.Of(result));
                break;
            case OutputFormat.Csv:
                CsvText.Write(terminal.Out, ["kind", "position", "message_zh", "message_en"], result.Faults.Select(fault =>
                    new[] { fault.Kind.Code(), fault.Position.ToString(), fault.MessageZh, fault.MessageEn }));
                break;
            default:
                foreach (var fault in result.Faults) terminal.Results.Say($"✗ {fault.Kind.Code()}  {fault.MessageZh} {fault.MessageEn}");
                if (result.TotalSize > result.Faults.Count)
                    terminal.Results.Say($"  另有 {result.TotalSize - result.Faults.Count} 条 and {result.TotalSize - result.Faults.Count} more");
                terminal.Results.Say($"审计日志 audit log  {result.EntryCount} 条记录 entries, 位置 position {result.Position}, 哈希 hash {Convert.ToHexStringLower(result.EntryHash.Span)}");
                terminal.Results.Say(result.TotalSize == 0
                    ? "✓ 审计日志无误 no faults"
                    : $"✗ 共 {result.TotalSize} 处错误 {result.TotalSize} faults");
                break;
        }
    }
}
