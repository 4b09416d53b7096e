using System.Collections.Concurrent;
using WasteFree.Exchange.Faults.Checks;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>What every client of a run reports to.</summary>
internal sealed class UploadChecks(Violations violations)
{
    private int _fenced;

    public Violations Violations => violations;

    public UploadProperties Uploads { get; } = new(violations);

    public CallProperties Calls { get; } = new(violations);

    /// <summary>Time from a chunk's write to its acknowledgement, in milliseconds.</summary>
    public ConcurrentBag<double> AckTimes { get; set; } = [];

    /// <summary>Writers fenced by an Open of their own sender that came late.</summary>
    public int Fenced => Volatile.Read(ref _fenced);

    public void WasFenced() => Interlocked.Increment(ref _fenced);
}
