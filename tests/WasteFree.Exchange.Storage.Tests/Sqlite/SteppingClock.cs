using Microsoft.Extensions.Time.Testing;

namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>A second goes by whenever somebody asks how long it has been.</summary>
internal sealed class SteppingClock : FakeTimeProvider
{
    public override long GetTimestamp()
    {
        Advance(TimeSpan.FromSeconds(1));
        return base.GetTimestamp();
    }
}
