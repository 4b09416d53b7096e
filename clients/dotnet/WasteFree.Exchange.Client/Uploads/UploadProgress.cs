namespace WasteFree.Exchange.Client;

/// <summary>What an upload is doing.</summary>
public enum UploadPhase
{
    /// <summary>Opening the stream.</summary>
    Connecting,

    /// <summary>Sending rows, or reading those that the hub already has.</summary>
    Sending,

    /// <summary>Waiting for the hub to commit.</summary>
    Committing,

    /// <summary>Pausing before the next attempt.</summary>
    Waiting,
}

/// <summary>Where an upload stands.</summary>
public sealed record UploadProgress
{
    /// <summary>What it is doing.</summary>
    public required UploadPhase Phase { get; init; }

    /// <summary>Rows read from the source on this connection.</summary>
    public long RowsRead { get; init; }

    /// <summary>Rows that survive any crash of the hub.</summary>
    public long RowsDurable { get; init; }

    /// <summary>Rows refused so far.</summary>
    public long RowsRejected { get; init; }

    /// <summary>While waiting: why the last attempt ended.</summary>
    public Exception? Trouble { get; init; }

    /// <summary>While waiting: the pause.</summary>
    public TimeSpan RetryIn { get; init; }
}
