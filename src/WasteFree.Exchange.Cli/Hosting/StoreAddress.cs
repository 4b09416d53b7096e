using System.CommandLine;
using System.CommandLine.Parsing;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Server;
using WasteFree.Exchange.Storage.Copying;
using WasteFree.Exchange.Storage.SqlServer;

namespace WasteFree.Exchange.Cli.Hosting;

/// <summary>
/// A store as a command line names it: <c>sqlite:DIR</c>, or <c>sqlserver:NAME</c> with the environment variable that holds
/// the connection string. The string itself would be seen by everybody who lists processes.
/// </summary>
internal static class StoreAddress
{
    private const string Sqlite = "sqlite:";
    private const string SqlServer = "sqlserver:";

    public static Option<StoreEnd> Option(string name, string description, Terminal terminal) => new(name)
    {
        Description = description,
        HelpName = "sqlite:DIR|sqlserver:VARIABLE",
        Required = true,
        CustomParser = result => Parse(name, result, terminal),
    };

    private static StoreEnd? Parse(string name, ArgumentResult result, Terminal terminal)
    {
        var text = result.Tokens[0].Value;
        if (text.StartsWith(Sqlite, StringComparison.Ordinal) && text.Length > Sqlite.Length)
            return new SqliteEnd(Path.Combine(Path.GetFullPath(text[Sqlite.Length..]), HubOptions.DatabaseFile));
        if (text.StartsWith(SqlServer, StringComparison.Ordinal) && text.Length > SqlServer.Length)
        {
            var variable = text[SqlServer.Length..];
            if (terminal.Variable(variable) is { Length: > 0 } connection) return new SqlServerEnd(new SqlServerOptions { ConnectionString = connection });
            result.AddError($"{name}: 环境变量 {variable} 为空；请在其中给出连接字符串。 The environment variable {variable} is empty: put the connection string there.");
            return null;
        }
        result.AddError($"{name}: 请写 sqlite:文件夹 或 sqlserver:环境变量。 Write sqlite:DIR or sqlserver:VARIABLE, with the environment variable that holds the connection string.");
        return null;
    }
}
