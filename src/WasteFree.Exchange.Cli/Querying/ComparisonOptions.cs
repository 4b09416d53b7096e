using System.CommandLine;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>The options that say what is compared, for a comparison as for an explanation of one of its numbers.</summary>
internal sealed class ComparisonOptions
{
    private readonly Option<string[]> _indicator = Lists.Option("--indicator", "Indicators, by code or name", "CODE,...");
    private readonly Option<string[]> _regions = Lists.Option("--regions", "Regions, by code or name", "CODE,...");
    private readonly Option<string?> _scheme = new("--scheme") { Description = "Also the reporting units of a scheme, by code or name (wfx catalog schemes)", HelpName = "SCHEME" };
    private readonly Option<string?> _childrenOf = new("--children-of") { Description = "Also the regions directly below this one", HelpName = "CODE" };
    private readonly Option<string?> _descendantsOf = new("--descendants-of") { Description = "Also the regions below this one at any depth", HelpName = "CODE" };
    private readonly Option<string[]> _period = Lists.Option("--period", "Periods of one frequency (2024, 2024-Q1, 2024-03) or latest", "PERIOD,...|latest");
    private readonly Option<string?> _scope = new("--scope") { Description = "WHOLE, URBAN, BUILT_UP or RURAL; default WHOLE", HelpName = "SCOPE" };
    private readonly Option<string?> _category = new("--category") { Description = "Category; default _T, the total", HelpName = "CODE" };
    private readonly Option<string?> _source = new("--source") { Description = "Only this organisation's values", HelpName = "ORG" };
    private readonly Option<string?> _definition = new("--definition") { Description = "Definition version to follow; default the one in force", HelpName = "MAJOR.MINOR" };
    private readonly Option<string?> _unit = new("--unit") { Description = "UCUM unit of the table, for example kg or 10*4.t", HelpName = "UNIT" };
    private readonly Option<bool> _rollUp = new("--roll-up") { Description = "Make a period that has no value of finer ones" };
    private readonly Option<Normalization> _per = Choice(
        "--per", "Divide amounts by population or product", "capita|gdp", ("capita", Normalization.PerCapita), ("gdp", Normalization.PerGdp));

    private readonly Option<GrowthBasis[]> _growth = Growth();
    private readonly Option<bool> _illustrative = new("--include-illustrative") { Description = "Also illustrative values (示例)" };
    private readonly Option<AsOf?> _asOf = AsOfText.Option();

    public ComparisonOptions() => _indicator.Required = _period.Required = true;

    public IReadOnlyList<Option> All =>
    [
        _indicator, _regions, _scheme, _childrenOf, _descendantsOf, _period, _scope, _category, _source, _definition, _unit, _rollUp, _per, _growth,
        _illustrative, _asOf,
    ];

    public CompareMetricsRequest Read(ParseResult parse) => new()
    {
        Indicators = { parse.GetRequiredValue(_indicator) },
        Regions = { parse.GetValue(_regions) ?? [] },
        Scheme = parse.GetValue(_scheme) ?? "",
        ChildrenOf = parse.GetValue(_childrenOf) ?? "",
        DescendantsOf = parse.GetValue(_descendantsOf) ?? "",
        Periods = { parse.GetRequiredValue(_period) },
        Scope = parse.GetValue(_scope) ?? "",
        Category = parse.GetValue(_category) ?? "",
        Source = parse.GetValue(_source) ?? "",
        Version = parse.GetValue(_definition) ?? "",
        Unit = parse.GetValue(_unit) ?? "",
        RollUp = parse.GetValue(_rollUp),
        Normalization = parse.GetValue(_per),
        Growth = { parse.GetValue(_growth) ?? [] },
        IncludeIllustrative = parse.GetValue(_illustrative),
        AsOf = parse.GetValue(_asOf),
    };

    private static Option<GrowthBasis[]> Growth()
    {
        var words = new[] { ("previous", GrowthBasis.PreviousPeriod), ("last-year", GrowthBasis.SamePeriodLastYear) };
        return new Option<GrowthBasis[]>("--growth")
        {
            Description = "Growth from the period before (环比), from the same period last year (同比)",
            HelpName = "previous,last-year",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(word => Chosen(result, "--growth", word, words))],
        };
    }

    private static Option<T> Choice<T>(string name, string description, string helpName, params (string Word, T Value)[] words)
        where T : struct => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Chosen(result, name, result.Tokens[0].Value, words),
    };

    private static T Chosen<T>(System.CommandLine.Parsing.ArgumentResult result, string name, string word, (string Word, T Value)[] words)
        where T : struct
    {
        foreach (var (known, value) in words)
            if (known == word) return value;
        result.AddError($"{name} '{word}': 可用 use one of {string.Join(", ", words.Select(known => known.Word))}.");
        return default;
    }
}
