using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server;

/// <summary>Where a listing goes on: the ledger position it reads and the last key it gave.</summary>
internal sealed record PageToken(long Position, long After);

/// <summary>
/// Page tokens as text, opaque to callers: the token and the first 16 bytes of an HMAC-SHA-256 over it and its query with
/// the store's key. Every hub of the store takes it, for this query alone, and nobody else can make one.
/// </summary>
internal sealed class PageTokens
{
    private const string KeyName = "page-token";
    private const int BodySize = 2 * sizeof(long);
    private const int SealSize = 16;
    private const int Size = BodySize + SealSize;

    private byte[] _key = [];

    /// <summary>Before the first call.</summary>
    public async Task LoadKeyAsync(IExchangeStore store, CancellationToken cancellationToken) =>
        _key = await store.ReadKeyAsync(KeyName, cancellationToken).ConfigureAwait(false);

    /// <summary>The token of a query; null: it begins.</summary>
    /// <exception cref="Grpc.Core.RpcException">The token is not one of this query.</exception>
    public PageToken? Read(string text, string query)
    {
        if (text.Length == 0) return null;
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length > 2 * Size || !Convert.TryFromBase64String(text, bytes, out var length) || length != Size
            || !CryptographicOperations.FixedTimeEquals(Seal(bytes[..BodySize], query), bytes[BodySize..]))
        {
            throw Refusals.PageToken.ToException();
        }
        return new PageToken(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]));
    }

    public string Write(PageToken token, string query)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, token.Position);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], token.After);
        Seal(bytes[..BodySize], query).CopyTo(bytes[BodySize..]);
        return Convert.ToBase64String(bytes);
    }

    private ReadOnlySpan<byte> Seal(ReadOnlySpan<byte> body, string query)
    {
        if (_key.Length == 0) throw new InvalidOperationException("The key of page tokens is not loaded.");
        return HMACSHA256.HashData(_key, (byte[])[.. body, .. Encoding.UTF8.GetBytes(query)]).AsSpan(0, SealSize);
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
