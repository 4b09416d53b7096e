using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Storage.SqlServer;

namespace WasteFree.Exchange.Cli.Hosting;

/// <summary>
/// Which database a hub keeps its store in. Connection strings come from the environment: on a command line everybody who
/// lists processes would see them.
/// </summary>
internal sealed class StoreOptions
{
    private readonly Terminal _terminal;
    private readonly Option<StoreKind> _kind = new("--store")
    {
        Description = "Database: sqlite in the data folder, or sqlserver",
        HelpName = "sqlite|sqlserver",
    };

    private readonly Option<string?> _connection = new("--connection-env")
    {
        Description = "Environment variable that holds the connection string of SQL Server",
        HelpName = "NAME",
    };

    private readonly Option<string?> _readConnection = new("--read-connection-env")
    {
        Description = "Environment variable with a connection string for queries, to a readable secondary (ApplicationIntent=ReadOnly)",
        HelpName = "NAME",
    };

    public StoreOptions(Terminal terminal) => _terminal = terminal;

    /// <summary>Which database.</summary>
    private enum StoreKind
    {
        Sqlite,
        SqlServer,
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_kind);
        command.Options.Add(_connection);
        command.Options.Add(_readConnection);
        command.Validators.Add(Check);
    }

    /// <summary>Null: SQLite.</summary>
    public SqlServerOptions? Read(ParseResult parse) => parse.GetValue(_kind) == StoreKind.Sqlite
        ? null
        : new SqlServerOptions
        {
            ConnectionString = _terminal.Variable(parse.GetRequiredValue(_connection)!)!,
            ReadConnectionString = parse.GetValue(_readConnection) is { } name ? _terminal.Variable(name) : null,
        };

    private void Check(CommandResult command)
    {
        var (connection, readConnection) = (command.GetValue(_connection), command.GetValue(_readConnection));
        if (command.GetValue(_kind) == StoreKind.Sqlite)
        {
            if (connection is not null || readConnection is not null)
                command.AddError("--connection-env, --read-connection-env: 只用于 --store sqlserver。 They go with --store sqlserver.");
            return;
        }
        if (connection is null)
            command.AddError("--store sqlserver 需要 --connection-env。 --store sqlserver needs --connection-env with the environment variable that holds the connection string.");
        foreach (var name in new[] { connection, readConnection })
            if (name is not null && _terminal.Variable(name) is null)
                command.AddError($"环境变量 {name} 为空；请在其中给出连接字符串。 The environment variable {name} is empty: put the connection string there.");
        if (CultureInfo.GetCultures(CultureTypes.AllCultures).Length <= 1)
            command.AddError("SQL Server 的客户端需要 ICU；请安装 libicu 并取消 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT。 "
                + "The client of SQL Server needs ICU: install libicu and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
    }
}
