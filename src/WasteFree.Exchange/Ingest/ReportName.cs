using System.Text.RegularExpressions;

namespace WasteFree.Exchange.Ingest;

/// <summary>The name of a report: <c>organizations/{org}/reports/{id}</c>.</summary>
public sealed partial record ReportName(string Organization, string Id)
{
    public static bool TryParse(string text, out ReportName name)
    {
        var match = Pattern().Match(text);
        name = new ReportName(match.Groups["org"].Value, match.Groups["id"].Value);
        return match.Success;
    }

    public static bool IsOrganization(string id) => OrganizationPattern().IsMatch(id);

    public override string ToString() => $"organizations/{Organization}/reports/{Id}";

    [GeneratedRegex(@"\Aorganizations/(?<org>[a-z][a-z0-9-]{2,39})/reports/(?<id>[A-Za-z0-9][A-Za-z0-9._-]{0,99})\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{2,39}\z")]
    private static partial Regex OrganizationPattern();
}
