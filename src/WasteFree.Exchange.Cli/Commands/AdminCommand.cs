using System.CommandLine;
using Google.Protobuf;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Receipts;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx admin verify</c>: has the hub check its whole ledger.</summary>
internal static class AdminCommand
{
    private const string AdminRole = "admin";

    public static Command Build(CommonOptions common)
    {
        var keys = new Option<FileInfo[]>("--key")
        {
            Description = "Public key (PEM) that the hub signed with before its present one; may be given several times",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var verify = new Command("verify", "Check the whole ledger 检查账本") { keys };
        verify.Runs(common, async (parse, cancellationToken) =>
        {
            using var connection = common.Connect(parse, AdminRole);
            var request = new VerifyLedgerRequest { PublicKeys = { (parse.GetValue(keys) ?? []).Select(file => ByteString.CopyFrom(HubKey.Read(file.FullName))) } };
            var result = await connection.Client.VerifyLedgerAsync(request, new ProgressNotes(common.Terminal), cancellationToken);
            Write(result, common.Terminal, parse.GetValue(common.Format));
            if (parse.GetValue(common.Format) != OutputFormat.Table && !IsProven(result)) common.Terminal.Note(NotProven);
            return result.TotalSize == 0 && IsProven(result) ? ExitCode.Done : ExitCode.Refused;
        });
        return new Command("admin", "Run the hub 管理") 
        {
            verify, CopyCommand.Build(common), AuditCommand.Build(common),
            InitCommand.Build(common), OrgCommand.Build(common), DenyCommand.Build(common), DenyCommand.BuildAllow(common), RenewCommand.Build(common), IssuedCommand.Build(common),
        };
    }

    private static void Write(VerifyLedgerResult result, Terminal terminal, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(Json.Of(result));
                break;
            case OutputFormat.Csv:
                CsvText.Write(terminal.Out, ["kind", "position", "subject", "message_zh", "message_en"], result.Faults.Select(fault =>
                    new[] { fault.Kind.Code(), fault.Position.ToString(), fault.Subject, fault.MessageZh, fault.MessageEn }));
                break;
            default:
                foreach (var fault in result.Faults) terminal.Results.Say($"✗ {fault.Kind.Code()}  {fault.MessageZh} {fault.MessageEn}");
                if (result.TotalSize > result.Faults.Count)
                    terminal.Results.Say($"  另有 {result.TotalSize - result.Faults.Count} 条 and {result.TotalSize - result.Faults.Count} more");
                terminal.Results.Say($"账本 ledger  {result.EntryCount} 条记录 entries, 位置 position {result.Position}, 哈希 hash {Convert.ToHexStringLower(result.EntryHash.Span)}");
                foreach (var total in result.Totals) terminal.Results.Say($"  {Stage(total.Stage)}  {total.ItemCount}");
                terminal.Results.Say($"  签名 signatures  {result.SignedCount} 有效 valid, {result.UnsignedCount} 未签名 unsigned");
                foreach (var key in result.UnknownKeys)
                    terminal.Results.Say($"  ! 密钥 {key.KeyId} 的 {key.EntryCount} 个签名无法检查。 {key.EntryCount} signatures of key {key.KeyId} cannot be checked by this hub.");
                if (!result.PagesChecked)
                    terminal.Results.Say("  ! 数据库页面由数据库管理员检查：DBCC CHECKDB WITH NO_INFOMSGS。 The pages of the database are for its administrator to check: DBCC CHECKDB WITH NO_INFOMSGS.");
                if (!IsProven(result)) terminal.Results.Say($"✗ {NotProven}");
                if (result.TotalSize > 0) terminal.Results.Say($"✗ 共 {result.TotalSize} 处错误 {result.TotalSize} faults");
                else if (IsProven(result)) terminal.Results.Say("✓ 账本无误 no faults");
                break;
        }
    }

    private const string NotProven = "有记录的签名未能检查，账本未得到证明：请用 --key 给出服务以前的公钥。 Signatures of some entries could not be checked, and the ledger is not proven: give the hub's earlier public keys with --key.";

    /// <summary>Every entry is signed, by a key that is known: whoever changed one would have needed that key.</summary>
    private static bool IsProven(VerifyLedgerResult result) => result.UnsignedCount == 0 && result.UnknownKeys.Count == 0;

    private static string Stage(VerifyStage stage) => stage switch
    {
        VerifyStage.Pages => "数据库页面 pages of the database",
        VerifyStage.Chain => "链 chain",
        VerifyStage.Changesets => "变更集 changesets, reports",
        VerifyStage.Revisions => "修订 revisions",
        VerifyStage.Current => "当前值 current values",
        VerifyStage.Superseded => "被取代的修订 replaced revisions",
        VerifyStage.Rows => "数据行 rows as stored",
        _ => stage.Code(),
    };

    /// <summary>A line per stage, not per message: a log stays readable.</summary>
    private sealed class ProgressNotes(Terminal terminal) : IProgress<VerifyLedgerProgress>
    {
        private VerifyStage _stage;

        public void Report(VerifyLedgerProgress value)
        {
            if (value.Stage == _stage) return;
            _stage = value.Stage;
            terminal.Note($"检查 checking {Stage(value.Stage)} …");
        }
    }
}
