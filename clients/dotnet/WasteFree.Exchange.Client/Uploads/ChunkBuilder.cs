using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>Collects rows to chunks of a target size, never over the hub's limit.</summary>
internal sealed class ChunkBuilder
{
    private const long DefaultLimitBytes = 1024 * 1024;
    private const int TargetBytes = 128 * 1024;

    /// <summary>For the fields around the rows: oneof, upload, offset and their lengths.</summary>
    private const int EnvelopeBytes = 64;

    private readonly uint _upload;
    private readonly long _limit;
    private readonly long _target;
    private Chunk _chunk;

    public ChunkBuilder(uint upload, Opened opened)
    {
        _upload = upload;
        _limit = (opened.Limits?.MaxMessageBytes is > 0 and var limit ? limit : DefaultLimitBytes) - EnvelopeBytes;
        _target = Math.Min(TargetBytes, _limit);
        if (opened.WindowBytes > 0) _target = Math.Min(_target, opened.WindowBytes);
        _chunk = new Chunk { Upload = upload };
    }

    public int Bytes { get; private set; }

    public bool IsEmpty => _chunk.Rows.Count == 0;

    /// <summary>Offset after the last row collected.</summary>
    public long EndOffset => _chunk.Offset + _chunk.Rows.Count;

    /// <summary>False: there is no room; take the chunk and add the row again.</summary>
    /// <exception cref="ExchangeException">The row alone is over the hub's limit.</exception>
    public bool TryAdd(Observation row, long offset)
    {
        var content = row.CalculateSize();
        var size = 1 + CodedOutputStream.ComputeLengthSize(content) + content;
        if (size > _limit) throw TooLarge(offset);
        if (IsEmpty) _chunk.Offset = offset;
        else if (Bytes + size > _target) return false;
        _chunk.Rows.Add(row);
        Bytes += size;
        return true;
    }

    public Chunk Take()
    {
        var chunk = _chunk;
        _chunk = new Chunk { Upload = _upload };
        Bytes = 0;
        return chunk;
    }

    private ExchangeException TooLarge(long offset) =>
        new($"Row {offset} alone is larger than the hub's message limit of {_limit} bytes: shorten its texts.")
        {
            Reason = ErrorReason.MessageTooLarge,
            Code = StatusCode.InvalidArgument,
            Field = $"rows[{offset}]",
            MessageZh = $"第{offset}行（从0计）超过服务的消息上限{_limit}字节：请缩短文字。",
        };
}
