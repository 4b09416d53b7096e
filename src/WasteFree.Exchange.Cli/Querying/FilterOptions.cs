using System.CommandLine;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>The options that say which observations, for a query as for a watch.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _indicator = Lists.Option("--indicator", "Indicators, by code or name", "CODE,...");
    private readonly Option<string[]> _regions = Lists.Option("--regions", "Regions, by code or name", "CODE,...");
    private readonly Option<string[]> _period = Lists.Option("--period", "Periods, matched exactly", "PERIOD,...");
    private readonly Option<string?> _periodFrom;
    private readonly Option<string?> _periodTo;
    private readonly Option<string[]> _scope = Lists.Option("--scope", "Scopes", "SCOPE,...");
    private readonly Option<string[]> _category = Lists.Option("--category", "Categories", "CODE,...");
    private readonly Option<string[]> _source = Lists.Option("--source", "Organisations", "ORG,...");
    private readonly Option<bool> _illustrative = new("--include-illustrative") { Description = "Also illustrative values (示例)" };

    /// <param name="from">Name of the option for the first period; <c>--from</c> means another thing to a watch.</param>
    /// <param name="to">Name of the option for the last period.</param>
    public FilterOptions(string from = "--period-from", string to = "--period-to")
    {
        _periodFrom = new Option<string?>(from) { Description = "Only periods that start on or after the start of this one", HelpName = "PERIOD" };
        _periodTo = new Option<string?>(to) { Description = "Only periods that end on or before the end of this one", HelpName = "PERIOD" };
    }

    public IReadOnlyList<Option> All => [_indicator, _regions, _period, _periodFrom, _periodTo, _scope, _category, _source, _illustrative];

    public ObservationFilter Read(ParseResult parse) => new()
    {
        Indicators = { parse.GetValue(_indicator) ?? [] },
        Regions = { parse.GetValue(_regions) ?? [] },
        Periods = { parse.GetValue(_period) ?? [] },
        PeriodFrom = parse.GetValue(_periodFrom) ?? "",
        PeriodTo = parse.GetValue(_periodTo) ?? "",
        Scopes = { parse.GetValue(_scope) ?? [] },
        Categories = { parse.GetValue(_category) ?? [] },
        Organizations = { parse.GetValue(_source) ?? [] },
        IncludeIllustrative = parse.GetValue(_illustrative),
    };
}
