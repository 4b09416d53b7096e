using System.Diagnostics;
using System.Net;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>One of the hubs of a stage, whichever process it is at the moment.</summary>
internal sealed class HubSlot(int number, Stage stage) : IAsyncDisposable
{
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(50);

    private volatile HubProcess? _process;
    private long _peakMemory;

    public int Number => number;

    /// <summary>Where it listens; null: it is down.</summary>
    public IPEndPoint? EndPoint => _process?.EndPoint;

    public HubProcess? Process => _process;

    /// <summary>Null: it is down.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>When it was last told to end in order, as <see cref="Stopwatch"/> counts.</summary>
    public long DrainStarted { get; private set; }

    public long PeakMemory => Interlocked.Read(ref _peakMemory);

    /// <summary>Starts a hub that takes this place at <see cref="Take"/>.</summary>
    /// <param name="failpoint">Where it shall die, <c>name:n</c>; null: nowhere.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="descriptors">How many it may have at one time; null: as many as the system gives.</param>
    public Task<HubProcess> PrepareAsync(string? failpoint, CancellationToken cancellationToken, int? descriptors = null) =>
        HubProcess.StartAsync(stage, failpoint, descriptors is { } count ? StarvedProcess.WithDescriptors(count) : [], cancellationToken);

    public void Take(HubProcess process) => _process = process;

    public async Task<HubProcess> StartAsync(CancellationToken cancellationToken)
    {
        var process = await PrepareAsync(null, cancellationToken);
        Take(process);
        return process;
    }

    /// <summary>Waits until the process is gone, whoever ends it; kills it when the time is over.</summary>
    public async Task EndAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (_process is not { } process) return;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(limit);
        try
        {
            Measure();
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            Measure();
            process.KillFromOutside();
            await process.WaitForExitAsync(CancellationToken.None);
        }
        _process = null;
    }

    /// <summary>Asks it to end in order.</summary>
    /// <returns>The time from here to its exit, and how much of it the machine kept from its threads and from ours.</returns>
    public async Task<(TimeSpan Took, TimeSpan Kept)> DrainAsync(TimeSpan limit)
    {
        if (_process is not { } process) return default;
        Measure();
        RunQueueWait[] waits = [new(process.Id), new(Environment.ProcessId)];
        await process.TerminateAsync();
        DrainStarted = Stopwatch.GetTimestamp();
        var end = EndAsync(limit, CancellationToken.None);
        while (!end.IsCompleted)
        {
            foreach (var wait in waits) wait.Measure();
            await Task.WhenAny(end, Task.Delay(Sample));
        }
        await end;
        return (Stopwatch.GetElapsedTime(DrainStarted), waits[0].Total + waits[1].Total);
    }

    public void Measure()
    {
        var peak = _process?.PeakMemory ?? 0;
        if (peak > Interlocked.Read(ref _peakMemory)) Interlocked.Exchange(ref _peakMemory, peak);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process) await process.DisposeAsync();
        _process = null;
    }
}
