using System.CommandLine;
using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Cli.Hosting;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Server;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx serve</c>: runs a hub until it is told to end.</summary>
internal static class ServeCommand
{
    private const string Text = "text";
    private const string JsonLog = "json";

    public static Command Build(CommonOptions common)
    {
        var urls = new Option<string?>("--urls")
        {
            Description = $"Address to listen on; default {CommonOptions.DefaultHub}, with --security {HubAddress.Secured}; port 0 takes a free one",
            HelpName = "URL",
        };
        var security = new Option<DirectoryInfo?>("--security")
        {
            Description = "Folder with certificates and access list, as wfx admin init makes it; without it a hub listens on loopback only",
            HelpName = "DIR",
        };
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the SQLite database and of the signing key; made when it is missing", HelpName = "DIR", Required = true };
        var store = new StoreOptions(common.Terminal);
        var illustrative = new Option<bool>("--allow-illustrative") { Description = "Take illustrative organisations (示例) and their data" };
        var key = new Option<FileInfo?>("--signing-key")
        {
            Description = "Key that signs receipts: a P-256 private key, PKCS#8 PEM, the same for every hub of a store; beside it the end of the ledger is remembered; default: signing-key.pem in the data folder, made at the first start",
            HelpName = "FILE",
        };
        var limits = new Option<FileInfo?>("--limits")
        {
            Description = "What each organisation may use, as JSON: {\"default\": {\"streams\": 100, \"questions\": 8, \"questions_per_caller\": 4, \"calls_per_minute\": 6000, \"rows_per_minute\": 20000000, \"bytes_per_minute\": 8589934592, \"query_seconds_per_minute\": 120}, \"organizations\": {\"ID\": {\"stored_rows\": 5000000}}}; default: no limits; with --security those of \"default\" in the example",
            HelpName = "FILE",
        };
        var makeNew = new Option<bool>("--new") { Description = "Make what is missing: another signing key for a ledger, or another database for a key, that was lost" };
        var restored = new Option<bool>("--accept-restored") { Description = "Take a database that lacks what this hub has seen in it: an older copy was restored" };
        var clock = new Option<bool>("--accept-clock") { Description = "Take the clock of this machine though it is more than 31 days beyond the last thing that was seen" };
        var size = new Option<long?>("--max-database-size")
        {
            Description = "Take no new rows once the database uses so much, for example 50GB; KB, MB, GB, TB are powers of 1024",
            HelpName = "SIZE",
            CustomParser = ByteSize.Parse,
        };
        var logs = new Option<string>("--log-format") { Description = "How the log is written, on standard error: text, or json, one object a line", HelpName = "FORMAT", DefaultValueFactory = _ => Text };
        logs.AcceptOnlyFromAmong(Text, JsonLog);
        var command = new Command("serve", "Run a hub 运行服务") { urls, security, data, key, limits, size, illustrative, makeNew, restored, clock, logs };
        store.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(urls) is { } text && HubAddress.Fault(text, result.GetValue(security) is not null) is { } fault) result.AddError(fault);
        });
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            var options = new HubOptions
            {
                DataDirectory = parse.GetRequiredValue(data).FullName,
                Url = parse.GetValue(urls) ?? (parse.GetValue(security) is null ? CommonOptions.DefaultHub : HubAddress.Secured),
                SecurityDirectory = parse.GetValue(security)?.FullName,
                SqlServer = store.Read(parse),
                SigningKeyFile = parse.GetValue(key)?.FullName,
                Limits = parse.GetValue(limits) is { } file ? HubLimits.Read(file.FullName) : null,
                AllowIllustrative = parse.GetValue(illustrative),
                TellStart = true,
                MaxDatabaseBytes = parse.GetValue(size),
                MakeNew = parse.GetValue(makeNew),
                AcceptRestored = parse.GetValue(restored),
                AcceptClock = parse.GetValue(clock),
                JsonLogs = parse.GetValue(logs) == JsonLog,
            };
            try
            {
                await using var hub = await RunningHub.StartAsync(options, cancellationToken);
                terminal.Out.WriteLine($"服务已启动 the hub listens on {hub.Address}");
                if (!options.JsonLogs) terminal.Note($"数据目录 data in {options.DataDirectory}；按 Ctrl-C 结束 ends with Ctrl-C.");
                await hub.UntilToldToEndAsync(cancellationToken);
            }
            catch (StoreUnavailableException damaged) when (damaged.Trouble == StoreTrouble.Damaged)
            {
                terminal.Note(options.SqlServer is null ? DamagedWords.Sqlite : DamagedWords.SqlServer);
                return ExitCode.Refused;
            }
            catch (StoreUnavailableException unavailable) when (options.SqlServer is null)
            {
                terminal.Note($"数据库文件无法使用：请检查数据目录的权限、磁盘空间，以及是否有其他程序占用（{unavailable.InnerException?.Message ?? unavailable.Message}）。 "
                    + "The database file cannot be used: look at the rights of the data folder, the room on the disk, and whether another program holds it.");
                return ExitCode.NotReachable;
            }
            catch (StoreUnavailableException unavailable)
            {
                var number = unavailable.InnerException is SqlException { Number: var of } ? $" (SQL Server {of})" : "";
                terminal.Note($"数据库无法使用{number}：请检查连接字符串、数据库是否存在、登录权限和网络。 "
                    + $"The database cannot be used{number}. Check the connection string, that the database exists, what the login may do, and the network.");
                return ExitCode.NotReachable;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Told to end while it was still starting: that too is an end as asked for.
            }
            if (!options.JsonLogs) terminal.Note("服务已停止 the hub has ended.");
            return ExitCode.Done;
        });
        return command;
    }
}
