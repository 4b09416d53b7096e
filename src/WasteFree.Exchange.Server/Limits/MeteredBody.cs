using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// The body of a call as the gRPC library reads it: a message that is not small has its room in <see cref="MessageMemory"/>
/// before it is read on, and one that has begun has to come to its end in time. Room is given back when the library asks for
/// the next message of a stream, and at the latest when the call has ended.
/// </summary>
/// <remarks>A message is a flag (1: packed), its length in four bytes, big-endian, and so many bytes.</remarks>
internal sealed class MeteredBody(PipeReader inner, MessageMemory memory, MessageTerms terms, TimeProvider time) : PipeReader, IRequestBodyPipeFeature, IDisposable
{
    private const int HeaderBytes = 5;
    private const int SlowestBytesPerSecond = 8 << 10;

    /// <summary>For the first bytes, and beside what the slowest line needs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private ReadOnlySequence<byte> _buffer;
    private ITimer? _deadline;
    private volatile bool _late;
    private bool _begun;
    private bool _ended;
    private bool _taken;
    private long _needed = HeaderBytes;
    private long _held;

    public PipeReader Reader => this;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_taken) Next();
        var reading = inner.ReadAsync(cancellationToken);
        // A single message is waited for from the beginning, a stream may be silent between its messages.
        if (!reading.IsCompleted && !terms.Streams) Await(terms.Most);
        return Look(await reading.ConfigureAwait(false));
    }

    public override bool TryRead(out ReadResult result)
    {
        if (_taken) Next();
        if (!inner.TryRead(out result)) return false;
        result = Look(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _taken = !_buffer.Slice(_buffer.Start, consumed).IsEmpty;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public void Dispose()
    {
        _deadline?.Dispose();
        lock (_lock)
        {
            // A read may still be under way: the hub ends a stream without waiting for it.
            _ended = true;
            Release();
        }
    }

    private ReadResult Look(ReadResult result)
    {
        _buffer = result.Buffer;
        var refusal = _late ? Refusals.MessageLate : Begin();
        if (refusal is not null)
        {
            inner.AdvanceTo(_buffer.Start);
            throw refusal.ToException();
        }
        if (result.IsCompleted || (terms.Streams && (_buffer.IsEmpty || _buffer.Length >= _needed))) Come();
        else Await(_needed);
        return result;
    }

    /// <summary>Looks at a message's header once it is there.</summary>
    private Refusal? Begin()
    {
        if (_begun || _buffer.Length < HeaderBytes) return null;
        Span<byte> header = stackalloc byte[HeaderBytes];
        _buffer.Slice(0, HeaderBytes).CopyTo(header);
        _begun = true;
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > terms.Most) return TransportStatus.TooLarge;
        _needed = HeaderBytes + length;
        // What is packed may become as large as a message can be.
        long held = header[0] == 0 ? length : (uint)terms.Most;
        if (held <= MessageTerms.Small) return null;
        lock (_lock)
        {
            if (_ended) return null;
            if (!memory.TryHold(terms.Holder, held)) return Refusals.NoRoom;
            _held = held;
        }
        return null;
    }

    private void Next()
    {
        _taken = _begun = false;
        _needed = HeaderBytes;
        if (!terms.Streams) return;
        lock (_lock) Release();
    }

    private void Await(long bytes) =>
        _deadline ??= time.CreateTimer(_ => End(), null, Patience + TimeSpan.FromSeconds((double)bytes / SlowestBytesPerSecond), Timeout.InfiniteTimeSpan);

    private void Come()
    {
        _deadline?.Dispose();
        _deadline = null;
    }

    private void End()
    {
        _late = true;
        inner.CancelPendingRead();
    }

    private void Release()
    {
        memory.Release(terms.Holder, _held);
        _held = 0;
    }
}
