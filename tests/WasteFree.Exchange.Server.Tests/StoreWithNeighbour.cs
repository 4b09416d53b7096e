using System.Reflection;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>A store in which something happens, by another hub, right after its head was read for the first time.</summary>
public class StoreWithNeighbour : DispatchProxy
{
    private IExchangeStore _store = null!;
    private Func<Task>? _happens;

    internal static IExchangeStore Over(IExchangeStore store, Func<Task> happens)
    {
        var over = Create<IExchangeStore, StoreWithNeighbour>();
        var self = (StoreWithNeighbour)over;
        (self._store, self._happens) = (store, happens);
        return over;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(_store, args);
        return targetMethod.Name == nameof(IExchangeStore.ReadHeadAsync) ? ThenAsync((Task<LedgerHead>)result!) : result;
    }

    private async Task<LedgerHead> ThenAsync(Task<LedgerHead> read)
    {
        var head = await read;
        if (Interlocked.Exchange(ref _happens, null) is { } happens) await happens();
        return head;
    }
}
