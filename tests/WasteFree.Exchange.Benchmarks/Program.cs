using WasteFree.Exchange.Benchmarks;
using WasteFree.Exchange.Benchmarks.LargeStore;

// Figures, not verdicts: each command measures the real hub in a process of its own and prints what it saw.
return args switch
{
    ["feed", .. var rest] => await FeedBenchmark.RunAsync(Number(rest, "--watchers", 1_000), Number(rest, "--commits", 500)),
    ["stall", .. var rest] => await StallBenchmark.RunAsync(TimeSpan.FromSeconds(Number(rest, "--seconds", 600))),
    ["compare", .. var rest] => await CompareAsync(Text(rest, "--store"), Number(rest, "--calls", 500)),
    ["drain", .. var rest] => await DrainBenchmark.RunAsync(Number(rest, "--streams", 8)),
    ["bulk", .. var rest] => await BulkBenchmark.RunAsync(Number(rest, "--rows", 100_000)),
    _ => Usage(),
};

static async Task<int> CompareAsync(string? store, int calls)
{
    var folder = store ?? Directory.CreateTempSubdirectory("wastefree-benchmark-").FullName;
    await StoreFiller.EnsureAsync(folder, revisions: 10_000_000);
    await CompareBenchmark.RunAsync(folder, calls);
    await ExportBenchmark.RunAsync(folder);
    if (store is null) Directory.Delete(folder, recursive: true);
    return 0;
}

static int Number(string[] options, string name, int standard) =>
    Array.IndexOf(options, name) is var at and >= 0 && int.TryParse(options.ElementAtOrDefault(at + 1), out var number) ? number : standard;

static string? Text(string[] options, string name) =>
    Array.IndexOf(options, name) is var at and >= 0 ? options.ElementAtOrDefault(at + 1) : null;

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project tests/WasteFree.Exchange.Benchmarks -- COMMAND
          feed [--watchers N] [--commits N]   memory of idle watchers; time from commit to delivery
          stall [--seconds N]                 a watcher that does not read while reports are committed
          drain [--streams N]                 SIGTERM while streams are under load
          compare [--store DIR] [--calls N]   comparisons and export on 10 million revisions, made in DIR once
          bulk [--rows N]                     rows into SQL Server against raw SqlBulkCopy; needs WASTEFREE_TEST_SQLSERVER
        """);
    return 2;
}
