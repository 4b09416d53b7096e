namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>Denies a hub room on the disk, or descriptors, for a while, again and again.</summary>
internal sealed class StarvingSchedule(IReadOnlyList<HubSlot> slots, Random random)
{
    private const int Descriptors = 1_024;

    /// <summary>Room for the index of the log, which is mapped into memory and must not end there.</summary>
    private const long LeastFile = 1 << 20;

    /// <summary>How often the disk was full.</summary>
    public int Disks { get; private set; }

    /// <summary>How often descriptors ran out.</summary>
    public int Shortages { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        if (!StarvedProcess.IsPossible) return;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(500, 3_000), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (slot, isDisk, time) = (slots[random.Next(slots.Count)], random.Next(2) == 0, TimeSpan.FromMilliseconds(random.Next(100, 1_000)));
            if (stop.IsCancellationRequested || slot.ProcessId is not { } process) continue;
            if (isDisk) await FillDiskAsync(process, time);
            else await TakeDescriptorsAsync(process, time);
        }
    }

    private async Task FillDiskAsync(int process, TimeSpan time)
    {
        if (!await StarvedProcess.LimitFilesAsync(process, LeastFile + random.Next(1 << 20))) return;
        await Task.Delay(time);
        await StarvedProcess.FreeFilesAsync(process);
        Disks++;
    }

    private async Task TakeDescriptorsAsync(int process, TimeSpan time)
    {
        if (!await StarvedProcess.LimitDescriptorsAsync(process, StarvedProcess.DescriptorsOf(process) + random.Next(8))) return;
        await Task.Delay(time);
        await StarvedProcess.LimitDescriptorsAsync(process, Descriptors);
        Shortages++;
    }
}
