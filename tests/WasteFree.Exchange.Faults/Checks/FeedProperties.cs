using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Checks;

/// <summary>What holds for a watcher, against the model's ledger. Positions are those of the ledger.</summary>
internal sealed class FeedProperties(Violations violations, LedgerModel model)
{
    /// <summary>Within one stream a change never comes before one of a lower position.</summary>
    public void Ordered(string watcher, long last, long position) =>
        violations.Require(Property.Ordered, position >= last, () => $"{watcher}: {position} after {last}");

    public void Unique(string watcher, long delivered, long position) =>
        violations.Require(Property.Unique, position > delivered, () => $"{watcher}: {position} again, everything up to {delivered} was delivered");

    /// <summary>Nothing that the filter takes lies between what was delivered and what comes now.</summary>
    public void Complete(string watcher, CellFilter filter, long delivered, long position)
    {
        var missed = FirstTaken(filter, delivered + 1, position - 1);
        violations.Require(Property.Complete, missed is null, () => $"{watcher}: {position} came, but not {missed?.Position} ({missed?.Report}); delivered up to {delivered}");
    }

    public void Resumable(string watcher, CellFilter filter, long token, long position)
    {
        var next = FirstTaken(filter, token + 1, position);
        violations.Require(Property.Resumable, position > token && next?.Position == position, () => $"{watcher}: resumed after {token}, {position} came first, expected {next?.Position}");
    }

    public void Bookmarkable(string watcher, CellFilter filter, long delivered, long progress)
    {
        var missed = FirstTaken(filter, delivered + 1, progress);
        violations.Require(Property.Bookmarkable, progress >= delivered && missed is null, () => $"{watcher}: told {progress}, undelivered {missed?.Position}; delivered up to {delivered}");
    }

    /// <summary>Parts of one change follow each other, and only the last one can be resumed after.</summary>
    public void Atomic(string watcher, long? begun, WatchChange change, bool hasToken) =>
        violations.Require(
            Property.Atomic,
            (begun is null || begun == change.Position) && hasToken == change.Last,
            () => $"{watcher}: {change.Position} (last {change.Last}, token {hasToken}) while {begun} was incomplete");

    public void FilterExact(string watcher, CellFilter filter, ModelEntry entry, WatchChange change, IReadOnlyList<ObservationChange> observations, bool told)
    {
        var expected = entry.Changes.Where(cell => filter.Takes(cell.Cell)).ToHashSet();
        var found = observations.Select(ChangeOf).ToHashSet();
        var exact = entry.Kind == change.Kind && entry.Report == change.Report
            && (entry.Kind == WatchChangeKind.CatalogChanged || expected.Count > 0)
            && (told ? found.Count == observations.Count && expected.SetEquals(found) : found.Count == 0);
        violations.Require(
            Property.FilterExact, exact, () => $"{watcher}: {change.Position} {change.Report} told {observations.Count} observations, the model has {expected.Count}");
    }

    public void AuthorisedAtDelivery(string watcher, CellFilter filter, long position, IEnumerable<ObservationRecord> records)
    {
        foreach (var record in records)
        {
            violations.Require(
                Property.AuthorisedAtDelivery,
                filter.MayRead(Cell.Of(record)),
                () => $"{watcher} {filter}: at {position} it was told of {record.Organization} {record.Observation.Region}");
        }
    }

    public void SnapshotJoins(string watcher, CellFilter filter, long position, Dictionary<Cell, int> state)
    {
        var expected = model.StateAt(position, filter.Takes);
        violations.Require(
            Property.SnapshotJoins,
            StoreProperties.Same(expected, state),
            () => $"{watcher}: at {position} it holds {state.Count} cells, the model {expected.Count}; {StoreProperties.Difference(expected, state)}");
    }

    public void SnapshotIsWhole(string watcher, WatchSnapshotEnd end, long received) =>
        violations.Require(Property.SnapshotJoins, end.Count == received, () => $"{watcher}: {received} observations, the end says {end.Count}");

    public void RewindIsTold(string watcher, long delivered, bool isTold) =>
        violations.Require(Property.RewindIsTold, isTold, () => $"{watcher}: its token of {delivered} was {(isTold ? "" : "not ")}told as rewound as it should");

    /// <summary>A watch that the hub ends has said goodbye before.</summary>
    public void DrainClean(string watcher, bool saidGoodbye) =>
        violations.Require(Property.DrainClean, saidGoodbye, () => $"{watcher}: HUB_DRAINING without GoAway");

    public void Finishes(string watcher, long delivered, long head) =>
        violations.Require(Property.Finishes, delivered >= head, () => $"{watcher}: stayed at {delivered}, the head is at {head}");

    private ModelEntry? FirstTaken(CellFilter filter, long from, long to)
    {
        for (var position = from; position <= to; position++)
        {
            var entry = model.At(position);
            if (entry.Kind == WatchChangeKind.CatalogChanged || entry.Changes.Any(change => filter.Takes(change.Cell))) return entry;
        }
        return null;
    }

    private static ModelChange ChangeOf(ObservationChange change) => new(
        Cell.Of(change.Record), change.Action == ObservationAction.Removed ? null : CellFilter.ValueOf(change.Record));
}
