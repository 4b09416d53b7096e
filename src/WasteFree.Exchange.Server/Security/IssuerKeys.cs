using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// The public keys of one OpenID Connect issuer, by discovery: fetched when they are first needed, anew every five minutes, and when
/// a token names one that is not among them, once a minute at most. The last ones stay while the issuer does not answer.
/// </summary>
internal sealed class IssuerKeys : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new() { Timeout = Patience, MaxResponseContentBufferSize = 1 << 20 };
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _manager;
    private readonly TimeProvider _time;
    private readonly string _issuer;
    private long _failedAt;

    public IssuerKeys(string issuer, TimeProvider time)
    {
        _time = time;
        _issuer = issuer;
        _manager = new ConfigurationManager<OpenIdConnectConfiguration>(
            issuer.TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            // The access list takes http for an issuer on this machine only.
            new HttpDocumentRetriever(_http) { RequireHttps = !new Uri(issuer).IsLoopback })
        {
            RefreshInterval = TimeSpan.FromMinutes(1),
            // A key that the issuer withdraws counts until they are fetched again.
            AutomaticRefreshInterval = TimeSpan.FromMinutes(5),
        };
    }

    /// <summary>Null: there are none to be had.</summary>
    public async Task<ICollection<SecurityKey>?> FindAsync()
    {
        // While an issuer is down, callers are not made to wait for it one after another.
        var failed = Interlocked.Read(ref _failedAt);
        if (failed != 0 && _time.GetElapsedTime(failed) < Pause) return null;
        try
        {
            var configuration = await _manager.GetConfigurationAsync(CancellationToken.None).ConfigureAwait(false);
            // OpenID Connect Discovery, 4.3: keys of whoever calls itself something else are not this issuer's.
            if (configuration.Issuer != _issuer) return null;
            Interlocked.Exchange(ref _failedAt, 0);
            return configuration.SigningKeys;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException or ArgumentException)
        {
            Interlocked.Exchange(ref _failedAt, _time.GetTimestamp());
            return null;
        }
    }

    /// <summary>A token names a key that is not among them.</summary>
    public void Refresh() => _manager.RequestRefresh();

    public void Dispose() => _http.Dispose();
}
