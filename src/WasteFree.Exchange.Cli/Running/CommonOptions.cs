using System.CommandLine;
using System.CommandLine.Parsing;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Client;

namespace WasteFree.Exchange.Cli.Running;

/// <summary>How results are written.</summary>
internal enum OutputFormat
{
    Table,
    Csv,
    Json,
}

/// <summary>The options that every command takes, and the terminal it writes to.</summary>
internal sealed class CommonOptions
{
    public const string DefaultHub = "http://127.0.0.1:5080";

    public CommonOptions(Terminal terminal)
    {
        Terminal = terminal;
        Hub = new Option<Uri>("--hub")
        {
            Description = "Address of the hub (or WFX_HUB)",
            HelpName = "URL",
            Recursive = true,
            CustomParser = result => ParseHub(result, result.Tokens[0].Value),
            DefaultValueFactory = result => ParseHub(result, terminal.Variable("WFX_HUB") ?? DefaultHub),
        };
        Org = new Option<string?>("--org")
        {
            Description = "Organisation to act for (or WFX_ORG)",
            HelpName = "ID",
            Recursive = true,
            DefaultValueFactory = _ => terminal.Variable("WFX_ORG"),
        };
        Security = new ConnectionSecurityOptions(terminal);
        Format = new Option<OutputFormat>("--format")
        {
            Description = "How results are written",
            HelpName = "table|csv|json",
            Recursive = true,
        };
        Excel = new Option<bool>("--excel")
        {
            Description = "CSV (--format csv, and the files that a command writes): begin with a byte order mark, so that Excel shows Chinese",
            Recursive = true,
        };
    }

    public Terminal Terminal { get; }

    public Option<Uri> Hub { get; }

    public Option<string?> Org { get; }

    public ConnectionSecurityOptions Security { get; }

    public Option<OutputFormat> Format { get; }

    public Option<bool> Excel { get; }

    /// <summary>Opens a connection as the options say.</summary>
    public ExchangeConnection Connect(ParseResult parse, params string[] roles) => Connect(parse, options => options with { Roles = roles });

    /// <summary>Opens a connection as the options say, and the command adds.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    public ExchangeConnection Connect(ParseResult parse, Func<ConnectionOptions, ConnectionOptions> add)
    {
        var options = new ConnectionOptions { Hub = parse.GetRequiredValue(Hub), Organization = parse.GetValue(Org) };
        try
        {
            return new ExchangeConnection(add(Security.Add(parse, options)));
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    private static Uri ParseHub(ArgumentResult result, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")) return uri;
        result.AddError($"'{text}' 不是服务地址。 '{text}' is not an address of a hub: write for example {DefaultHub}.");
        return new Uri(DefaultHub);
    }
}
