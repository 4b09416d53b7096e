namespace WasteFree.Exchange.Storage;

/// <summary>What numbers stand for. @ids is a JSON array.</summary>
internal sealed class DictionarySql(Dialect dialect)
{
    public Query<SeriesRow> SelectSeries { get; } = new($"""
        SELECT s.id AS Id, s.indicator AS Indicator, s.region AS Region, s.scope AS Scope, s.category AS Category, s.organization AS Organization, s.major AS Major
        FROM {dialect.Numbers("@ids")} i
        {dialect.LookUp} series s ON s.id = i.value
        """);

    public Query<UnitRow> SelectUnits { get; } = new($"""
        SELECT u.id AS Id, u.code AS Code FROM {dialect.Numbers("@ids")} i {dialect.LookUp} unit u ON u.id = i.value
        """);

    public Query<ChangesetRow> SelectChangesets { get; } = new($"""
        SELECT c.id AS Id, r.name AS Report, l.position AS Position, l.committed_at AS CommittedAt
        FROM {dialect.Numbers("@ids")} i
        {dialect.LookUp} changeset c ON c.id = i.value
        {dialect.LookUp} report r ON r.id = c.report_id
        {dialect.LookUp} ledger l ON l.position = c.position
        """);

    /// <summary>Those after @after.</summary>
    public Query<RetractionRow> SelectRetractions { get; } = new($"""
        SELECT r.changeset_id AS Id, l.position AS Position, l.committed_at AS CommittedAt
        FROM ledger l
        {dialect.LookUp} changeset c ON c.id = l.changeset_id
        {dialect.LookUp} report r ON r.id = c.report_id
        WHERE l.kind = 4 AND l.position > @after
        ORDER BY l.position
        """);

    /// <summary>The rows of the report that @changeset retracted.</summary>
    public Query<long> SelectRetractedChangeset { get; } = new($"""
        SELECT r.changeset_id FROM changeset c {dialect.LookUp} report r ON r.id = c.report_id WHERE c.id = @changeset
        """);
}

/// <summary>What a number stands for.</summary>
internal abstract class DictionaryRow
{
    public long Id { get; init; }
}

internal sealed class SeriesRow : DictionaryRow
{
    public string Indicator { get; init; } = "";
    public string Region { get; init; } = "";
    public long Scope { get; init; }
    public string Category { get; init; } = "";
    public string Organization { get; init; } = "";

    /// <summary>Of the definition's version.</summary>
    public long Major { get; init; }
}

internal sealed class UnitRow : DictionaryRow
{
    public string Code { get; init; } = "";
}

/// <summary>The report that a changeset's rows came with, and where it stands in the ledger.</summary>
internal sealed class ChangesetRow : DictionaryRow
{
    public string Report { get; init; } = "";
    public long Position { get; init; }
    public long CommittedAt { get; init; }
}

/// <summary>The changeset of a report that was retracted, and where.</summary>
internal sealed class RetractionRow : DictionaryRow
{
    public long Position { get; init; }
    public long CommittedAt { get; init; }
}
