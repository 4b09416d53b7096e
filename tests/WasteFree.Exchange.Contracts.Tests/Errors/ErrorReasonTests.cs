using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Contracts.Tests.Errors;

public sealed class ErrorReasonTests
{
    private const string Readme = "protos/README.md";
    private const string Start = "<!-- errors: made from error.proto -->\n";
    private const string End = "<!-- /errors -->";

    private static readonly IReadOnlyList<ErrorReasonText> Reasons = ErrorReasonText.ReadAll();

    public static TheoryData<string> Values => [.. Reasons.Select(reason => reason.Value)];

    [Theory]
    [MemberData(nameof(Values))]
    public void An_error_reason_says_its_code_its_cause_and_what_to_do(string value)
    {
        var reason = Reasons.Single(candidate => candidate.Value == value);

        Assert.True(reason.Policy is { Code: > RpcCode.Unspecified }, $"{value} has no reason_policy.");
        Assert.True(reason.Explanation.Length > 10, $"No cause: {reason.Explanation}");
    }

    [Fact]
    public void What_is_unavailable_or_exhausted_is_retriable_and_nothing_else_is()
    {
        // Many gRPC stacks retry UNAVAILABLE blindly: a lasting error must not come under that code.
        Assert.All(Reasons, reason => Assert.Equal(reason.Policy!.Code is RpcCode.Unavailable or RpcCode.ResourceExhausted, reason.Policy.Retriable));
    }

    [Fact]
    public void A_fault_of_the_hub_has_one_reason_and_codes_of_a_broken_connection_have_none()
    {
        Assert.Single(Reasons, reason => reason.Policy!.Code == RpcCode.Internal);
        Assert.DoesNotContain(Reasons, reason => reason.Policy!.Code is RpcCode.Unknown or RpcCode.Cancelled or RpcCode.DeadlineExceeded);
    }

    [Theory]
    [InlineData("_TOO_LARGE")]
    [InlineData("_INVALID")]
    [InlineData("_MALFORMED")]
    public void What_is_wrong_with_the_request_itself_is_an_invalid_argument(string ending) =>
        Assert.All(Reasons.Where(reason => reason.Reason.EndsWith(ending, StringComparison.Ordinal)), reason => Assert.Equal(RpcCode.InvalidArgument, reason.Policy!.Code));

    [Fact]
    public void The_codes_are_those_of_grpc() =>
        Assert.Equal(
            Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK).ToDictionary(code => code.ToString(), code => (int)code),
            Enum.GetValues<RpcCode>().Where(code => code != RpcCode.Unspecified).ToDictionary(code => code.ToString(), code => (int)code));

    [Fact]
    public void The_table_for_partners_lists_every_error_reason() => AcceptedText.AssertPart(Readme, Start, End, Table());

    private static string Table() =>
        "| Reason | Code | Retriable | Cause and what to do |\n|---|---|---|---|\n"
        + string.Concat(Reasons.Select(reason => $"| `{reason.Reason}` | {reason.Code} | {(reason.Policy!.Retriable ? "yes" : "no")} | {reason.Explanation} |\n"));
}
