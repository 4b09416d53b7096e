using WasteFree.Exchange.Ingest;
using Xunit;

namespace WasteFree.Exchange.Tests.Ingest;

public sealed class ReportNameTests
{
    [Theory]
    [InlineData("organizations/yaan/reports/2023-hw", "yaan", "2023-hw")]
    [InlineData("organizations/a-1/reports/A", "a-1", "A")]
    [InlineData("organizations/yaan/reports/a.b_c-d", "yaan", "a.b_c-d")]
    public void A_name_holds_the_organisation_and_the_id(string text, string organization, string id)
    {
        Assert.True(ReportName.TryParse(text, out var name));

        Assert.Equal((organization, id, text), (name.Organization, name.Id, name.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("organizations/yaan/reports/")]
    [InlineData("organizations/ya/reports/r")]
    [InlineData("organizations/Yaan/reports/r")]
    [InlineData("organizations/1yaan/reports/r")]
    [InlineData("organizations/yaan/reports/.r")]
    [InlineData("organizations/yaan/reports/r/s")]
    [InlineData("organizations/yaan/reports/r\n")]
    [InlineData("organizations/yaan/reports/é")]
    [InlineData(" organizations/yaan/reports/r")]
    public void Anything_else_is_no_name(string text) => Assert.False(ReportName.TryParse(text, out _));

    [Fact]
    public void Names_end_at_their_limits()
    {
        Assert.True(ReportName.TryParse($"organizations/{new string('a', 40)}/reports/{new string('r', 100)}", out _));
        Assert.False(ReportName.TryParse($"organizations/{new string('a', 41)}/reports/r", out _));
        Assert.False(ReportName.TryParse($"organizations/yaan/reports/{new string('r', 101)}", out _));
    }
}
