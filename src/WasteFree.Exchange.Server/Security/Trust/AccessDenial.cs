namespace WasteFree.Exchange.Server.Security;

/// <summary>Something that is refused.</summary>
public sealed record AccessDenial
{
    /// <summary>One of the <see cref="CredentialNames"/> of a caller.</summary>
    public required string What { get; init; }

    /// <summary>For people.</summary>
    public string? Why { get; init; }

    /// <summary>For people.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>It is refused from then on; null: at once.</summary>
    public DateTimeOffset? From { get; init; }
}
