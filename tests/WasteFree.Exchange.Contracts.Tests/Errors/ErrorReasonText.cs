using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Contracts.Tests.Errors;

/// <summary>What the contract says of a value of <c>ErrorReason</c>.</summary>
/// <param name="Value">Name of the value.</param>
/// <param name="Explanation">Its comment on one line: cause and what to do.</param>
/// <param name="Policy">How it travels; null: the contract does not say.</param>
internal sealed partial record ErrorReasonText(string Value, string Explanation, ReasonPolicy? Policy)
{
    private const string Prefix = "ERROR_REASON_";

    private static readonly EnumDescriptor Codes = PolicyReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(RpcCode));

    /// <summary>As it travels in <c>ErrorInfo.reason</c>.</summary>
    public string Reason => Value[Prefix.Length..];

    /// <summary>gRPC code, as the contract writes it.</summary>
    public string Code => Codes.FindValueByNumber((int)Policy!.Code).Name["RPC_CODE_".Length..];

    /// <summary>The values of the contract but the one that is never sent, in their order.</summary>
    public static IReadOnlyList<ErrorReasonText> ReadAll()
    {
        var comments = CommentedValue().Matches(Repository.ReadText("protos/wastefree/exchange/v1/error.proto"))
            .ToDictionary(match => match.Groups["value"].Value, match => LineStart().Replace(match.Groups["comment"].Value, " ").Trim());
        return [.. ErrorReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(ErrorReason)).Values
            .Where(value => value.Number != 0)
            .Select(value => new ErrorReasonText(value.Name, comments.GetValueOrDefault(value.Name, ""), value.GetOptions()?.GetExtension(PolicyExtensions.ReasonPolicy)))];
    }

    [GeneratedRegex(@"(?<comment>(^ *//.*\n)+) *(?<value>ERROR_REASON_[A-Z_]+) = \d+", RegexOptions.Multiline)]
    private static partial Regex CommentedValue();

    [GeneratedRegex(@"\s*// ?", RegexOptions.Multiline)]
    private static partial Regex LineStart();
}
