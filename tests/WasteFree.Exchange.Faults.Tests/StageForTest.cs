using WasteFree.Exchange.Tests.Shared;

namespace WasteFree.Exchange.Faults.Tests;

/// <summary>A stage, or a skipped test where the database that was asked for is not to be had.</summary>
internal static class StageForTest
{
    public static async Task<Stage> CreateAsync(int seed)
    {
        RequireDatabase();
        return await Stage.CreateAsync(seed);
    }

    public static void RequireDatabase() => Assert.SkipWhen(SqlServerForTests.IsMissing, SqlServerForTests.Missing);
}
