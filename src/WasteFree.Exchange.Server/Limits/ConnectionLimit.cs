using Microsoft.AspNetCore.Connections;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// Bounds the connections: so many, and so many from one address that have shown no credential. A place is free again when the
/// socket has ended.
/// </summary>
/// <remarks>
/// Kestrel's own limit gives a place back when the connection's handler returns. After a flood of resets one handler in
/// some fifteen never does, whatever the application; ten thousand of those and the hub would let nobody in.
/// </remarks>
/// <param name="most">Connections at one time.</param>
/// <param name="newcomers">Those that have shown nothing yet; null: nothing has to be shown.</param>
internal sealed class ConnectionLimit(int most, Newcomers? newcomers = null)
{
    private int _taken;

    /// <summary>Takes a place until the connection's socket has ended.</summary>
    /// <returns>False: there is none.</returns>
    public bool TryEnter(ConnectionContext connection)
    {
        if (Interlocked.Increment(ref _taken) > most || newcomers?.TryEnter(connection) == false)
        {
            Leave();
            return false;
        }
        connection.ConnectionClosed.UnsafeRegister(static limit => ((ConnectionLimit)limit!).Leave(), this);
        return true;
    }

    private void Leave() => Interlocked.Decrement(ref _taken);
}
