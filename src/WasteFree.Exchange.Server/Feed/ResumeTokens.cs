using System.Buffers.Binary;
using WasteFree.Exchange.Feed;

namespace WasteFree.Exchange.Server.Feed;

/// <summary>
/// A place in the ledger for one filter: position and first 8 bytes of the entry's hash, which a restored older ledger does
/// not have. Sealed: see <see cref="TokenSeal"/>.
/// </summary>
internal sealed class ResumeTokens(TokenSeal seal)
{
    private const int HashSize = 8;
    private const int Size = sizeof(long) + HashSize;

    public string Write(LedgerPoint point, string query)
    {
        Span<byte> body = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(body, point.Position);
        point.Hash.AsSpan(0, HashSize).CopyTo(body[sizeof(long)..]);
        return seal.Write(query, body);
    }

    /// <returns>The position and the first bytes of the hash it had; null: not a token of this store for this query.</returns>
    public (long Position, byte[] Hash)? Read(string text, string query)
    {
        Span<byte> body = stackalloc byte[Size];
        return seal.TryRead(text, query, body) ? (BinaryPrimitives.ReadInt64BigEndian(body), body[sizeof(long)..].ToArray()) : null;
    }
}
