using WasteFree.Exchange.Benchmarks;

// Figures, not verdicts: each command measures the real hub in a process of its own and prints what it saw.
return args switch
{
    ["feed", .. var rest] => await FeedBenchmark.RunAsync(Number(rest, "--watchers", 1_000), Number(rest, "--commits", 500)),
    ["stall", .. var rest] => await StallBenchmark.RunAsync(TimeSpan.FromSeconds(Number(rest, "--seconds", 600))),
    ["drain", .. var rest] => await DrainBenchmark.RunAsync(Number(rest, "--streams", 8)),
    _ => Usage(),
};

static int Number(string[] options, string name, int standard) =>
    Array.IndexOf(options, name) is var at and >= 0 && int.TryParse(options.ElementAtOrDefault(at + 1), out var number) ? number : standard;

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project tests/WasteFree.Exchange.Benchmarks -- COMMAND
          feed [--watchers N] [--commits N]   memory of idle watchers; time from commit to delivery
          stall [--seconds N]                 a watcher that does not read while reports are committed
          drain [--streams N]                 SIGTERM while streams are under load
        """);
    return 2;
}
