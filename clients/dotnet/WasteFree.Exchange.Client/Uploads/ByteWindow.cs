namespace WasteFree.Exchange.Client;

/// <summary>
/// The credit of an upload: bytes of chunks that may be unacknowledged at one time. One sender waits, one reader of
/// acknowledgements releases.
/// </summary>
internal sealed class ByteWindow(long size) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<(long EndOffset, int Bytes)> _inFlight = new();
    private readonly SemaphoreSlim _released = new(0, 1);
    private long _size = size;
    private long _bytes;

    /// <summary>Bytes unacknowledged now.</summary>
    public long InFlight
    {
        get { lock (_lock) return _bytes; }
    }

    /// <summary>Waits for room. A chunk larger than the whole window goes alone: it could never go otherwise.</summary>
    public async Task EnterAsync(long endOffset, int bytes, CancellationToken cancellationToken)
    {
        while (!TryEnter(endOffset, bytes)) await _released.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a cumulative acknowledgement.</summary>
    public void Acknowledge(long durableOffset, long size)
    {
        lock (_lock)
        {
            if (size > 0) _size = size;
            while (_inFlight.TryPeek(out var first) && first.EndOffset <= durableOffset)
                _bytes -= _inFlight.Dequeue().Bytes;
            if (_released.CurrentCount == 0) _released.Release();
        }
    }

    public void Dispose() => _released.Dispose();

    private bool TryEnter(long endOffset, int bytes)
    {
        lock (_lock)
        {
            if (_bytes > 0 && _bytes + bytes > _size) return false;
            _inFlight.Enqueue((endOffset, bytes));
            _bytes += bytes;
            return true;
        }
    }
}
