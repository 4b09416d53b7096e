using System.CommandLine;
using WasteFree.Exchange.Client;

namespace WasteFree.Exchange.Cli.Running;

/// <summary>The argument REPORT: an id within the organisation of <c>--org</c>, or a whole resource name.</summary>
internal static class ReportArgument
{
    public static Argument<string> Create() => new("report") { Description = "Id of the report, or its whole name", HelpName = "REPORT" };

    /// <returns>The resource name; null: nobody said whose report it is, told on the terminal.</returns>
    public static string? NameOf(ParseResult parse, Argument<string> report, CommonOptions common)
    {
        if (parse.GetValue(common.Org) is not { Length: > 0 } organization)
        {
            common.Terminal.Usage("请用 --org 或 WFX_ORG 指明提交单位。 Say whose report it is with --org or WFX_ORG.");
            return null;
        }
        var id = parse.GetRequiredValue(report);
        return id.Contains('/', StringComparison.Ordinal) ? id : ReportUpload.NameOf(organization, id);
    }
}
