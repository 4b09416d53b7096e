namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>Denies a hub room on the disk for a while, again and again.</summary>
internal sealed class DiskFiller(IReadOnlyList<HubSlot> slots, Random random)
{
    /// <summary>Room for the index of the log, which is mapped into memory and must not end there.</summary>
    private const long LeastFile = 1 << 20;

    /// <summary>How often the disk was full.</summary>
    public int Times { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        if (!StarvedProcess.IsPossible) return;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(1_000, 6_000), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (slot, room, time) = (slots[random.Next(slots.Count)], LeastFile + random.Next(1 << 20), random.Next(100, 1_000));
            if (stop.IsCancellationRequested || slot.ProcessId is not { } process || !await StarvedProcess.LimitFilesAsync(process, room)) continue;
            await Task.Delay(time, CancellationToken.None);
            await StarvedProcess.FreeFilesAsync(process);
            Times++;
        }
    }
}
