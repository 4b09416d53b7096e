using WasteFree.Exchange.Faults.Checks;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>A short campaign: two hubs on one database under load, killed, cut and starved.</summary>
public sealed class CampaignTests
{
    [Fact]
    public async Task A_short_campaign_ends_without_a_violation()
    {
        StageForTest.RequireDatabase();
        await using var campaign = await Campaign.CreateAsync(seed: 71);
        await campaign.RunAsync(TimeSpan.FromSeconds(20));

        var stage = campaign.Stage;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"kills={campaign.Kills} cuts={campaign.Cuts} reports={stage.Book.Count} rows={stage.Rows} changes={stage.Model.Head} violations={stage.Violations.Total}");
        var cases = Enum.GetValues<Property>().SelectMany(property => stage.Violations.Cases(property).Select(what => $"{property}: {what}")).ToList();
        Assert.True(cases.Count == 0, string.Join(Environment.NewLine, cases));
        Assert.InRange(campaign.Kills, 1, int.MaxValue);
        Assert.InRange(campaign.Cuts, 1, int.MaxValue);
        Assert.InRange(stage.Rows, 1, long.MaxValue);
    }
}
