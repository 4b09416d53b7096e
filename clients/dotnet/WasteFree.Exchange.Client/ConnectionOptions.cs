namespace WasteFree.Exchange.Client;

/// <summary>How to reach a hub, and as whom.</summary>
public sealed record ConnectionOptions
{
    /// <summary>Address of the hub, for example <c>http://127.0.0.1:5080</c>.</summary>
    public required Uri Hub { get; init; }

    /// <summary>
    /// Organisation to act for, sent as metadata <c>wfx-organization</c>. A hub takes it on loopback only, while no
    /// authentication is configured. Null: say nothing about the caller.
    /// </summary>
    public string? Organization { get; init; }

    /// <summary>Roles to act in, for example <c>admin</c>; sent as metadata <c>wfx-roles</c>.</summary>
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
