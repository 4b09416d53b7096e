using Microsoft.AspNetCore.Connections;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// Bounds the connections: beyond so many, or so many from one address that have shown no credential, a new one is closed at
/// once. A place is free again when the socket has ended.
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

    public ConnectionDelegate Before(ConnectionDelegate next) => connection =>
    {
        if (!TryEnter(connection))
        {
            connection.Abort();
            return Task.CompletedTask;
        }
        connection.ConnectionClosed.UnsafeRegister(static limit => ((ConnectionLimit)limit!).Leave(), this);
        return next(connection);
    };

    private bool TryEnter(ConnectionContext connection)
    {
        if (Interlocked.Increment(ref _taken) <= most && (newcomers is null || newcomers.TryEnter(connection))) return true;
        Leave();
        return false;
    }

    private void Leave() => Interlocked.Decrement(ref _taken);
}
