using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Store;

/// <summary>Which observations. An empty list means any; of organisations, null does.</summary>
public sealed record ObservationFilter
{
    public IReadOnlyList<string> Indicators { get; init; } = [];
    public IReadOnlyList<string> Regions { get; init; } = [];
    public IReadOnlyList<Scope> Scopes { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<Period> Periods { get; init; } = [];

    /// <summary>Periods that start on or after this day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Periods that end (exclusive end) on or before this day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>
    /// Null: any. Illustrative organisations are left out by the caller, who knows the catalogue: the store knows ids.
    /// </summary>
    public IReadOnlyList<string>? Organizations { get; init; }

    /// <summary>Organisations never read, whatever else is asked.</summary>
    public IReadOnlyList<string> ExcludedOrganizations { get; init; } = [];
}

/// <summary>A page of visible observations, in key order, tombstones left out.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="NextKey">Read on after this key; null at the end.</param>
public sealed record ObservationPage(IReadOnlyList<ObservationRevision> Rows, long? NextKey);

/// <summary>Confidential observations, in no order.</summary>
/// <param name="Rows">
/// The rows. Those of retracted reports are among them at every position, before they were sent and after they were
/// withdrawn, too: what was added up with them may stand.
/// </param>
/// <param name="Replaced">Those of retracted reports where their sender says something else at the position.</param>
/// <param name="TooMany">Indicators and years that have, or had, more than are read: none of theirs is in the rows.</param>
public sealed record ConfidentialRows(
    IReadOnlyList<ObservationRevision> Rows, IReadOnlyList<ReplacedSecret> Replaced, IReadOnlySet<(string Indicator, int Year)> TooMany);

/// <summary>A retracted value that its sender has replaced.</summary>
/// <param name="Row">The value.</param>
/// <param name="Position">Of what stands instead: what was sent before it may have been added up with the retracted one.</param>
public sealed record ReplacedSecret(ObservationRevision Row, long Position);

/// <summary>A report as the store knows it.</summary>
public sealed record ReportRecord
{
    public required ReportName Name { get; init; }
    public required ReportState State { get; init; }
    public required RowPolicy RowPolicy { get; init; }
    public required long DurableOffset { get; init; }
    public required RowCounts Counts { get; init; }
    public Receipt? Receipt { get; init; }

    /// <summary>Position from which its data are visible; 0: not yet.</summary>
    public required long ReleasePosition { get; init; }

    /// <summary>0: not withdrawn.</summary>
    public required long WithdrawPosition { get; init; }

    public required string WithdrawReason { get; init; }

    /// <summary>From here on nobody but its organisation is told its values, at any position; 0: it was not retracted.</summary>
    public required long RetractPosition { get; init; }

    public required string RetractReason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required long CatalogVersion { get; init; }

    /// <summary>Orders the reports of an organisation by first opening; the page key of lists.</summary>
    public required long Sequence { get; init; }
}

/// <summary>What became of giving up an upload.</summary>
public abstract record AbortOutcome
{
    private AbortOutcome()
    {
    }

    public sealed record Aborted(ReportRecord Report) : AbortOutcome;

    public sealed record Unknown : AbortOutcome;

    /// <summary>Only an unfinished upload can be given up.</summary>
    public sealed record WrongState(ReportState State) : AbortOutcome;
}

/// <summary>What became of a withdrawal.</summary>
public abstract record WithdrawOutcome
{
    private WithdrawOutcome()
    {
    }

    public sealed record Withdrawn(ReportRecord Report, long Tombstones) : WithdrawOutcome;

    public sealed record Unknown : WithdrawOutcome;

    /// <summary>Only a committed report can be withdrawn.</summary>
    public sealed record WrongState(ReportState State) : WithdrawOutcome;
}

/// <summary>What became of a retraction.</summary>
public abstract record RetractOutcome
{
    private RetractOutcome()
    {
    }

    /// <param name="Report">The report, withdrawn as well.</param>
    /// <param name="Withheld">Its rows whose values are told to nobody but its organisation.</param>
    public sealed record Retracted(ReportRecord Report, long Withheld) : RetractOutcome;

    public sealed record Unknown : RetractOutcome;

    /// <summary>Only what was committed can be retracted, withdrawn since or not.</summary>
    public sealed record WrongState(ReportState State) : RetractOutcome;
}

/// <summary>A row of the catalogue as it was loaded.</summary>
/// <param name="Kind">Table, for example <c>indicators</c>.</param>
/// <param name="Key">Its key within the table.</param>
/// <param name="Content">Its columns as a JSON object of texts, keys sorted, empty ones left out.</param>
public sealed record CatalogRow(string Kind, string Key, string Content);
