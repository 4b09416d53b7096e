using Grpc.Core;
using System.Text;

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
    public void A_code_that_tells_a_client_to_retry_is_never_given_to_a_lasting_error()
    {
        // UNAVAILABLE is retried blindly by many gRPC stacks; a client's own mistake must not come as INTERNAL or UNKNOWN.
        foreach (var reason in Reasons)
        {
            Assert.Equal(reason.Code == "UNAVAILABLE" || reason.Value == "ERROR_REASON_UPLOAD_LIMIT", reason.Ending == "Retriable.");
            Assert.NotEqual("UNKNOWN", reason.Code);
        }
        Assert.Single(Reasons, reason => reason.Code == "INTERNAL");
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
