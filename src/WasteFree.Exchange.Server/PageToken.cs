using System.Buffers.Binary;
using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server;

/// <summary>Where a listing goes on: the ledger position it reads and the last key it gave.</summary>
internal sealed record PageToken(long Position, long After);

/// <summary>Page tokens as text, opaque to callers: see <see cref="TokenSeal"/>.</summary>
internal sealed class PageTokens(TokenSeal seal)
{
    private const int Size = 2 * sizeof(long);

    /// <summary>The token of a query; null: it begins.</summary>
    /// <exception cref="Grpc.Core.RpcException">The token is not one of this query.</exception>
    public PageToken? Read(string text, string query)
    {
        if (text.Length == 0) return null;
        Span<byte> body = stackalloc byte[Size];
        if (!seal.TryRead(text, query, body)) throw Refusals.PageToken.ToException();
        return new PageToken(BinaryPrimitives.ReadInt64BigEndian(body), BinaryPrimitives.ReadInt64BigEndian(body[sizeof(long)..]));
    }

    public string Write(PageToken token, string query)
    {
        Span<byte> body = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(body, token.Position);
        BinaryPrimitives.WriteInt64BigEndian(body[sizeof(long)..], token.After);
        return seal.Write(query, body);
    }
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
