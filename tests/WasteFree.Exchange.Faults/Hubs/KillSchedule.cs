using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>
/// Lets one hub live for seconds, again and again: it dies at a failpoint, at any moment, or in order. Every other time
/// its successor stands ready before it dies; otherwise its place is empty for a while.
/// </summary>
internal sealed class KillSchedule(HubSlot slot, ReportBook book, UploadChecks checks, Random random)
{
    private readonly DrainProbe _probe = new(checks);
    private Task<HubProcess>? _successor;
    private bool _drainsNext;
    private int? _descriptorsNext;

    public int Kills { get; private set; }

    public int Drains { get; private set; }

    /// <summary>How many hubs had fewer descriptors than there were connections.</summary>
    public int Crowds { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            _successor ??= PrepareAsync();
            var (inOrder, descriptors) = (_drainsNext, _descriptorsNext);
            var process = await _successor;
            _successor = null;
            if (process.WasKilled)
            {
                Kills++;
                await process.DisposeAsync();
                continue;
            }
            slot.Take(process);
            if (random.Next(2) == 0) _successor = PrepareAsync();
            using var crowd = descriptors is { } most ? await CrowdAsync(process, most) : null;
            if (inOrder) await DrainAsync();
            else await slot.EndAsync(TimeSpan.FromMilliseconds(random.Next(500, 3_500)), CancellationToken.None);
            if (process.WasKilled) Kills++;
            else if (!inOrder) checks.Uploads.HubEndedByItself(process.ExitCode, process.LastWords);
            await process.DisposeAsync();
        }
        if (_successor is not null) await (await _successor).DisposeAsync();
    }

    private Task<HubProcess> PrepareAsync()
    {
        _drainsNext = random.Next(12) == 0;
        // Some places are reached while a hub starts, before much has happened: give each a few turns first.
        var failpoint = !_drainsNext && random.Next(3) > 0 ? $"{Failpoint.All[random.Next(Failpoint.All.Count)]}:{random.Next(2, 20)}" : null;
        _descriptorsNext = StarvedProcess.IsPossible && !_drainsNext && random.Next(6) == 0 ? random.Next(740, 1_000) : null;
        return slot.PrepareAsync(failpoint, CancellationToken.None, _descriptorsNext);
    }

    private async Task<Crowd> CrowdAsync(HubProcess process, int descriptors)
    {
        Crowds++;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        return await Crowd.ConnectAsync(process.EndPoint, descriptors, limit.Token);
    }

    private async Task DrainAsync()
    {
        await Task.Delay(random.Next(500, 1_500), CancellationToken.None);
        var (read, unread) = (book.New(random, 4_000, "drain"), book.New(random, 10, "drain"));
        await _probe.RunAsync(slot, read, unread);
        // What the probe began is finished by others: not while it runs, they would fence it.
        book.Abandon(read);
        book.Abandon(unread);
        Drains++;
        await slot.EndAsync(TimeSpan.Zero, CancellationToken.None);
    }
}
