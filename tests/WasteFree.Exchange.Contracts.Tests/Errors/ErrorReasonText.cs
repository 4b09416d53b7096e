using System.Text.RegularExpressions;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Contracts.Tests.Errors;

/// <summary>What the comment of an <c>ErrorReason</c> value says.</summary>
/// <param name="Value">Name of the value.</param>
/// <param name="Comment">Its comment on one line.</param>
internal sealed partial record ErrorReasonText(string Value, string Comment)
{
    private const string Prefix = "ERROR_REASON_";

    private static readonly string[] Endings = ["Retriable.", "Not retriable.", "Not retriable unchanged."];

    /// <summary>As it travels in <c>ErrorInfo.reason</c>.</summary>
    public string Reason => Value[Prefix.Length..];

    /// <summary>gRPC code, the first word.</summary>
    public string Code => Comment[..Math.Max(0, Comment.IndexOf(". ", StringComparison.Ordinal))];

    /// <summary>The last sentence, when it is one of the three that say whether to try again.</summary>
    public string? Ending => Endings.Where(Comment.EndsWith).MaxBy(ending => ending.Length);

    /// <summary>Cause and what to do: what stands between the code and the ending.</summary>
    public string Explanation => Ending is { } ending ? Comment[(Code.Length + 2)..^ending.Length].Trim() : "";

    /// <summary>The values of the contract but the one that is never sent, in their order.</summary>
    public static IReadOnlyList<ErrorReasonText> ReadAll()
    {
        var comments = CommentedValue().Matches(Repository.ReadText("protos/wastefree/exchange/v1/error.proto"))
            .ToDictionary(match => match.Groups["value"].Value, match => LineStart().Replace(match.Groups["comment"].Value, " ").Trim());
        return [.. ErrorReflection.Descriptor.EnumTypes.Single().Values
            .Where(value => value.Number != 0)
            .Select(value => new ErrorReasonText(value.Name, comments.GetValueOrDefault(value.Name, "")))];
    }

    [GeneratedRegex(@"(?<comment>(^ *//.*\n)+) *(?<value>ERROR_REASON_[A-Z_]+) = \d+;", RegexOptions.Multiline)]
    private static partial Regex CommentedValue();

    [GeneratedRegex(@"\s*// ?", RegexOptions.Multiline)]
    private static partial Regex LineStart();
}
