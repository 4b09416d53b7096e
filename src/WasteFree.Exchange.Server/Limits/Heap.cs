namespace WasteFree.Exchange.Server.Limits;

/// <summary>Whether the heap has room for further calls, by what was alive when it was last collected.</summary>
internal sealed class Heap(MachineGrant grant, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _collected = time.GetTimestamp();

    public bool IsFull
    {
        get
        {
            if (GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes <= grant.FullHeapBytes) return false;
            Collect();
            return true;
        }
    }

    /// <summary>A hub that refuses everything allocates nothing, and would not be collected by itself.</summary>
    private void Collect()
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_collected) < Pause) return;
            _collected = time.GetTimestamp();
        }
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }
}
