using System.Text;
using Grpc.Core;

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
    public void An_error_reason_says_its_code_what_to_do_and_whether_to_try_again(string value)
    {
        var reason = Reasons.Single(candidate => candidate.Value == value);

        Assert.Contains(reason.Code, Enum.GetNames<StatusCode>().Select(UpperSnake));
        Assert.NotEqual("OK", reason.Code);
        Assert.True(reason.Ending is not null, $"The comment ends with neither 'Retriable.' nor 'Not retriable.': {reason.Comment}");
        Assert.True(reason.Explanation.Length > 10, $"No cause: {reason.Comment}");
    }

    [Fact]
    public void Only_what_may_pass_by_itself_is_retriable_and_all_that_is_unavailable_is()
    {
        // Many gRPC stacks retry UNAVAILABLE blindly: a lasting error must not come under that code.
        foreach (var reason in Reasons)
        {
            var retriable = reason.Ending == "Retriable.";
            if (reason.Code == "UNAVAILABLE") Assert.True(retriable, reason.Comment);
            if (retriable) Assert.Contains(reason.Code, new[] { "UNAVAILABLE", "RESOURCE_EXHAUSTED" });
        }
    }

    [Fact]
    public void A_fault_of_the_hub_has_one_reason_and_no_reason_is_unknown()
    {
        Assert.Single(Reasons, reason => reason.Code == "INTERNAL");
        Assert.DoesNotContain(Reasons, reason => reason.Code == "UNKNOWN");
    }

    [Fact]
    public void The_table_for_partners_lists_every_error_reason()
    {
        var text = Repository.ReadText(Readme);
        var start = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(start >= Start.Length && end >= start, $"{Readme} has no place for the table of errors.");

        AcceptedText.AssertEqual(Readme, text[start..end], Table(), made => text[..start] + made + text[end..]);
    }

    private static string Table() =>
        "| Reason | Code | Retriable | Cause and what to do |\n|---|---|---|---|\n"
        + string.Concat(Reasons.Select(reason => $"| `{reason.Reason}` | {reason.Code} | {Retriable(reason)} | {reason.Explanation} |\n"));

    private static string Retriable(ErrorReasonText reason) => reason.Ending switch
    {
        "Retriable." => "yes",
        "Not retriable unchanged." => "not unchanged",
        _ => "no",
    };

    private static string UpperSnake(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToUpperInvariant(letter));
        }
        return text.ToString();
    }
}
