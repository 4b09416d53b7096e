using Xunit;

namespace WasteFree.Exchange.Tests.Disclosures;

/// <summary>No confidential value is what is left of sums, whatever set of questions is asked at one instant.</summary>
public sealed class SubtractionTests
{
    [Fact]
    public void Nothing_that_is_withheld_follows_from_all_that_is_told_to_a_caller()
    {
        var (secrets, told) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            foreach (var caller in new[] { null, "a1", "d" })
            {
                var world = new SecretWorld(seed);
                var found = world.Found(caller);
                Assert.True(found.Count == 0, $"Seed {seed}, asked by {caller ?? "nobody in particular"}: {string.Join("; ", found)}");
                (secrets, told) = (secrets + world.SecretsFound, told + world.Told);
            }
        }
        Assert.True(secrets > 1_000 && told > 5_000, $"{secrets} secrets and {told} numbers told");
    }
}
