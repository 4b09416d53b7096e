using WasteFree.Exchange.Faults.Checks;

// Real processes and small delays: side by side they would only make each other late.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>The end of every run: all is compared, nothing is broken.</summary>
internal static class Settled
{
    /// <param name="stage">The stage after its last upload.</param>
    /// <param name="looked">Properties that the run must have looked at: one that never was proves nothing.</param>
    public static async Task AssertSettledAsync(this Stage stage, params Property[] looked)
    {
        await stage.SettleAsync();
        Assert.Empty(Enum.GetValues<Property>().SelectMany(property => stage.Violations.Cases(property).Select(what => $"{property}: {what}")));
        Assert.DoesNotContain(looked, property => stage.Violations.Checked(property) == 0);
    }
}
