using System.CommandLine;

namespace WasteFree.Exchange.Cli.Running;

/// <summary>Options that take several values, separated by commas or given again.</summary>
internal static class Lists
{
    public static Option<string[]> Option(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        [
            .. result.Tokens.SelectMany(token => token.Value.Split(
                [',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ],
    };
}
