using System.Net;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.Storage.SqlServer;

namespace WasteFree.Exchange.Server;

/// <summary>How a hub is started.</summary>
public sealed record HubOptions
{
    /// <summary>The embedded database in its folder.</summary>
    public const string DatabaseFile = "exchange.db";

    /// <summary>Folder of the embedded database and of the signing key; made when it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>SQL Server as the store; null: the embedded database in the data folder.</summary>
    public SqlServerOptions? SqlServer { get; init; }

    /// <summary>
    /// Address to listen on; port 0 takes a free one. <c>https://</c> and an IP address with <see cref="SecurityDirectory"/>;
    /// otherwise <c>http://</c> and a loopback IP address or <c>localhost</c>.
    /// </summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";

    /// <summary>
    /// Folder with the hub's certificate and its access list, as <c>wfx admin init</c> makes it; what changes in it is in
    /// force within seconds. Null: callers are who they say they are, and only this machine may reach the hub.
    /// </summary>
    public string? SecurityDirectory { get; init; }

    /// <summary>
    /// The key that signs receipts: a P-256 private key, PKCS#8 PEM, the same for every hub of a store. Null:
    /// <c>signing-key.pem</c> in the data folder, made when it is missing.
    /// </summary>
    public string? SigningKeyFile { get; init; }

    /// <summary>Makes what is missing: a signing key for a ledger that another one has signed, or a database for a key that has signed one.</summary>
    public bool MakeNew { get; init; }

    /// <summary>Takes a database as it is though it lacks what this hub has seen in it, or has other entries there: an older copy.</summary>
    public bool AcceptRestored { get; init; }

    /// <summary>Takes the clock as it is though it is far ahead of the last thing that was seen.</summary>
    public bool AcceptClock { get; init; }

    /// <summary>
    /// Largest size of the embedded database in pages of 4 KiB; beyond it the hub refuses writes as on a full disk. Null:
    /// as much as the disk holds.
    /// </summary>
    public int? MaxDatabasePages { get; init; }

    /// <summary>Bytes that the database may use for what is stored; beyond it no new rows are taken. Null: as much as there is.</summary>
    public long? MaxDatabaseBytes { get; init; }

    /// <summary>Take illustrative organisations (示例) and their data.</summary>
    public bool AllowIllustrative { get; init; }

    /// <summary>The log says at the start what the hub takes on at one time; a hub within another program stays silent.</summary>
    public bool TellStart { get; init; }

    /// <summary>The log has one JSON object a line; otherwise text.</summary>
    public bool JsonLogs { get; init; }

    /// <summary>What each organisation may use; null: as <see cref="HubLimits"/> is made on a secured hub, no limit otherwise.</summary>
    public HubLimits? Limits { get; init; }

    /// <summary>Longest life of a report stream or a watch; each gets up to a tenth less.</summary>
    public TimeSpan StreamMaxAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a connection may be there without a credential that the hub takes; only with <see cref="SecurityDirectory"/>.</summary>
    public TimeSpan NewcomerPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest silence of a client on a report stream.</summary>
    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The clock; a test brings its own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal HubLimits LimitsInForce => Limits ?? (SecurityDirectory is null ? HubLimits.None : new HubLimits());

    /// <summary>What the machine grants; a test brings its own.</summary>
    internal MachineGrant Machine { get; init; } = MachineGrant.Read();

    /// <summary>
    /// Where the hub listens. Without a security folder callers are who they say they are (no TLS, no authentication), so
    /// that only this machine may reach it.
    /// </summary>
    /// <exception cref="ArgumentException">The address is not one a hub may listen on; the message says why.</exception>
    internal IPEndPoint EndPoint
    {
        get
        {
            var (scheme, example) = SecurityDirectory is null ? (Uri.UriSchemeHttp, "http://127.0.0.1:5080") : (Uri.UriSchemeHttps, "https://0.0.0.0:5443");
            if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.PathAndQuery != "/" || uri.Scheme is not ("http" or "https"))
                throw new ArgumentException($"'{Url}' is no address to listen on; expected for example {example}.");
            if (uri.Scheme != scheme)
                throw new ArgumentException(SecurityDirectory is null
                    ? "https needs a security folder: make one with 'wfx admin init DIR' and serve with --security DIR."
                    : $"a hub with a security folder listens on https only; expected for example {example}.");
            if (uri.Host == "localhost") return new IPEndPoint(IPAddress.Loopback, uri.Port);
            if (!IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address))
                throw new ArgumentException($"'{uri.Host}' is no IP address; expected for example {example}.");
            if (SecurityDirectory is null && !IPAddress.IsLoopback(address))
                throw new ArgumentException(
                    $"{address} is reachable from other machines, which needs TLS and authentication: make a security folder with 'wfx admin init DIR' and serve with --security DIR.");
            return new IPEndPoint(address, uri.Port);
        }
    }
}
