namespace WasteFree.Exchange.Storage;

/// <summary>The statements that are said differently to the two databases, made once for one of them.</summary>
internal sealed class StoreSql(Dialect dialect)
{
    public AttemptSql Attempts { get; } = new(dialect);

    public ReleaseSql Release { get; } = new(dialect);

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
}
