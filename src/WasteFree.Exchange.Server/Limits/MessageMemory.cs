namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// The messages that the hub holds in memory at one time, counted in bytes as they are sent: those of all calls together,
/// and of one holder at most a quarter of it. What finds no room is refused before it is read.
/// </summary>
internal sealed class MessageMemory(long most)
{
    private const int Shares = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _held = new(StringComparer.Ordinal);
    private readonly long _most = most;
    private long _all;

    /// <summary>Bytes held now.</summary>
    public long Held
    {
        get
        {
            lock (_lock) return _all;
        }
    }

    /// <returns>False: there is no room for now.</returns>
    public bool TryHold(string holder, long bytes)
    {
        lock (_lock)
        {
            var own = _held.GetValueOrDefault(holder);
            if (own + bytes > _most / Shares || _all + bytes > _most) return false;
            _held[holder] = own + bytes;
            _all += bytes;
            return true;
        }
    }

    public void Release(string holder, long bytes)
    {
        if (bytes == 0) return;
        lock (_lock)
        {
            _all -= bytes;
            var own = _held[holder] - bytes;
            if (own > 0) _held[holder] = own;
            else _held.Remove(holder);
        }
    }
}
