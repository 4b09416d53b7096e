using System.Collections.Concurrent;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Streams that are open, and what their callers showed at the beginning: looked at again when what is trusted has changed,
/// and ended when it is not taken any more.
/// </summary>
internal sealed class CredentialWatch(CredentialLog log, TimeProvider time)
{
    private readonly ConcurrentDictionary<LiveCall, bool> _calls = [];

    /// <param name="caller">As it was found.</param>
    /// <returns>To be disposed of when the stream ends.</returns>
    public LiveCall Enter(Caller caller)
    {
        var call = new LiveCall(caller, this);
        if (caller.Again is not null) _calls[call] = true;
        return call;
    }

    /// <summary>Ends what has ended.</summary>
    /// <param name="trustChanged">Another state of the security folder is in force.</param>
    public async Task ReviewAsync(bool trustChanged)
    {
        var now = time.GetUtcNow();
        foreach (var call in _calls.Keys)
        {
            if (call.Caller.Expires <= now || trustChanged) await ReviewAsync(call).ConfigureAwait(false);
        }
    }

    private async Task ReviewAsync(LiveCall call)
    {
        var found = await call.Caller.Again!().ConfigureAwait(false);
        if (found.Refusal is { } refusal)
        {
            // An issuer's keys stay for an hour while it does not answer; after that nobody says that its tokens still count.
            call.End(refusal);
        }
        else if (!IsSame(found.Principal, call.Caller.Principal))
        {
            // It is somebody else now, or may do more or less: who connects again is taken for that.
            log.Add(CredentialRule.AuthorityChanged, [call.Caller.Principal.Credential]);
            call.End(CredentialRefusals.Refused);
        }
    }

    private static bool IsSame(Principal one, Principal other) => one.Organization == other.Organization && one.Roles.SetEquals(other.Roles);

    /// <summary>One stream.</summary>
    internal sealed class LiveCall(Caller caller, CredentialWatch watch) : IDisposable
    {
        private readonly CancellationTokenSource _ended = new();
        private Refusal? _why;

        public Caller Caller => caller;

        /// <summary>Fires when the credential is not taken any more.</summary>
        public CancellationToken Ended => _ended.Token;

        /// <summary>Why it is not; null: it is.</summary>
        public Refusal? Why => Volatile.Read(ref _why);

        public void End(Refusal why)
        {
            if (Interlocked.CompareExchange(ref _why, why, null) is null) _ended.Cancel();
        }

        public void Dispose()
        {
            // The source itself is left to the collector: it may be about to fire.
            watch._calls.TryRemove(this, out _);
        }
    }
}
