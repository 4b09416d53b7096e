using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server;

/// <summary>
/// Seals what a caller carries from one call to the next: AES-256-GCM with a key of the store, so that every hub of it takes a
/// token, nobody else can make one, and nobody can read one. The places in it count what is hidden as well: numbers of series,
/// offsets, changesets, hashes. A token is a version byte, a random nonce, what is sealed and a tag; its kind and its caller are
/// authenticated with it, its question is in what is sealed. Of one kind all have one size.
/// </summary>
internal sealed class TokenSeal
{
    private const string KeyName = "token";
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Overhead = 1 + NonceSize + TagSize;

    private byte[] _key = [];

    /// <summary>Before the first call. Made with the store, it is in every copy of the database.</summary>
    public async Task LoadKeyAsync(IExchangeStore store, CancellationToken cancellationToken) =>
        _key = await store.ReadKeyAsync(KeyName, cancellationToken).ConfigureAwait(false);

    /// <param name="kind">What the token goes on with: it is good for nothing else.</param>
    /// <param name="caller">Whose it is; null: nobody's in particular.</param>
    /// <param name="body">What is sealed.</param>
    public string Write(string kind, string? caller, ReadOnlySpan<byte> body)
    {
        var bytes = new byte[Overhead + body.Length];
        bytes[0] = Version;
        var nonce = bytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = Cipher(kind, caller, out var context);
        cipher.Encrypt(nonce, body, bytes.AsSpan(1 + NonceSize, body.Length), bytes.AsSpan(1 + NonceSize + body.Length), context);
        return Convert.ToBase64String(bytes);
    }

    /// <returns>Whether the token is one of this store, kind and caller; what it holds is then in <paramref name="body"/>.</returns>
    public bool TryRead(string text, string kind, string? caller, Span<byte> body)
    {
        Span<byte> bytes = stackalloc byte[Overhead + body.Length];
        if (text.Length > 2 * bytes.Length || !Convert.TryFromBase64String(text, bytes, out var length) || length != bytes.Length || bytes[0] != Version) return false;
        using var cipher = Cipher(kind, caller, out var context);
        try
        {
            cipher.Decrypt(bytes.Slice(1, NonceSize), bytes.Slice(1 + NonceSize, body.Length), bytes[(1 + NonceSize + body.Length)..], body, context);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <summary>A key for each kind and caller: none seals so many tokens, four thousand millions, that two might have one nonce.</summary>
    private AesGcm Cipher(string kind, string? caller, out byte[] context)
    {
        if (_key.Length == 0) throw new InvalidOperationException("The key of tokens is not loaded.");
        context = [Version, .. Encoding.UTF8.GetBytes($"{kind}\n{caller}")];
        return new AesGcm(HMACSHA256.HashData(_key, context), TagSize);
    }
}
