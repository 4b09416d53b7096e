namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>Where the database is. Connection strings are used as they are given.</summary>
public sealed record SqlServerOptions
{
    public required string ConnectionString { get; init; }

    /// <summary>
    /// For queries, with <c>ApplicationIntent=ReadOnly</c>, to a readable secondary; null: queries go where writes go.
    /// </summary>
    public string? ReadConnectionString { get; init; }

    /// <summary>Neither string is shown: they may hold a password.</summary>
    public override string ToString() => nameof(SqlServerOptions);
}
