namespace WasteFree.Exchange.Client;

/// <summary>
/// The hub did not answer: not listening, connection lost, silent, or something that is not a hub. Whether the call
/// had an effect is unknown; uploads may simply be repeated.
/// </summary>
public sealed class HubUnreachableException : Exception
{
    internal HubUnreachableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
