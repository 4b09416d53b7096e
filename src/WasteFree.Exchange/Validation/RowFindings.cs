using WasteFree.Exchange.Ingest;

namespace WasteFree.Exchange.Validation;

/// <summary>What a rule says, before it is tied to a row.</summary>
/// <param name="Rule">Rule and version.</param>
/// <param name="Severity">Weight.</param>
/// <param name="Field">Field as the contract names it; empty for the whole row.</param>
/// <param name="Observed">What was sent.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Zh">What is wrong and what to do.</param>
/// <param name="En">What is wrong and what to do.</param>
/// <param name="Tolerance">The permitted deviation.</param>
public sealed record RuleFinding(
    string Rule, Severity Severity, string Field, string Observed, string Expected, string Zh, string En, string Tolerance = "");

/// <summary>Collects the findings of one row.</summary>
internal sealed class RowFindings(string organization, long offset, SubmittedRow row, List<Finding> findings)
{
    /// <summary>A finding so far refuses the row.</summary>
    public bool Refused { get; private set; }

    public void Add(RuleFinding found)
    {
        findings.Add(new Finding
        {
            Rule = found.Rule,
            Severity = found.Severity,
            Row = offset,
            Field = found.Field,
            Observed = Excerpt.Of(found.Observed),
            Expected = found.Expected,
            Tolerance = found.Tolerance,
            MessageZh = found.Zh,
            MessageEn = found.En,
            Fingerprint = Fingerprint.Of(
                found.Rule, organization, row.Indicator, row.Region, row.Scope, row.Category, row.Period, found.Field, found.Observed),
        });
        Refused |= findings[^1].Refuses;
    }

    public T? Refuse<T>(RuleFinding found)
        where T : class
    {
        Add(found);
        return null;
    }
}
