namespace WasteFree.Exchange.Server.Security;

/// <summary>A token as its caller has signed it.</summary>
/// <param name="Text">The token itself, a secret.</param>
/// <param name="Id">By which the audit log names it, and by which it alone is denied.</param>
/// <param name="End">When it ends.</param>
public sealed record CallerToken(string Text, string Id, DateTimeOffset End);
