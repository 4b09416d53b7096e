using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>CONF-2: free rows of a report that would give away a confidential one of it.</summary>
public static class GivingAway
{
    private const string Rule = "CONF-2@1";

    /// <param name="row">The free row.</param>
    /// <param name="key">Its key, as text.</param>
    public static Finding Of(long row, string key) => new()
    {
        Rule = Rule,
        Severity = Severity.Warning,
        Row = row,
        Field = "confidentiality",
        Observed = Confidentiality.Free.Code(),
        Expected = Confidentiality.SecondarySetBySender.Code(),
        MessageZh = "此行可公布（F），但与其他数值相减会得出本报告中的一个保密值：不向其他机构显示。请将其标为 D，或将所含保密值改为可公布。",
        MessageEn = "The row is free (F), but taken with others it would give away a confidential value of this report: other organisations are not told it. Mark it D, or the confidential value in it as free.",
        Fingerprint = Fingerprint.Of(Rule, nameof(Severity.Warning), key, ""),
    };
}
