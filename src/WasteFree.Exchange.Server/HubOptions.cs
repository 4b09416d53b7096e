namespace WasteFree.Exchange.Server;

/// <summary>How a hub is started.</summary>
public sealed record HubOptions
{
    /// <summary>Folder of the embedded database; made when it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Address to listen on, for example <c>http://127.0.0.1:5080</c>; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Take illustrative organisations (示例) and their data.</summary>
    public bool AllowIllustrative { get; init; }
}
