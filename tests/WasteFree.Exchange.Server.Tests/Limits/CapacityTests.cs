using WasteFree.Exchange.Server.Limits;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Limits;

/// <summary>What a hub takes on follows from what its machine grants.</summary>
public sealed class CapacityTests
{
    private const long Megabyte = 1 << 20;

    [Theory]
    [InlineData(null, 24_000, 10_000, 100, 1_024, 93)]
    [InlineData(null, 512, 256, 64, 32, 2)]
    [InlineData(null, 64, 32, 8, 16, 2)]
    [InlineData(1_000L, 24_000, 400, 100, 1_024, 93)]
    [InlineData(1_000L, 512, 256, 64, 32, 2)]
    [InlineData(674L, 24_000, 74, 18, 1_024, 93)]
    [InlineData(608L, 24_000, 8, 4, 1_024, 93)]
    public void Connections_messages_and_questions_fit_descriptors_and_memory(
        long? descriptors, long megabytes, int connections, int newcomers, long messageMegabytes, int questions)
    {
        var capacity = Capacity.Of(new MachineGrant(descriptors, megabytes * Megabyte));
        var expected = new Capacity
        {
            Connections = connections,
            NewcomersOfAddress = newcomers,
            MessageBytes = messageMegabytes * Megabyte,
            Questions = questions,
        };
        Assert.Equal(expected, capacity);
    }

    [Fact]
    public void A_hub_does_not_start_where_it_could_not_open_its_own_files()
    {
        var refused = Assert.Throws<ArgumentException>(() => Capacity.Of(new MachineGrant(607, 24_000 * Megabyte)));
        Assert.Contains("608", refused.Message, StringComparison.Ordinal);
        Assert.Contains("LimitNOFILE", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_machine_grants_is_read_from_it()
    {
        var grant = MachineGrant.Read();
        Assert.InRange(grant.MemoryBytes, 1, long.MaxValue);
        if (OperatingSystem.IsLinux()) Assert.InRange(grant.Descriptors!.Value, 1, long.MaxValue);
    }
}
