using System.CommandLine;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Client;

namespace WasteFree.Exchange.Cli.Running;

/// <summary>
/// What a secured hub is trusted by, and what the caller shows it. A token comes from the environment: on a command line
/// everybody who lists processes would see it.
/// </summary>
internal sealed class ConnectionSecurityOptions
{
    private readonly Terminal _terminal;
    private readonly Option<FileInfo?> _authority = File("--ca", "Certificates of the authority of a secured hub, PEM (or WFX_CA); default: those the system trusts");
    private readonly Option<FileInfo?> _certificate = File("--cert", "Your certificate, PEM (or WFX_CERT)");
    private readonly Option<FileInfo?> _key = File("--cert-key", "Its private key, PEM (or WFX_CERT_KEY)");
    private readonly Option<string?> _token = new("--token-env")
    {
        Description = "Environment variable that holds your token (JWT); default WFX_TOKEN",
        HelpName = "NAME",
        Recursive = true,
    };

    public ConnectionSecurityOptions(Terminal terminal) => _terminal = terminal;

    public IReadOnlyList<Option> All => [_authority, _certificate, _key, _token];

    /// <summary>A hub without TLS is shown nothing: what the environment says is for the other ones.</summary>
    public ConnectionOptions Add(ParseResult parse, ConnectionOptions options)
    {
        var isSecured = options.Hub.Scheme == Uri.UriSchemeHttps;
        return options with
        {
            AuthorityFile = Path(_authority, "WFX_CA"),
            CertificateFile = Path(_certificate, "WFX_CERT"),
            KeyFile = Path(_key, "WFX_CERT_KEY"),
            Token = Token() is { } token ? _ => Task.FromResult(token) : null,
        };

        string? Path(Option<FileInfo?> option, string variable) =>
            parse.GetValue(option)?.FullName ?? (isSecured ? _terminal.Variable(variable) : null);

        string? Token()
        {
            if (parse.GetValue(_token) is not { } name) return isSecured ? _terminal.Variable("WFX_TOKEN") : null;
            return _terminal.Variable(name)
                ?? throw new ArgumentException($"环境变量 {name} 为空；请在其中给出令牌。 The environment variable {name} is empty: put the token there.");
        }
    }

    private static Option<FileInfo?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE", Recursive = true };
}
