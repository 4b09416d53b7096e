namespace WasteFree.Exchange.Cli.Running;

/// <summary>What the caller of <c>wfx</c> learns without reading a word.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The hub or the file check refused.</summary>
    public const int Refused = 1;

    public const int Usage = 2;
    public const int NotReachable = 3;

    /// <summary>The hub has ended by a fault of its own: whoever watches over it starts it again (EX_SOFTWARE of sysexits).</summary>
    public const int Fault = 70;

    /// <summary>Ended by Ctrl-C, as shells expect it.</summary>
    public const int Interrupted = 130;
}
