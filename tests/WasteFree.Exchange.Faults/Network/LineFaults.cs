namespace WasteFree.Exchange.Faults.Network;

/// <summary>What becomes of the lines of a campaign: most are cut sooner or later, some stall, a few vanish or crawl.</summary>
internal sealed class LineFaults(Random random)
{
    private readonly Lock _lock = new();

    public ConnectionFault? Next()
    {
        lock (_lock)
        {
            var direction = (Direction)random.Next(2);
            // From a byte to about a megabyte, each order of magnitude alike.
            var after = (long)Math.Pow(10, 6 * random.NextDouble());
            return random.Next(20) switch
            {
                < 13 => new ConnectionFault(FaultKind.Cut, direction, after),
                13 or 14 => new ConnectionFault(FaultKind.Stall, direction, after) { Pause = TimeSpan.FromMilliseconds(random.Next(100, 2_000)) },
                15 => new ConnectionFault(FaultKind.Throttle, direction, after) { Pause = TimeSpan.FromMilliseconds(100) },
                _ => null,
            };
        }
    }
}
