using System.Net;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Faults.Network;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>
/// Small uploads through a line that is cut after byte k, for one k after the other in both directions: the client comes
/// back by itself and the report is there once.
/// </summary>
internal sealed class CutSweep(Func<IPEndPoint?> target, ReportBook book, UploadChecks checks, Random random)
{
    private const int RowsOfAnUpload = 3;

    private readonly Lock _lock = new();
    private int _next;
    private int _cuts;

    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>The next k. Small uploads pass some 900 bytes; beyond the last one a sweep begins anew.</summary>
    public Task RunNextAsync(CancellationToken cancellationToken)
    {
        var turn = Interlocked.Increment(ref _next) - 1;
        return RunAsync((Direction)(turn % 2), turn / 2 % 1_000, cancellationToken);
    }

    /// <summary>One upload whose first line is cut after a byte.</summary>
    /// <returns>Whether it was cut there: the upload may have been over before.</returns>
    public async Task<bool> RunAsync(Direction direction, long after, CancellationToken cancellationToken)
    {
        ConnectionFault? fault = new(FaultKind.Cut, direction, after);
        await using var line = new FaultProxy(target, () => Interlocked.Exchange(ref fault, null));
        ModelReport report;
        lock (_lock) report = book.New(random, RowsOfAnUpload, $"cut-{direction}-{after}");
        await new SdkWriter(checks).RunAsync(line.Address, report, cancellationToken);
        Interlocked.Add(ref _cuts, line.Cuts);
        return line.Cuts > 0;
    }
}
