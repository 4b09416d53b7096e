namespace WasteFree.Exchange.Cli.Running;

/// <summary>What the caller of <c>wfx</c> learns without reading a word.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The hub or the file check refused.</summary>
    public const int Refused = 1;

    public const int Usage = 2;
    public const int NotReachable = 3;

    /// <summary>Ended by Ctrl-C, as shells expect it.</summary>
    public const int Interrupted = 130;
}
