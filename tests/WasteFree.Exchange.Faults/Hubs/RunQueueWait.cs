using System.Globalization;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>
/// How long the threads of a process were ready to run while the processors were busy with others: what a machine under
/// load kept from it. Read from Linux's <c>/proc</c>; zero elsewhere.
/// </summary>
internal sealed class RunQueueWait(int processId)
{
    private readonly Dictionary<string, long> _began = Read(processId);
    private readonly Dictionary<string, long> _latest = [];

    /// <summary>The wait of all threads together from the beginning to the last <see cref="Measure"/>.</summary>
    public TimeSpan Total
    {
        get
        {
            var nanoseconds = 0L;
            foreach (var (thread, wait) in _latest) nanoseconds += wait - _began.GetValueOrDefault(thread);
            return TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
        }
    }

    /// <summary>Takes the present state; a thread that has ended keeps what it had.</summary>
    public void Measure()
    {
        foreach (var (thread, wait) in Read(processId)) _latest[thread] = wait;
    }

    /// <summary>The second number of a thread's <c>schedstat</c> is its time on a run queue in nanoseconds.</summary>
    private static Dictionary<string, long> Read(int processId)
    {
        var waits = new Dictionary<string, long>();
        var threads = new DirectoryInfo($"/proc/{processId}/task");
        if (!threads.Exists) return waits;
        try
        {
            foreach (var thread in threads.EnumerateDirectories())
            {
                var fields = File.ReadAllText(Path.Combine(thread.FullName, "schedstat")).Split(' ');
                if (fields.Length > 1) waits[thread.Name] = long.Parse(fields[1], CultureInfo.InvariantCulture);
            }
        }
        catch (IOException)
        {
            // The process, or one of its threads, ended while it was read; what was read stands.
        }
        return waits;
    }
}
