using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Clients;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Watching;

/// <summary>
/// A subscriber: follows the feed through kills and from hub to hub by its token, folds what it is told into a state,
/// and compares each message with the model's ledger. Now and then it goes back to an older token.
/// </summary>
internal sealed class FeedWatcher(
    string name, CellFilter filter, WatchDetail detail, WatchStart start, LedgerModel model, UploadChecks checks, Random random)
{
    private const int TokensKept = 50;

    private readonly FeedProperties _properties = new(checks.Violations, model);
    private readonly List<(long Position, string Token)> _tokens = [];
    private readonly Dictionary<Cell, int> _state = [];
    private readonly List<ObservationChange> _parts = [];
    private long _delivered;
    private long _told;
    private bool _isAhead;

    /// <summary>Where an unfinished snapshot goes on; null: there is none.</summary>
    private (long Position, string Token)? _midway;

    /// <summary>Observations of the snapshot so far, over all its breaks.</summary>
    private long _snapshotRows;
    private bool _joined = start == WatchStart.Earliest;

    private bool TellsObservations => detail != WatchDetail.Report;

    /// <summary>Everything that the filter takes is delivered up to here.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Observations that it was told so far, some of them more than once.</summary>
    public long Told => Interlocked.Read(ref _told);

    public async Task RunAsync(Func<Uri> address, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(address(), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(random.Next(50, 300), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Finish(long head) => _properties.Finishes(name, Delivered, head);

    private async Task FollowAsync(Uri address, CancellationToken cancellationToken)
    {
        using var line = new HubLine(address);
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A blackholed line must not hold the watcher for ever: progress comes every second.
        watch.CancelAfter(TimeSpan.FromSeconds(random.Next(4, 30)));
        using var call = line.Feed.Watch(Request(), filter.Caller is { } caller ? HubLine.As(caller) : [], cancellationToken: watch.Token);
        var saidGoodbye = false;
        _parts.Clear();
        var session = new Session(_delivered);
        try
        {
            await foreach (var message in call.ResponseStream.ReadAllAsync(watch.Token))
            {
                if (_isAhead && message.GoAway is null) _properties.RewindIsTold(name, _delivered, isTold: false);
                saidGoodbye |= message.GoAway is not null;
                await TakeAsync(message, session, cancellationToken);
            }
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            checks.Calls.EveryErrorIsTyped(exception, $"Watch {name}");
            if (CallProperties.ReasonOf(exception) == ErrorReason.LedgerRewound) StartAnew();
            if (CallProperties.ReasonOf(exception) == ErrorReason.HubDraining) _properties.DrainClean(name, saidGoodbye);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Its time was over: the next one goes on.
        }
    }

    /// <summary>The database was put back to a position; this watcher does not run at the moment.</summary>
    public void Rewind(long position)
    {
        if (_midway is { } midway && midway.Position > position) _isAhead = true;
        if (Delivered <= position) return;
        // An older token might still stand: the last one does not.
        _tokens.RemoveRange(0, _tokens.Count - 1);
        _isAhead = true;
    }

    /// <summary>What is known is void.</summary>
    private void StartAnew()
    {
        _properties.RewindIsTold(name, _delivered, _isAhead);
        _isAhead = false;
        _tokens.Clear();
        _midway = null;
        Interlocked.Exchange(ref _delivered, 0);
        _joined = start == WatchStart.Earliest;
    }

    private WatchRequest Request()
    {
        var request = new WatchRequest { Filter = filter.ToMessage(), Detail = detail, ProgressInterval = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) };
        if (_tokens.Count == 0 && _midway is { } midway)
        {
            request.ResumeToken = midway.Token;
            return request;
        }
        if (_tokens.Count == 0)
        {
            request.StartAt = start;
            _state.Clear();
            _snapshotRows = 0;
            return request;
        }
        var back = random.Next(8) == 0 ? random.Next(_tokens.Count) : _tokens.Count - 1;
        _tokens.RemoveRange(back + 1, _tokens.Count - back - 1);
        Interlocked.Exchange(ref _delivered, _tokens[back].Position);
        request.ResumeToken = _tokens[back].Token;
        return request;
    }

    private async Task TakeAsync(WatchResponse message, Session session, CancellationToken cancellationToken)
    {
        switch (message.MessageCase)
        {
            case WatchResponse.MessageOneofCase.Change:
                await TakeAsync(message.Change, message.ResumeToken, session, cancellationToken);
                break;
            case WatchResponse.MessageOneofCase.SnapshotPart:
                _properties.AuthorisedAtDelivery(name, filter, message.SnapshotPart.Position, message.SnapshotPart.Observations);
                Interlocked.Add(ref _told, message.SnapshotPart.Observations.Count);
                foreach (var record in message.SnapshotPart.Observations) _state[Cell.Of(record)] = CellFilter.ValueOf(record);
                _snapshotRows += message.SnapshotPart.Observations.Count;
                _midway = (message.SnapshotPart.Position, message.ResumeToken);
                break;
            case WatchResponse.MessageOneofCase.SnapshotEnd:
                await model.ReachedAsync(message.SnapshotEnd.Position, cancellationToken);
                _properties.SnapshotIsWhole(name, message.SnapshotEnd, _snapshotRows);
                _properties.SnapshotJoins(name, filter, message.SnapshotEnd.Position, _state);
                _joined = true;
                _midway = null;
                Bookmark(message.SnapshotEnd.Position, message.ResumeToken);
                break;
            case WatchResponse.MessageOneofCase.Progress:
                await ProgressAsync(message.Progress.Position, message.ResumeToken, cancellationToken);
                break;
            case WatchResponse.MessageOneofCase.FellBehind:
                await ProgressAsync(message.FellBehind.Position, message.ResumeToken, cancellationToken);
                break;
            case WatchResponse.MessageOneofCase.CaughtUp:
                await ProgressAsync(message.CaughtUp.Position, message.ResumeToken, cancellationToken);
                if (TellsObservations && _joined) _properties.SnapshotJoins(name, filter, message.CaughtUp.Position, _state);
                break;
        }
    }

    private async Task TakeAsync(WatchChange change, string token, Session session, CancellationToken cancellationToken)
    {
        var entry = await model.ReachedAsync(change.Position, cancellationToken);
        _properties.Ordered(name, session.Last, change.Position);
        _properties.Atomic(name, session.Begun, change, token.Length > 0);
        session.Last = change.Position;
        if (session.Begun is null)
        {
            _properties.Unique(name, _delivered, change.Position);
            _properties.Complete(name, filter, _delivered, change.Position);
            if (!session.HasChange) _properties.Resumable(name, filter, _delivered, change.Position);
            session.HasChange = true;
        }
        session.Begun = change.Last ? null : change.Position;
        _properties.AuthorisedAtDelivery(name, filter, change.Position, change.Observations.Select(observation => observation.Record));
        _parts.AddRange(change.Observations);
        Interlocked.Add(ref _told, change.Observations.Count);
        if (!change.Last) return;

        _properties.FilterExact(name, filter, entry, change, _parts, TellsObservations);
        foreach (var part in _parts)
        {
            if (part.Action == ObservationAction.Removed) _state.Remove(Cell.Of(part.Record));
            else _state[Cell.Of(part.Record)] = CellFilter.ValueOf(part.Record);
        }
        _parts.Clear();
        Bookmark(change.Position, token);
    }

    private async Task ProgressAsync(long position, string token, CancellationToken cancellationToken)
    {
        if (position > 0) await model.ReachedAsync(position, cancellationToken);
        _properties.Bookmarkable(name, filter, _delivered, position);
        Bookmark(position, token);
    }

    private void Bookmark(long position, string token)
    {
        Interlocked.Exchange(ref _delivered, position);
        _tokens.Add((position, token));
        if (_tokens.Count > TokensKept) _tokens.RemoveAt(0);
    }

    /// <summary>What is known of one stream.</summary>
    private sealed class Session(long from)
    {
        public long Last { get; set; } = from;
        public long? Begun { get; set; }
        public bool HasChange { get; set; }
    }
}
