using Grpc.Core;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Errors;

/// <summary>The hub's tables say what the contract says.</summary>
public sealed class ReasonTableTests
{
    public static TheoryData<ErrorReason> Reasons => [.. Enum.GetValues<ErrorReason>().Where(reason => reason != ErrorReason.Unspecified)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_refusal_travels_with_its_reason_and_both_languages(ErrorReason reason)
    {
        var refusal = new Refusal(reason, "请检查。", "Check what was sent.") { Field = "a.b[1]", Metadata = new Dictionary<string, string> { ["limit"] = "5" } };

        var refused = Refused.Read(refusal.ToException());

        Assert.Equal((reason, "a.b[1]", "5"), (refused.Reason, refused.Field, refused.Metadata["limit"]));
    }

    /// <summary>Whoever retries must know when; what never helps again must not look as if it did.</summary>
    [Theory]
    [MemberData(nameof(Reasons))]
    public void What_is_exhausted_or_unavailable_says_when_to_come_back_and_nothing_else_does(ErrorReason reason) =>
        Assert.Equal(RpcErrors.CodeOf(reason) is StatusCode.ResourceExhausted or StatusCode.Unavailable, RpcErrors.RetryAfterOf(reason) is not null);

    [Fact]
    public void A_refusal_says_the_wait_of_its_own()
    {
        var refusal = new Refusal(ErrorReason.QuotaExceeded, "请稍后。", "Come back later.") { RetryAfter = TimeSpan.FromSeconds(7) };

        Assert.Equal(7, RpcErrors.ToStatus(refusal).GetDetail<Google.Rpc.RetryInfo>().RetryDelay.Seconds);
    }

    [Theory]
    [InlineData(typeof(Comparison.Verdict), typeof(Verdict))]
    [InlineData(typeof(Comparison.VerdictReason), typeof(VerdictReason))]
    [InlineData(typeof(Store.ReportState), typeof(ReportState))]
    [InlineData(typeof(Store.RowPolicy), typeof(RowPolicy))]
    [InlineData(typeof(Validation.Severity), typeof(FindingSeverity))]
    public void A_closed_set_has_the_same_names_and_numbers_in_core_and_contract(Type core, Type contract)
    {
        var expected = Enum.GetNames(contract).Where(name => name != "Unspecified").ToDictionary(name => name, name => Convert.ToInt32(Enum.Parse(contract, name)));

        Assert.Equal(expected, Enum.GetNames(core).ToDictionary(name => name, name => Convert.ToInt32(Enum.Parse(core, name))));
    }
}
