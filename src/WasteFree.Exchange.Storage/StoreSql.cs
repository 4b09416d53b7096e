namespace WasteFree.Exchange.Storage;

/// <summary>The statements that are said differently to the two databases, made once for one of them.</summary>
internal sealed class StoreSql(Dialect dialect)
{
    public AttemptSql Attempts { get; } = new(dialect);

    /// <summary>A plan costs more than the release of few rows, which all share one.</summary>
    public ReleaseSql Release { get; } = new(dialect, planEachTime: "");

    /// <summary>A plan that was made for few rows looks each of many up by itself.</summary>
    public ReleaseSql LargeRelease { get; } = new(dialect, dialect.PlanEachTime);

    public SweepSql Sweep { get; } = new(dialect);

    public FindingSql Findings { get; } = new(dialect);

    public ReportSql Reports { get; } = new(dialect);

    public LedgerSql Ledger { get; } = new(dialect);

    public ObservationSql Observations { get; } = new(dialect);

    public ConfidentialSql Confidential { get; } = new(dialect);

    public HistorySql History { get; } = new(dialect);

    public DifferenceSql Differences { get; } = new(dialect);

    public DictionarySql Dictionaries { get; } = new(dialect);

    public AuditSql Audit { get; } = new(dialect);

    public VerifySql Verify { get; } = new(dialect);

    /// <summary>From so many rows on a release is planned by itself.</summary>
    public const long LargeRows = 5_000;

    /// <param name="rows">That the upload has.</param>
    public ReleaseSql ReleaseOf(long rows) => rows < LargeRows ? Release : LargeRelease;
}
