using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server;

/// <summary>One instant of the ledger and the catalogue there: what a query reads, all of it.</summary>
internal sealed record Instant(LedgerHead At, CatalogSnapshot Catalog)
{
    /// <summary>The position, where the caller asked for one by position or time; null: it asked for the latest.</summary>
    public long? Asked { get; init; }
}

/// <summary>Finds the instant that a request names.</summary>
internal sealed class AsOfReader(IExchangeStore store, CatalogHistory catalog)
{
    /// <summary>Before the first entry.</summary>
    private static readonly LedgerHead Origin = new(0, DateTimeOffset.UnixEpoch, 0);

    /// <param name="asOf">The instant that is asked; null: the latest.</param>
    /// <param name="token">The page before; the latest is what that one read. Null: this is the first page.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Grpc.Core.RpcException">The ledger has no such instant.</exception>
    public async Task<Instant> ReadAsync(AsOf? asOf, PageToken? token, CancellationToken cancellationToken)
    {
        var asked = asOf is { InstantCase: not AsOf.InstantOneofCase.None };
        var at = await FindAsync(asked || token is null ? asOf : new AsOf { Position = token.Position }, "as_of", cancellationToken).ConfigureAwait(false);
        if (at is null) throw (await OutOfRangeAsync("as_of", cancellationToken).ConfigureAwait(false)).ToException();
        return (await OpenAsync(at, cancellationToken).ConfigureAwait(false)) with { Asked = asked ? at.Position : null };
    }

    /// <summary>
    /// The instant after which something is asked. A time before the ledger began is no fault here: everything came after
    /// it, and it stands for position 0.
    /// </summary>
    /// <exception cref="Grpc.Core.RpcException">The ledger has no such instant.</exception>
    public async Task<Instant> ReadSinceAsync(AsOf since, CancellationToken cancellationToken)
    {
        var at = await FindAsync(since, "since", cancellationToken).ConfigureAwait(false);
        if (at is null && since.InstantCase != AsOf.InstantOneofCase.Time)
            throw (await OutOfRangeAsync("since", cancellationToken).ConfigureAwait(false)).ToException();
        return await OpenAsync(at ?? Origin, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Instant> OpenAsync(LedgerHead at, CancellationToken cancellationToken) =>
        new(at, await catalog.ReadAsync(at.CatalogVersion, cancellationToken).ConfigureAwait(false));

    private async Task<LedgerHead?> FindAsync(AsOf? asOf, string field, CancellationToken cancellationToken) => asOf?.InstantCase switch
    {
        AsOf.InstantOneofCase.Position => await store.FindPositionAsync(asOf.Position, cancellationToken).ConfigureAwait(false),
        AsOf.InstantOneofCase.Time => await store.FindPositionAsync(ToInstant(asOf, field), cancellationToken).ConfigureAwait(false),
        _ => await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false),
    };

    private static DateTimeOffset ToInstant(AsOf asOf, string field)
    {
        try
        {
            return asOf.Time.ToDateTimeOffset();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw Refusal.FieldInvalid($"{field}.time", "不是有效的时间。", "not a valid timestamp.").ToException();
        }
    }

    private async Task<Refusal> OutOfRangeAsync(string field, CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        return new Refusal(
            ErrorReason.AsOfOutOfRange,
            $"{field} 不在账本之内：位置应在 1 与 {head.Position} 之间，时间不早于首条记录。",
            $"{field} is not within the ledger: a position from 1 to {head.Position}, or a time not before its first entry.")
        {
            Field = field,
            Metadata = new Dictionary<string, string> { ["head_position"] = $"{head.Position}" },
        };
    }
}
