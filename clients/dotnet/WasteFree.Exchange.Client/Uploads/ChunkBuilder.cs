using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>Collects rows to chunks of a target size, never over the hub's limit.</summary>
internal sealed class ChunkBuilder
{
    private const long DefaultLimitBytes = 1024 * 1024;
    private const int TargetBytes = 128 * 1024;

    /// <summary>For the fields around the rows: oneof, offset and their lengths.</summary>
    private const int EnvelopeBytes = 64;

    private readonly long _limit;
    private readonly long _target;
    private UploadChunk _chunk = new();
    private int _bytes;

    public ChunkBuilder(UploadOpened opened)
    {
        _limit = (opened.Limits?.MaxMessageBytes is > 0 and var limit ? limit : DefaultLimitBytes) - EnvelopeBytes;
        _target = Math.Min(TargetBytes, _limit);
    }

    public bool IsEmpty => _chunk.Rows.Count == 0;

    /// <summary>False: there is no room; take the chunk and add the row again.</summary>
    /// <exception cref="ExchangeException">The row alone is over the hub's limit.</exception>
    public bool TryAdd(Observation row, long offset)
    {
        var content = row.CalculateSize();
        var size = 1 + CodedOutputStream.ComputeLengthSize(content) + content;
        if (size > _limit) throw TooLarge(offset);
        if (IsEmpty) _chunk.Offset = offset;
        else if (_bytes + size > _target) return false;
        _chunk.Rows.Add(row);
        _bytes += size;
        return true;
    }

    public UploadChunk Take()
    {
        var chunk = _chunk;
        _chunk = new UploadChunk();
        _bytes = 0;
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
