using WasteFree.Exchange.Validation;

namespace WasteFree.Exchange.Store;

/// <summary>Findings of a report.</summary>
/// <param name="Findings">Those that are kept, in row order.</param>
/// <param name="Total">How many the report has, kept or not.</param>
/// <param name="NextSequence">List on after this; null at the end.</param>
/// <param name="Rules">How many of each rule, in order of rules.</param>
public sealed record FindingPage(IReadOnlyList<Finding> Findings, long Total, long? NextSequence, IReadOnlyList<RuleCount> Rules);

/// <summary>How many findings of a rule an attempt has.</summary>
/// <param name="Rule">Rule and version, for example <c>STR-5@1</c>.</param>
/// <param name="Found">All of them.</param>
/// <param name="Kept">Those that can be listed.</param>
public sealed record RuleCount(string Rule, long Found, long Kept);
