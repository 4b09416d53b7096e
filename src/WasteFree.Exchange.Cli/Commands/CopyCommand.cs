using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using WasteFree.Exchange.Cli.Hosting;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Storage.Copying;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx admin copy</c>: takes a store over into an empty database of either kind, row for row.</summary>
internal static class CopyCommand
{
    public static Command Build(CommonOptions common)
    {
        var from = StoreAddress.Option("--from", "Store to copy; stop its hubs first", common.Terminal);
        var to = StoreAddress.Option("--to", "New folder or empty database", common.Terminal);
        var command = new Command("copy", "Copy a store to another database 迁移数据库") { from, to };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            await using var source = parse.GetRequiredValue(from);
            await using var target = parse.GetRequiredValue(to);
            try
            {
                var copied = await StoreCopy.RunAsync(source, target, new ProgressNotes(terminal), cancellationToken);
                Write(copied, terminal, parse.GetValue(common.Format));
                terminal.Note("✓ 复制完成，内容一致；请将签名密钥 signing-key.pem 及其旁边的 ledger-end.*.json 一并复制。 Copied, and read back the same. Take signing-key.pem along, and ledger-end.*.json beside it.");
                return ExitCode.Done;
            }
            catch (CopyRefusedException refused)
            {
                terminal.Note(refused.Message);
                return ExitCode.Refused;
            }
            catch (Exception failure) when (failure is DbException or StoreUnavailableException)
            {
                terminal.Note($"数据库出错，目标尚不完整：{failure.Message} A database failed, and the target is not whole: delete it and try again.");
                return ExitCode.NotReachable;
            }
        });
        return command;
    }

    private static void Write(IReadOnlyList<CopiedTable> copied, Terminal terminal, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(Json.Of(copied.Select(table => new { Table = table.Name, table.Rows, Digest = Hex(table) })));
                break;
            case OutputFormat.Csv:
                CsvText.Write(terminal.Out, ["table", "rows", "digest"], copied.Select(table =>
                    new[] { table.Name, table.Rows.ToString(CultureInfo.InvariantCulture), Hex(table) }));
                break;
            default:
                foreach (var table in copied) terminal.Results.Say($"{table.Name,-12} {table.Rows,12}  {Hex(table)[..16]}");
                break;
        }
    }

    private static string Hex(CopiedTable table) => Convert.ToHexStringLower(table.Digest);

    /// <summary>A line per table, and one for each million rows of it: a log stays readable.</summary>
    private sealed class ProgressNotes(Terminal terminal) : IProgress<CopyProgress>
    {
        private const long Often = 1_000_000;

        private string _table = "";

        public void Report(CopyProgress value)
        {
            if (value.Table == _table && (value.Rows == 0 || value.Rows % Often != 0)) return;
            _table = value.Table;
            terminal.Note($"复制 copying {value.Table} … {value.Rows}");
        }
    }
}
