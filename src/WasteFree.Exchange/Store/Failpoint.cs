using System.Diagnostics;
using System.Globalization;

namespace WasteFree.Exchange.Store;

/// <summary>
/// Places at which a hub can be made to die as if its power had gone, so that a test can prove what a restart finds.
/// Armed only by the environment of the process, read once at its start: <c>WFX_FAILPOINT=name</c> kills it the first
/// time that place is reached, <c>WFX_FAILPOINT=name:n</c> the n-th time. Unset, each place costs one comparison with
/// null; nothing that comes over the network can arm one.
/// </summary>
public static class Failpoint
{
    public const string Variable = "WFX_FAILPOINT";

    /// <summary>In the transaction that stores a chunk, before anything of it is written.</summary>
    public const string BeforeInsert = "insert.before";

    /// <summary>In the same transaction, after the chunk's rows and cursor are written.</summary>
    public const string AfterInsert = "insert.after";

    /// <summary>Half of a report's rows have become current, the ledger does not know of it yet.</summary>
    public const string MidRelease = "release.middle";

    /// <summary>Everything of a change is written but its ledger entry.</summary>
    public const string BeforeHead = "head.before";

    /// <summary>The head of the ledger has moved, its entry is not written.</summary>
    public const string AfterHead = "head.after";

    /// <summary>A transaction of the writer is complete but not committed.</summary>
    public const string BeforeCommit = "commit.before";

    /// <summary>It is durable, and nobody has been told.</summary>
    public const string AfterCommit = "commit.after";

    /// <summary>A chunk is durable; its acknowledgement is about to leave.</summary>
    public const string BeforeAck = "ack.before";

    /// <summary>A report is committed; the answer to its Commit is about to leave.</summary>
    public const string BeforeAnswer = "answer.before";

    public static IReadOnlyList<string> All { get; } =
        [BeforeInsert, AfterInsert, MidRelease, BeforeHead, AfterHead, BeforeCommit, AfterCommit, BeforeAck, BeforeAnswer];

    // After All, which it is checked against.
    private static readonly (string Name, int Count)? Armed = Read(Environment.GetEnvironmentVariable(Variable));
    private static int _reached;

    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(50);

    /// <summary>What is wrong with the variable; null: nothing. A test that arms no place would prove nothing.</summary>
    public static string? Problem =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text && Armed is null
            ? $"{Variable}={text}: expected name or name:n with one of {string.Join(", ", All)}."
            : null;

    public static void Reached(string name)
    {
        if (Armed is not { } armed || armed.Name != name || Interlocked.Increment(ref _reached) != armed.Count) return;
        // What was told too early gets the time to leave: a promise made before its write is then seen to be broken.
        Thread.Sleep(LastWords);
        using var self = Process.GetCurrentProcess();
        // SIGKILL: no handler runs, no buffer is flushed, no lock is released in order.
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    private static (string Name, int Count)? Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var parts = text.Split(':');
        var count = 1;
        if (parts.Length > 2 || !All.Contains(parts[0])
            || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count == 0)))
            return null;
        return (parts[0], count);
    }
}
