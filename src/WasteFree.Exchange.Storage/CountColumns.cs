using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>The row counts of a changeset, wherever they are read beside other columns.</summary>
internal abstract class CountColumns
{
    /// <summary>Of the changeset named c.</summary>
    public const string Select = """
        c.next_offset AS Submitted, c.rejected AS Rejected, c.created AS Created, c.revised AS Revised,
            c.unchanged AS Unchanged, c.duplicate AS Duplicate, c.findings AS Findings
        """;

    public long Submitted { get; init; }
    public long Rejected { get; init; }
    public long Created { get; init; }
    public long Revised { get; init; }
    public long Unchanged { get; init; }
    public long Duplicate { get; init; }
    public long Findings { get; init; }

    public RowCounts ToCounts() => new()
    {
        Submitted = Submitted,
        Rejected = Rejected,
        Created = Created,
        Revised = Revised,
        Unchanged = Unchanged,
        Duplicate = Duplicate,
        Findings = Findings,
    };
}
