using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Checks;

/// <summary>What holds for the database, read past the hub.</summary>
internal sealed class StoreProperties(Violations violations)
{
    public void CursorHoldsWhatWasAcked(ModelReport report, (int Attempt, long? Acked) before, long offset, long rowsStored)
    {
        if (before.Acked is not { } acked || report.Promise.Attempt != before.Attempt || report.IsDone) return;
        var good = report.Rows.Take((int)offset).Count(row => row.Value is not null);
        violations.Require(
            Property.AckedIsDurable,
            offset >= acked && rowsStored == good,
            () => $"{report.Name}: acknowledged {acked}, the cursor is at {offset} with {rowsStored} of {good} rows");
    }

    public void ReportIsInTheLedgerOnce(string report, bool isFirst) =>
        violations.Require(Property.NothingTwice, isFirst, () => $"{report} is in the ledger twice");

    public void RowsAreStoredOnce(ModelReport report, IReadOnlyList<StoredRow> rows)
    {
        var expected = report.Rows.Index().Where(entry => entry.Item.Value is not null)
            .Select(entry => new StoredRow(entry.Index, entry.Item.Cell, entry.Item.Value!.Value));
        violations.Require(
            Property.NothingTwice, rows.SequenceEqual(expected), () => $"{report.Name}: the store holds {rows.Count} rows that are not those sent");
    }

    public void ReceiptIsTheLedgerEntry(ModelReport report, ModelEntry entry, RowCounts counts) =>
        violations.Require(
            Property.CommitOnce,
            report.IsAcceptable
                && (report.Receipt is null || report.Receipt.Position == entry.Position)
                && counts.Created == entry.Created && counts.Revised == entry.Revised && counts.Unchanged == entry.Unchanged
                && counts.Submitted == report.Rows.Count,
            () => $"{report.Name}: ledger {entry.Position} counts {counts}, the model {entry.Created}/{entry.Revised}/{entry.Unchanged}");

    public void ReceiptHasItsEntry(ModelReport report, string inLedger) =>
        violations.Require(
            Property.AckedIsDurable, inLedger == report.Name, () => $"{report.Name}: receipt at {report.Receipt!.Position}, the ledger holds '{inLedger}' there");

    public void LedgerIsDense(long before, long position) =>
        violations.Require(Property.NothingTwice, position == before + 1, () => $"ledger position {position} follows {before}");

    public void InstantsHold(long position, DateTimeOffset before, DateTimeOffset instant, DateTimeOffset now) =>
        violations.Require(
            Property.InstantsHold,
            instant > before && instant <= now + Store.StoreClock.Bound,
            () => $"ledger position {position} is of {instant:O}, the one before of {before:O}, and now it is {now:O}");

    public void EachChangeIsLoggedOnce(IReadOnlyList<string> different) =>
        violations.Require(Property.ChangeIsLogged, different.Count == 0, () => $"ledger and audit log differ in {string.Join(", ", different.Take(3))}");

    public void CurrentIsTheModel(long position, Dictionary<Cell, int> expected, Dictionary<Cell, int> found) =>
        violations.Require(
            Property.AtomicVisibility,
            Same(expected, found),
            () => $"the table of current values at {position} holds {found.Count} cells, the model {expected.Count}; {Difference(expected, found)}");

    public void AtomicVisibility(long position, Dictionary<Cell, int> expected, Dictionary<Cell, int> found, string what) =>
        violations.Require(
            Property.AtomicVisibility,
            Same(expected, found),
            () => $"{what} at {position} gave {found.Count} cells, the model has {expected.Count}; {Difference(expected, found)}");

    public void PagesReadOnePosition(long first, long position) =>
        violations.Require(Property.AtomicVisibility, first == position, () => $"pages of one query read {first} and {position}");

    public void ObservationComesOnce(ObservationRecord record, bool isNew) =>
        violations.Require(Property.NothingTwice, isNew, () => $"a query gave {Cell.Of(record)} twice");

    public static bool Same(Dictionary<Cell, int> one, Dictionary<Cell, int> other) =>
        one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out var value) && value == entry.Value);

    public static string Difference(Dictionary<Cell, int> expected, Dictionary<Cell, int> found) =>
        string.Join(", ", expected.Except(found).Take(3).Select(entry => $"missing {entry}").Concat(found.Except(expected).Take(3).Select(entry => $"extra {entry}")));
}

/// <summary>A row of the revision table.</summary>
internal readonly record struct StoredRow(long Offset, Cell Cell, int Value);
