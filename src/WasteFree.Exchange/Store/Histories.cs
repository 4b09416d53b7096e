using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Store;

/// <summary>Which histories: those of one observation, a history for each organisation that reported it and each MAJOR of the definition.</summary>
public sealed record HistoryQuery
{
    public required string Indicator { get; init; }
    public required string Region { get; init; }
    public Scope Scope { get; init; } = Scope.Whole;
    public string Category { get; init; } = Codes.Total;
    public required Period Period { get; init; }

    /// <summary>Null: any.</summary>
    public string? Organization { get; init; }

    /// <summary>Organisations never read, whatever else is asked.</summary>
    public IReadOnlyList<string> ExcludedOrganizations { get; init; } = [];
}

/// <summary>Entries of histories, by organisation id (ordinal), then MAJOR, then the oldest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">Read on after this cursor; null at the end.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, long? Next);

/// <summary>A value that a key had, or the withdrawal of the one before it.</summary>
public sealed record HistoryEntry
{
    /// <summary>What was set. Of a withdrawal only key, organisation, withdrawn report, position and instant mean something.</summary>
    public required ObservationRevision Revision { get; init; }

    public required bool Withdrawn { get; init; }

    /// <summary>The value before it says the same quantity: see <see cref="Observation.DiffersInSpellingOnly"/>.</summary>
    public bool SpellingOnly { get; init; }

    /// <summary>What took its place; null: nothing has by the position read.</summary>
    public required Supersession? Superseded { get; init; }

    /// <summary>Names this entry for good: a reading goes on after it.</summary>
    public required long Cursor { get; init; }
}

/// <summary>Where in the ledger a revision was replaced.</summary>
public sealed record Supersession(long Position, DateTimeOffset CommittedAt);

/// <summary>Keys whose visible value differs, in key order. It may hold fewer than asked, or none, before the end.</summary>
/// <param name="Differences">The keys.</param>
/// <param name="NextKey">Read on after this key; null at the end.</param>
public sealed record DifferencePage(IReadOnlyList<Difference> Differences, long? NextKey);

/// <summary>A key at two positions.</summary>
/// <param name="Before">Visible at the earlier one; null: nothing was.</param>
/// <param name="After">Visible at the later one; null: nothing is.</param>
/// <param name="Cursor">Its place in key order: a reading goes on after it.</param>
public sealed record Difference(ObservationRevision? Before, ObservationRevision? After, long Cursor)
{
    public bool SpellingOnly => Before is not null && After is not null && After.Observation.DiffersInSpellingOnly(Before.Observation) && !IsRetracted;

    /// <summary>
    /// Whether the two show something else. One of a retracted report differs from every other one: that it does not would
    /// tell its value.
    /// </summary>
    public bool Differs => Before?.Observation != After?.Observation || (IsRetracted && Before?.Position != After?.Position);

    private bool IsRetracted => Before?.Retracted is not null || After?.Retracted is not null;
}
