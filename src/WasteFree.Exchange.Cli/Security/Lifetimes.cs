namespace WasteFree.Exchange.Cli.Security;

/// <summary>How long what is issued is valid, and what every hub answers to.</summary>
internal static class Lifetimes
{
    public static readonly TimeSpan Authority = TimeSpan.FromDays(3652);
    public static readonly TimeSpan Server = TimeSpan.FromDays(397);
    public static readonly TimeSpan Client = TimeSpan.FromDays(397);

    /// <summary>So that the machine itself can ask whether its hub is well.</summary>
    public static readonly string[] LocalNames = ["localhost", "127.0.0.1", "::1"];
}
