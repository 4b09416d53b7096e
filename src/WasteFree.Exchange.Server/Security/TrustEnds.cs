using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Warns of what of the security folder ends within a month, or has ended: the hub's certificate, the authorities, the revocation
/// lists. Once a day, and of a list that is out of date once an hour.
/// </summary>
internal sealed partial class TrustEnds(TrustStore trust, TimeProvider time, ILogger<TrustEnds> logger)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private Trust? _of;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Whoever calls it often is not told more.</summary>
    public void Tell()
    {
        var (now, state) = (time.GetUtcNow(), trust.Current);
        if (ReferenceEquals(state, _of) && now < _next) return;
        (_of, _next) = (state, now + Day);
        TellEnd("server.pem", state.Server, now);
        foreach (var authority in state.Authorities) TellEnd("ca.pem", authority, now);
        if (state.Revocations.Until is not { } until) return;
        if (until > now)
        {
            _next = until < _next ? until : _next;
            return;
        }
        _next = now + Hour;
        LogOutOfDate(logger, until.UtcDateTime);
    }

    private void TellEnd(string file, X509Certificate2 certificate, DateTimeOffset now)
    {
        var end = certificate.NotAfter.ToUniversalTime();
        if (end - now.UtcDateTime < Ahead) LogEnds(logger, file, end);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A certificate of {File} ends at {End:u}; renew it before (wfx admin renew for server.pem).")]
    private static partial void LogEnds(ILogger logger, string file, DateTime end);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The revocation list crl.pem is out of date since {Until:u}. What it revokes stays refused; what was revoked since then is not known. Put a new one in its place.")]
    private static partial void LogOutOfDate(ILogger logger, DateTime until);
}
