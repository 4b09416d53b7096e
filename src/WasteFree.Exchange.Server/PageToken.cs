using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server;

/// <summary>
/// Where a listing goes on: the ledger position it reads and the last key it gave. Bound to its query by a hash, so
/// that a token of another query is refused. Opaque on the wire.
/// </summary>
internal sealed record PageToken(long Position, long After)
{
    private const int HashSize = 8;
    private const int Size = 2 * sizeof(long) + HashSize;

    /// <exception cref="Grpc.Core.RpcException">The token is not one of this query.</exception>
    public static PageToken? Read(string text, string query)
    {
        if (text.Length == 0) return null;
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length > 2 * Size || !Convert.TryFromBase64String(text, bytes, out var length) || length != Size
            || !bytes[^HashSize..].SequenceEqual(HashOf(query)))
        {
            throw Refusals.PageToken.ToException();
        }
        return new PageToken(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]));
    }

    public string Write(string query)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Position);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], After);
        HashOf(query).CopyTo(bytes[^HashSize..]);
        return Convert.ToBase64String(bytes);
    }

    private static byte[] HashOf(string query) => SHA256.HashData(Encoding.UTF8.GetBytes(query))[..HashSize];
}

/// <summary>Page sizes as asked, within bounds.</summary>
internal static class PageSize
{
    /// <exception cref="Grpc.Core.RpcException">The size is negative.</exception>
    public static int Of(int asked, int standard, int most) => asked switch
    {
        < 0 => throw Refusal.FieldInvalid("page_size", "不能为负。", "must not be negative.").ToException(),
        0 => standard,
        _ => Math.Min(asked, most),
    };
}
