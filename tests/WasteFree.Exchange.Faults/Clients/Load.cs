using WasteFree.Exchange.Faults.Model;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>
/// Everybody who calls the hubs during a campaign. When the storm is over nobody begins anything new, and everybody
/// finishes what was begun.
/// </summary>
internal sealed class Load(Stage stage, CutSweep sweep, Func<Uri> address, Func<int, Uri> line)
{
    private const int Scripted = 3;
    private const int Sdk = 3;
    private const int Sweeps = 4;

    private readonly UploadChecks _checks = stage.Checks;
    private readonly ReportBook _book = stage.Book;
    private readonly SingleCalls _calls = new(stage.Checks, address);

    public Task RunAsync(CancellationToken storm) => Task.WhenAll(
    [
        .. Enumerable.Range(0, Scripted).Select(_ => RepeatAsync(ScriptedAsync, storm)),
        .. Enumerable.Range(0, Sdk).Select(_ => RepeatAsync(SdkAsync, storm)),
        .. Enumerable.Range(0, Sweeps).Select(_ => RepeatAsync(_ => sweep.RunNextAsync(CancellationToken.None), storm)),
        RepeatAsync(FenceAsync, storm),
        RepeatAsync(CallAsync, storm),
        RepeatAsync(AskAsync, storm),
        RepeatAsync(AskAsync, storm),
        RepeatAsync(AdoptAsync, storm),
    ]);

    private async Task RepeatAsync(Func<Random, Task> step, CancellationToken storm)
    {
        await Task.Yield();
        var random = stage.Fork();
        while (!storm.IsCancellationRequested) await step(random);
        while (_book.TryAdopt(out var report)) await FinishAsync([report], random);
    }

    private Task ScriptedAsync(Random random)
    {
        var organization = random.Next(Cell.Organizations.Count);
        var reports = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => _book.New(
                random, random.Next(4) == 0 ? random.Next(1_000, 4_000) : random.Next(1, 120), "raw", mayHaveBadRows: true, isLong: random.Next(10) == 0, of: organization))
            .ToList();
        return FinishAsync(reports, random);
    }

    private async Task FinishAsync(IReadOnlyList<ModelReport> reports, Random random)
    {
        var writer = new ScriptedWriter(_checks, random);
        while (true)
        {
            var open = reports.Where(report => !report.IsDone).ToList();
            if (open.Count == 0) return;
            await writer.RunAsync(address(), open, CancellationToken.None);
            await Task.Delay(random.Next(10, 100));
        }
    }

    private Task SdkAsync(Random random) =>
        new SdkWriter(_checks).RunAsync(
            address(), _book.New(random, (int)Math.Pow(10, 1 + 3.3 * random.NextDouble()), "sdk", mayHaveBadRows: random.Next(4) == 0), CancellationToken.None);

    private async Task FenceAsync(Random random)
    {
        var report = _book.New(random, random.Next(20, 600), "duel");
        var first = random.Next(2);
        await new FencingProbe(_checks, random).RunAsync(line(first), line(1 - first), report, CancellationToken.None);
        await FinishAsync([report], random);
    }

    private async Task CallAsync(Random random)
    {
        var isAborted = random.Next(3) == 0;
        var report = isAborted ? _book.New(random, 100, "aborted") : _book.New(random, random.Next(1, 150), "single", mayHaveBadRows: true);
        if (isAborted)
        {
            await new FencingProbe(_checks, random).RunAsync(line(0), line(1), report, CancellationToken.None);
            await _calls.TryAbortAsync(report, CancellationToken.None);
        }
        await (random.Next(2) == 0 ? _calls.SubmitAsync(report, CancellationToken.None) : _calls.UploadAsync(report, random, CancellationToken.None));
        if (report.Receipt is null) return;
        if (random.Next(3) == 0) await _calls.WithdrawAsync(report, CancellationToken.None);
        if (_book.Committed.Skip(random.Next(Math.Max(1, _book.Count - 1))).FirstOrDefault() is { } old) await _calls.RepeatAsync(old, CancellationToken.None);
    }

    private async Task AskAsync(Random random)
    {
        await new ObservationReader(_checks, stage.Model, random).RunAsync(address(), CancellationToken.None);
        await Task.Delay(random.Next(50, 300));
    }

    private async Task AdoptAsync(Random random)
    {
        if (_book.TryAdopt(out var report)) await FinishAsync([report], random);
        else await Task.Delay(200);
    }
}
