using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// A connection that has not shown a credential which the hub takes: it may ask little at one time, and is closed when its
/// time is over. A feature of the connection, so that its calls find it.
/// </summary>
internal sealed class Newcomer : IDisposable
{
    /// <summary>Credentials looked at, and calls that need none, at one time; further ones wait with nothing of them read.</summary>
    private const int Calls = 4;

    /// <summary>For the last answers, once the connection is told to close.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _credentials = new(Calls);
    private readonly SemaphoreSlim _open = new(Calls);
    private readonly ConnectionContext _connection;
    private readonly Action _welcomed;
    private readonly ITimer _patience;
    private int _known;
    private bool _toldToClose;

    /// <param name="connection">Is closed in the end.</param>
    /// <param name="patience">How long it may show nothing.</param>
    /// <param name="time">The hub's clock.</param>
    /// <param name="welcomed">Runs once: the connection has shown a credential, or has ended.</param>
    public Newcomer(ConnectionContext connection, TimeSpan patience, TimeProvider time, Action welcomed)
    {
        (_connection, _welcomed) = (connection, welcomed);
        _patience = time.CreateTimer(_ => Close(), null, patience, Farewell);
    }

    /// <summary>It has shown a credential that the hub takes.</summary>
    public void Welcome()
    {
        if (Interlocked.Exchange(ref _known, 1) != 0) return;
        _patience.Dispose();
        _welcomed();
    }

    /// <summary>Waits for the turn of a call whose credential is to be looked at; disposing of the result ends it.</summary>
    public Task<IDisposable?> CredentialAsync(CancellationToken cancellationToken) => TurnAsync(_credentials, cancellationToken);

    /// <summary>Waits for the turn of a call that needs no credential.</summary>
    public Task<IDisposable?> OpenCallAsync(CancellationToken cancellationToken) => TurnAsync(_open, cancellationToken);

    /// <summary>The connection has ended.</summary>
    public void Dispose() => Welcome();

    private async Task<IDisposable?> TurnAsync(SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _known) != 0) return null;
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(turns);
    }

    private void Close()
    {
        if (Volatile.Read(ref _known) != 0) return;
        if (_toldToClose || _connection.Features.Get<IConnectionLifetimeNotificationFeature>() is not { } lifetime)
        {
            _connection.Abort();
            return;
        }
        _toldToClose = true;
        lifetime.RequestClose();
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
