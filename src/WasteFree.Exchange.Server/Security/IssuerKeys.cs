using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// The public keys of one OpenID Connect issuer, by discovery: fetched when they are first needed, anew every five minutes, and when
/// a token names one that is not among them, once a minute at most. A key that the issuer withdraws is gone at the next fetch.
/// While the issuer does not answer the last ones stay for an hour: whoever keeps it from answering keeps no key alive for longer.
/// </summary>
internal sealed class IssuerKeys : IDisposable
{
    /// <summary>A key that is withdrawn counts for so long.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>And for so long where the issuer does not answer.</summary>
    internal static readonly TimeSpan Last = TimeSpan.FromHours(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new() { Timeout = Patience, MaxResponseContentBufferSize = 1 << 20 };
    private readonly HttpDocumentRetriever _documents;
    private readonly SemaphoreSlim _alone = new(1, 1);
    private readonly TimeProvider _time;
    private readonly string _issuer;
    private volatile Fetched? _fetched;
    private volatile Tick? _failed;
    private volatile Tick? _asked;

    public IssuerKeys(string issuer, TimeProvider time)
    {
        (_issuer, _time) = (issuer, time);
        // The access list takes http for an issuer on this machine only.
        _documents = new HttpDocumentRetriever(_http) { RequireHttps = !new Uri(issuer).IsLoopback };
    }

    /// <summary>Null: there are none to be had.</summary>
    public async Task<IReadOnlyCollection<SecurityKey>?> FindAsync(CancellationToken cancellationToken)
    {
        if (Usable(Fresh) is { } fresh) return fresh;
        await FetchAsync(() => Usable(Fresh) is null, isQuestion: false, cancellationToken).ConfigureAwait(false);
        return Usable(Last);
    }

    /// <summary>A token names a key that is not among them: the issuer may have a new one.</summary>
    public async Task<IReadOnlyCollection<SecurityKey>?> FindNewAsync(CancellationToken cancellationToken)
    {
        await FetchAsync(() => _asked is not { } asked || _time.GetElapsedTime(asked.At) >= BetweenQuestions, isQuestion: true, cancellationToken).ConfigureAwait(false);
        return Usable(Last);
    }

    /// <summary>Fetches what is due, whether or not a token comes.</summary>
    /// <returns>Whether there are other keys now, or none any more: whoever rests on them is to be looked at again.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var before = _fetched;
        if (before is null) return false;
        await FindAsync(cancellationToken).ConfigureAwait(false);
        return !before.Told && Usable(Last) is null ? before.Told = true : _fetched is { } after && !after.HasSameKeys(before);
    }

    public void Dispose()
    {
        _http.Dispose();
        _alone.Dispose();
    }

    private IReadOnlyCollection<SecurityKey>? Usable(TimeSpan age) =>
        _fetched is { } fetched && _time.GetElapsedTime(fetched.At) < age ? fetched.Keys : null;

    private async Task FetchAsync(Func<bool> isDue, bool isQuestion, CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // While an issuer is down, callers are not made to wait for it one after another.
            if (!isDue() || (_failed is { } failed && _time.GetElapsedTime(failed.At) < Pause)) return;
            if (isQuestion) _asked = new Tick(_time.GetTimestamp());
            var at = _time.GetTimestamp();
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
                _issuer.TrimEnd('/') + "/.well-known/openid-configuration", _documents, cancellationToken).ConfigureAwait(false);
            // OpenID Connect Discovery, 4.3: keys of whoever calls itself something else are not this issuer's.
            if (configuration.Issuer != _issuer) throw new InvalidOperationException("issuer");
            (_fetched, _failed) = (new Fetched(at, [.. configuration.SigningKeys]), null);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException or ArgumentException)
        {
            _failed = new Tick(_time.GetTimestamp());
        }
        finally
        {
            _alone.Release();
        }
    }

    private sealed record Tick(long At);

    private sealed record Fetched(long At, IReadOnlyCollection<SecurityKey> Keys)
    {
        /// <summary>That they are too old has been told.</summary>
        public bool Told { get; set; }

        public bool HasSameKeys(Fetched other) => Names().SetEquals(other.Names());

        private HashSet<string> Names() => [.. Keys.Select(key => Convert.ToBase64String(key.ComputeJwkThumbprint()))];
    }
}
