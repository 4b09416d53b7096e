using System.Diagnostics;
using System.Globalization;
using WasteFree.Exchange.Tests.Shared;

namespace WasteFree.Exchange.Faults;

/// <summary><c>faults --minutes N --seed S</c>: one campaign; the last line counts, and the exit code is 0 only without a violation.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (!TryRead(arguments, out var minutes, out var seed))
        {
            Console.Error.WriteLine("usage: faults [--minutes N] [--seed S]");
            return 2;
        }
        if (SqlServerForTests.IsMissing)
        {
            Console.Error.WriteLine(SqlServerForTests.Missing);
            return 2;
        }
        ThreadPool.SetMinThreads(64, 64); // clients, proxies and checks share this process: none shall wait for a thread
        var started = Stopwatch.GetTimestamp();
        await using var campaign = await Campaign.CreateAsync(seed);
        await campaign.RunAsync(TimeSpan.FromMinutes(minutes));
        foreach (var line in campaign.Stage.Violations.Report().Concat(campaign.Figures)) Console.WriteLine(line);
        Console.WriteLine($"  seed {seed}, {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s");
        Console.WriteLine(
            $"kills={campaign.Kills} cuts={campaign.Cuts} reports={campaign.Stage.Book.Count} rows={campaign.Stage.Rows} changes={campaign.Stage.Model.Head} violations={campaign.Stage.Violations.Total}"
            + $" clock_steps={campaign.ClockSteps} restores={campaign.Restores} full_disks={campaign.Disks} descriptor_limits={campaign.Descriptors}");
        return campaign.Stage.Violations.Total == 0 ? 0 : 1;
    }

    private static bool TryRead(string[] arguments, out double minutes, out int seed)
    {
        minutes = 10;
        seed = 1;
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            var known = arguments[i] switch
            {
                "--minutes" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out minutes) && minutes > 0,
                "--seed" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed),
                _ => false,
            };
            if (!known) return false;
        }
        return true;
    }
}
