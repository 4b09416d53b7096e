using System.Buffers.Binary;
using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server;

/// <summary>Where a list goes on.</summary>
/// <param name="Position">The ledger position that it reads.</param>
/// <param name="After">The last key that it gave, or what else says the place.</param>
/// <param name="Query">Digest of the question that it answers.</param>
internal sealed record PageToken(long Position, long After, byte[] Query)
{
    /// <exception cref="Grpc.Core.RpcException">The token was issued for another question.</exception>
    public void Check(CanonicalQuery query)
    {
        if (!query.Digest().AsSpan().SequenceEqual(Query)) throw Refusals.PageToken.ToException();
    }
}

/// <summary>Page tokens as text, opaque to callers: see <see cref="TokenSeal"/>.</summary>
internal sealed class PageTokens(TokenSeal seal)
{
    private const int Size = (2 * sizeof(long)) + CanonicalQuery.DigestSize;

    /// <summary>
    /// What a token holds; null: the list begins. Its question is checked by <see cref="PageToken.Check"/>, once the names in it
    /// are found in the catalogue of the token's position.
    /// </summary>
    /// <param name="text">As the caller gave it.</param>
    /// <param name="kind">Of the list.</param>
    /// <param name="caller">Whose it is: another one may not see the same rows.</param>
    /// <exception cref="Grpc.Core.RpcException">The token is not one of this store, list and caller.</exception>
    public PageToken? Read(string text, string kind, string? caller)
    {
        if (text.Length == 0) return null;
        Span<byte> body = stackalloc byte[Size];
        if (!seal.TryRead(text, kind, caller, body)) throw Refusals.PageToken.ToException();
        return new PageToken(
            BinaryPrimitives.ReadInt64BigEndian(body), BinaryPrimitives.ReadInt64BigEndian(body[sizeof(long)..]), body[(2 * sizeof(long))..].ToArray());
    }

    public string Write(long position, long after, CanonicalQuery query, string kind, string? caller)
    {
        Span<byte> body = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(body, position);
        BinaryPrimitives.WriteInt64BigEndian(body[sizeof(long)..], after);
        query.Digest().CopyTo(body[(2 * sizeof(long))..]);
        return seal.Write(kind, caller, body);
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
