namespace WasteFree.Exchange.Cli.Running;

/// <summary>The command line asks for what cannot be; the message is for its writer.</summary>
internal sealed class UsageException(string message, Exception inner) : Exception(message, inner);
