using Microsoft.AspNetCore.Connections;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// Bounds the connections: beyond so many a new one is closed at once. A place is free again when the socket has ended.
/// </summary>
/// <remarks>
/// Kestrel's own limit gives a place back when the connection's handler returns. After a flood of resets one handler in
/// some fifteen never does, whatever the application; ten thousand of those and the hub would let nobody in.
/// </remarks>
internal sealed class ConnectionLimit(int most)
{
    private int _taken;

    public ConnectionDelegate Before(ConnectionDelegate next) => connection =>
    {
        if (Interlocked.Increment(ref _taken) > most)
        {
            Release();
            connection.Abort();
            return Task.CompletedTask;
        }
        connection.ConnectionClosed.UnsafeRegister(static limit => ((ConnectionLimit)limit!).Release(), this);
        return next(connection);
    };

    private void Release() => Interlocked.Decrement(ref _taken);
}
