using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server;

/// <summary>One instant of the ledger and the catalogue there: what a query reads, all of it.</summary>
internal sealed record Instant(LedgerHead At, CatalogSnapshot Catalog);

/// <summary>Finds the instant that a request names.</summary>
internal sealed class AsOfReader(IExchangeStore store, CatalogHistory catalog)
{
    /// <exception cref="Grpc.Core.RpcException">The ledger has no such instant.</exception>
    public async Task<Instant> ReadAsync(AsOf? asOf, CancellationToken cancellationToken)
    {
        var at = asOf?.InstantCase switch
        {
            AsOf.InstantOneofCase.Position => await store.FindPositionAsync(asOf.Position, cancellationToken).ConfigureAwait(false),
            AsOf.InstantOneofCase.Time => await store.FindPositionAsync(ToInstant(asOf), cancellationToken).ConfigureAwait(false),
            _ => await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false),
        };
        if (at is null) throw (await OutOfRangeAsync(cancellationToken).ConfigureAwait(false)).ToException();
        return new Instant(at, await catalog.ReadAsync(at.CatalogVersion, cancellationToken).ConfigureAwait(false));
    }

    private static DateTimeOffset ToInstant(AsOf asOf)
    {
        try
        {
            return asOf.Time.ToDateTimeOffset();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw Refusal.FieldInvalid("as_of.time", "不是有效的时间。", "not a valid timestamp.").ToException();
        }
    }

    private async Task<Refusal> OutOfRangeAsync(CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        return new Refusal(
            ErrorReason.AsOfOutOfRange,
            $"as_of 不在账本之内：位置应在 1 与 {head.Position} 之间，时间不早于首条记录。",
            $"as_of is not within the ledger: a position from 1 to {head.Position}, or a time not before its first entry.")
        {
            Field = "as_of",
        };
    }
}
