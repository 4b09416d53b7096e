namespace WasteFree.Exchange.Client;

/// <summary>How to reach a hub, and as whom.</summary>
public sealed record ConnectionOptions
{
    /// <summary>Address of the hub, for example <c>https://hub.example:5443</c>, or <c>http://127.0.0.1:5080</c> of one without security.</summary>
    public required Uri Hub { get; init; }

    /// <summary>
    /// Certificates (PEM) of the authority that issued the hub's certificate, as the hub's operator gives them out. Null: those
    /// that the system trusts.
    /// </summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The caller's certificate (PEM); goes with <see cref="KeyFile"/>. Null: there is none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The private key (PEM) of <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// Gives the token (JWT) for each call, without <c>Bearer</c>; keep it at hand, and renew it before it ends. Null: there is
    /// none. Where there is a token, the hub does not look at the certificate.
    /// </summary>
    public Func<CancellationToken, Task<string>>? Token { get; init; }

    /// <summary>
    /// Organisation to act for, sent as metadata <c>wfx-organization</c> to a hub without security (<c>http</c>), which takes
    /// it on loopback only. A secured hub knows the organisation by certificate or token; nothing is sent there. Null: say
    /// nothing about the caller.
    /// </summary>
    public string? Organization { get; init; }

    /// <summary>Roles to act in, for example <c>admin</c>; sent as metadata <c>wfx-roles</c> to a hub without security.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Longest time one read may take, retries included.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time one change may take: a large withdrawal or load waits for the hub's writer.</summary>
    public TimeSpan ChangeDeadline { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>Longest time without progress that an upload or a stream of observations keeps reconnecting.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Longest pause between two attempts to reconnect. Many unattended senders need the default, so that they do not
    /// come back all at once; a person who waits may choose a second.
    /// </summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of deadlines, pings and pauses.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
